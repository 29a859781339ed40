import { lazy } from 'react'
import type { ComponentType, LazyExoticComponent } from 'react'

/** Pause before a part that could not be loaded is asked for again, in milliseconds. */
const PAUSE = 3000

/**
 * A component that is loaded when it is drawn first; `<Suspense>` around it says what is shown meanwhile.
 *
 * Without a connection it waits: a part that failed to load would take the whole page with it.
 */
export function lazyPart<Name extends string, Props>(
  load: () => Promise<Record<Name, ComponentType<Props>>>,
  name: Name,
): LazyExoticComponent<ComponentType<Props>> {
  return lazy(async () => ({ default: (await loadPart(load))[name] }))
}

async function loadPart<Part>(load: () => Promise<Part>): Promise<Part> {
  for (;;) {
    try {
      return await load()
    } catch {
      await connectionOrPause()
      await renewStyles()
    }
  }
}

/** Asks again for styles that did not come: what loads a part with its styles asks for each of them only once. */
async function renewStyles(): Promise<void> {
  const lost = [...document.querySelectorAll<HTMLLinkElement>('link[rel=stylesheet]')].filter(({ sheet }) => !sheet)
  await Promise.all(lost.map(renewed))
}

function renewed(link: HTMLLinkElement): Promise<void> {
  return new Promise((resolve) => {
    const again = link.cloneNode() as HTMLLinkElement
    for (const end of ['load', 'error']) again.addEventListener(end, () => resolve())
    link.replaceWith(again)
  })
}

/** Until the browser is online again, or a pause is over: a browser that is online may still not reach the server. */
function connectionOrPause(): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(done, PAUSE)
    addEventListener('online', done)
    function done() {
      clearTimeout(timer)
      removeEventListener('online', done)
      resolve()
    }
  })
}
