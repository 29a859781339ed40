import { queryClient } from './queries.ts'

const listeners = new Set<() => void>()

/** Calls back whenever something in the repository was changed from here. */
export function onChange(listener: () => void): void {
  listeners.add(listener)
}

/** Notes that something in the repository was changed from here: what is shown of it is asked for again. */
export function noteChange(): void {
  for (const key of ['nodes', 'folders']) void queryClient.invalidateQueries({ queryKey: [key] })
  for (const listener of listeners) listener()
}
