import { useCallback, useMemo, useRef, useState } from 'react'
import { countSelected, everything, isSelected, nothing, select, toggle } from '@vitrine/ui/selection.ts'
import type { Selection } from '@vitrine/ui/selection.ts'
import type { ItemsQuery } from '../api/public-client.ts'
import type { Listing } from './listing.ts'

/** The selection in a listing, and how it changes. */
export interface ItemSelection {
  readonly selection: Selection
  readonly count: number
  readonly isAll: boolean
  /** A range that is not loaded yet is being selected. */
  readonly isLoading: boolean
  readonly has: (id: string) => boolean
  readonly toggleAt: (index: number) => void
  /** Selects from the anchor to an index, both included, in place of the range that the last call selected. */
  readonly extend: (anchor: number, to: number) => void
  readonly selectAll: () => void
  readonly clear: () => void
}

type Change = (change: (before: Selection) => Selection) => void

/** The selection in a listing; it begins empty in each folder. */
export function useSelection(listing: Listing): ItemSelection {
  const { pages, query } = listing
  const [state, setState] = useState({ query, selection: nothing })
  const selection = selectionUnder(query, state)
  const set: Change = useCallback(
    (change) => setState((before) => ({ query, selection: change(selectionUnder(query, before)) })),
    [query],
  )
  const { isLoading, extend, endRange } = useRange(listing, selection, set)
  const toggleAt = useCallback(
    (index: number) => {
      endRange()
      const item = pages.at(index)
      if (item !== undefined) set((before) => toggle(before, item.id))
    },
    [pages, set, endRange],
  )

  return useMemo(() => {
    const count = countSelected(selection, pages.total ?? 0)
    const replace = (by: Selection) => {
      endRange()
      set(() => by)
    }
    return {
      selection,
      count,
      isAll: count > 0 && count === pages.total,
      isLoading,
      has: (id: string) => isSelected(selection, id),
      toggleAt,
      extend: (anchor: number, to: number) => void extend(anchor, to),
      selectAll: () => replace(everything),
      clear: () => replace(nothing),
    }
  }, [selection, pages.total, isLoading, toggleAt, extend, endRange, set])
}

/** "All" means all that the filter leaves: under another filter it would mean something else. */
function selectionUnder(query: ItemsQuery, state: { query: ItemsQuery; selection: Selection }): Selection {
  if (state.query.folder !== query.folder) return nothing
  return state.selection.mode === 'all' && state.query.filter !== query.filter ? nothing : state.selection
}

/** Ranges: one that shrinks gives back what it took, and one over what is not loaded loads it. */
function useRange({ pages }: Listing, selection: Selection, set: Change) {
  const [isLoading, setLoading] = useState(false)
  // What was selected when the range began.
  const base = useRef<{ anchor: number; selection: Selection }>(undefined)
  const newest = useRef(0)

  const extend = useCallback(
    async (anchor: number, to: number) => {
      const turn = ++newest.current
      if (base.current?.anchor !== anchor) base.current = { anchor, selection }
      const from = base.current.selection
      setLoading(true)
      try {
        const items = await pages.range(Math.min(anchor, to), Math.max(anchor, to) + 1)
        if (turn !== newest.current) return
        const ids = items.map(({ id }) => id)
        set(() => select(from, ids))
      } catch {
        // The page shows the lost connection; what was selected before stays.
      } finally {
        if (turn === newest.current) setLoading(false)
      }
    },
    [pages, set, selection],
  )
  const endRange = useCallback(() => {
    base.current = undefined
    newest.current++
    setLoading(false)
  }, [])
  return { isLoading, extend, endRange }
}
