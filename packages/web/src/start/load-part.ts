import { lazy } from 'react'
import type { ComponentType, LazyExoticComponent } from 'react'
import { lazyRouteComponent } from '@tanstack/react-router'
import { isServerThere, noteLost, returned } from '../api/connection.ts'

type Module<Name extends string, Component> = Record<Name, Component>

/** A page that is loaded when somebody goes there: for `component` of a route. */
export function lazyPage<Name extends string, Component extends () => unknown>(
  load: () => Promise<Module<Name, Component>>,
  name: Name,
) {
  return lazyRouteComponent(() => loadPart(load), name)
}

/** A component that is loaded when it is drawn first; `<Suspense>` around it says what is shown meanwhile. */
export function lazyPart<Name extends string, Props>(
  load: () => Promise<Module<Name, ComponentType<Props>>>,
  name: Name,
): LazyExoticComponent<ComponentType<Props>> {
  return lazy(async () => ({ default: (await loadPart(load))[name] }))
}

/**
 * Loads a part of the application. Where no server is found, it waits for it; where the part is not there any
 * more because the server has a newer version since, the page is loaded anew.
 */
export async function loadPart<Part>(load: () => Promise<Part>): Promise<Part> {
  try {
    return await load()
  } catch (failure) {
    if (await isServerThere()) return reloadOnce(failure)
    noteLost()
    await returned()
    return loadPart(load)
  }
}

const KEY = 'vitrine.reloaded-at'
/** A second failure so soon is not one that loading anew mends, in milliseconds. */
const SOON = 60_000

/** @throws the failure, when loading anew has not helped */
function reloadOnce(failure: unknown): Promise<never> {
  if (wasReloadedSoon()) throw failure
  location.reload()
  return new Promise(() => undefined)
}

function wasReloadedSoon(): boolean {
  try {
    const before = Number(sessionStorage.getItem(KEY) ?? 0)
    if (Date.now() - before < SOON) return true
    sessionStorage.setItem(KEY, String(Date.now()))
    return false
  } catch {
    // Where nothing can be remembered it might go on for ever.
    return true
  }
}
