import { useSyncExternalStore } from 'react'
import { onForget } from '../../api/queries.ts'
import type { Chosen } from '../chosen.ts'

/** What was put aside, to be moved or copied to where one pastes. */
export interface Clipboard {
  readonly how: 'move' | 'copy'
  readonly chosen: Chosen
}

let clipboard: Clipboard | undefined
const listeners = new Set<() => void>()
onForget(() => putAside(undefined))

/** Puts something aside, in place of what was; undefined: nothing. */
export function putAside(next: Clipboard | undefined): void {
  clipboard = next
  for (const listener of listeners) listener()
}

/** What was put aside; renders again when that changes. */
export function useClipboard(): Clipboard | undefined {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    () => clipboard,
  )
}
