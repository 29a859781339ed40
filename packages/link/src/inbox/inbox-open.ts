import { useSyncExternalStore } from 'react'

let isOpen = false
const listeners = new Set<() => void>()

/** Opens or closes the Download Inbox, from wherever. */
export function setInboxOpen(open: boolean): void {
  isOpen = open
  for (const listener of listeners) listener()
}

/** Whether the Download Inbox is open. */
export function useInboxOpen(): boolean {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    () => isOpen,
  )
}
