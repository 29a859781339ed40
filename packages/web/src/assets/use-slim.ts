import { useSyncExternalStore } from 'react'

const query = matchMedia('(max-width: 1000px)')

/** True where there is no room for a panel beside the picture: the same limit as in the style sheets. */
export function useSlim(): boolean {
  return useSyncExternalStore(
    (listener) => {
      query.addEventListener('change', listener)
      return () => query.removeEventListener('change', listener)
    },
    () => query.matches,
  )
}
