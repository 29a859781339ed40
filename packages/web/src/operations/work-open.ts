import { useSyncExternalStore } from 'react'

let isOpen = false
const listeners = new Set<() => void>()

/** Opens the panel of the work in the background. */
export function openWork(): void {
  set(true)
}

/** Closes it. */
export function closeWork(): void {
  set(false)
}

/** Whether the panel is open. */
export function useWorkOpen(): boolean {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    () => isOpen,
  )
}

function set(open: boolean): void {
  isOpen = open
  for (const listener of listeners) listener()
}
