import { useCallback, useEffect, useState } from 'react'
import type { FolderListing } from './folder-listing.ts'

/**
 * Moves the focus to a node once the listing has been asked for again: to what was just made or renamed. Whoever has
 * gone on to something else meanwhile, by a key or a pointer, is left where they are.
 *
 * @param version of what the listing holds
 */
export function useNodeFocus(listing: FolderListing, version: number) {
  const [wanted, setWanted] = useState<{ readonly id: string; readonly since: number }>()
  const [focus, setFocus] = useState<{ readonly index: number }>()
  const { pages } = listing
  useEffect(() => {
    if (wanted === undefined || listing.answeredAt < wanted.since) return
    // oxlint-disable-next-line react/set-state-in-effect -- only an answer tells where it lies
    for (const { index, item } of pages.loaded()) if (item.id === wanted.id) setFocus({ index })
    setWanted(undefined)
    // oxlint-disable-next-line react/exhaustive-effect-dependencies -- each answer may hold it
  }, [wanted, listing, pages, version])
  useEffect(() => {
    if (wanted === undefined) return undefined
    const giveUp = () => setWanted(undefined)
    const events = ['keydown', 'pointerdown'] as const
    for (const event of events) document.addEventListener(event, giveUp, true)
    return () => {
      for (const event of events) document.removeEventListener(event, giveUp, true)
    }
  }, [wanted])
  const goTo = useCallback((id: string) => setWanted({ id, since: Date.now() }), [])
  return [focus, goTo] as const
}
