import { useEffect, useRef } from 'react'
import type { LiveEvent } from '@vitrine/api'
import { followLiveChanges, onLiveChange } from './live-changes.ts'

/** Listens to what others change, as long as what uses it is shown. Once for the whole page. */
export function useLiveChanges(): void {
  useEffect(followLiveChanges, [])
}

/** Calls back at each change that the server tells. */
export function useOnLiveChange(act: (event: LiveEvent) => void): void {
  const latest = useRef(act)
  useEffect(() => {
    latest.current = act
  })
  useEffect(() => onLiveChange((event) => latest.current(event)), [])
}
