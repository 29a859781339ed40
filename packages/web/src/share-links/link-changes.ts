import { queryClient } from '../api/queries.ts'

const listeners = new Set<() => void>()

/** Says that links were made or changed here: whatever shows them asks again. */
export function noteLinksChanged(): void {
  void queryClient.invalidateQueries({ queryKey: ['share-links'] })
  for (const listener of listeners) listener()
}

/** Calls back whenever links were changed here, until the returned function is called. */
export function onLinksChanged(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}
