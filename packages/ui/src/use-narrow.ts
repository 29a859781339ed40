import { useSyncExternalStore } from 'react'

const query = matchMedia('(max-width: 700px)')

/** True on a narrow screen: the same limit as in the style sheets. */
export function useNarrow(): boolean {
  return useSyncExternalStore(
    (listener) => {
      query.addEventListener('change', listener)
      return () => query.removeEventListener('change', listener)
    },
    () => query.matches,
  )
}
