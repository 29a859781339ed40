import { useSyncExternalStore } from 'react'

/** Pause after which the page counts as idle in browsers that do not say so, in milliseconds. */
const GUESS = 1200

let isIdle = false
const listeners = new Set<() => void>()

/** True once the page has had nothing to do: from then on what is rarely needed may load. */
export function useIdle(): boolean {
  return useSyncExternalStore(listen, () => isIdle)
}

if (document.readyState === 'complete') awaitIdle()
else addEventListener('load', awaitIdle)

function awaitIdle(): void {
  if (typeof requestIdleCallback === 'function') requestIdleCallback(becomeIdle, { timeout: 3000 })
  else setTimeout(becomeIdle, GUESS)
}

function becomeIdle(): void {
  isIdle = true
  for (const listener of listeners) listener()
}

function listen(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}
