import { useEffect, useRef } from 'react'
import { followLiveChanges, onLiveChange } from './live-changes.ts'
import type { LiveChange } from './live-changes.ts'

/** Listens to what others change, as long as what uses it is shown. Once for the whole page. */
export function useLiveChanges(): void {
  useEffect(followLiveChanges, [])
}

/** Calls back at each change that the server tells. */
export function useOnLiveChange(act: (change: LiveChange) => void): void {
  const latest = useRef(act)
  useEffect(() => {
    latest.current = act
  })
  useEffect(() => onLiveChange((change) => latest.current(change)), [])
}
