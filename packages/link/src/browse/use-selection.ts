import { useCallback, useMemo, useRef, useState } from 'react'
import { countSelected, everything, isSelected, nothing, select, toggle } from '@vitrine/ui/selection.ts'
import type { Selection } from '@vitrine/ui/selection.ts'
import type { Listing } from './listing.ts'

/** The selection in a listing, and how it changes. */
export interface ItemSelection {
  readonly selection: Selection
  readonly count: number
  readonly isAll: boolean
  /** A range that is not loaded yet is being selected. */
  readonly isLoading: boolean
  has(id: string): boolean
  toggleAt(index: number): void
  /** Selects from the anchor to an index, both included, in place of the range that the last call selected. */
  extend(anchor: number, to: number): void
  selectAll(): void
  clear(): void
}

/** The selection in a listing; it begins empty in each folder. */
export function useSelection(listing: Listing): ItemSelection {
  const { pages } = listing
  const [state, setState] = useState({ folder: listing.query.folder, selection: nothing })
  const [isLoading, setLoading] = useState(false)
  // What was selected when the range began: a range that shrinks gives back what it took.
  const base = useRef<{ anchor: number; selection: Selection }>(undefined)
  const newest = useRef(0)
  const selection = keptSelection(state, listing)

  const set = useCallback(
    (change: (before: Selection) => Selection) =>
      setState((before) => ({
        folder: listing.query.folder,
        selection: change(before.folder === listing.query.folder ? before.selection : nothing),
      })),
    [listing],
  )
  const toggleAt = useCallback(
    (index: number) => {
      base.current = undefined
      const item = pages.at(index)
      if (item !== undefined) set((before) => toggle(before, item.id))
    },
    [pages, set],
  )
  const extend = useCallback(
    async (anchor: number, to: number) => {
      const turn = ++newest.current
      if (base.current?.anchor !== anchor) base.current = { anchor, selection }
      const from = base.current.selection
      setLoading(true)
      try {
        const items = await pages.range(Math.min(anchor, to), Math.max(anchor, to) + 1)
        if (turn === newest.current)
          set(() =>
            select(
              from,
              items.map(({ id }) => id),
            ),
          )
      } catch {
        // The page shows the lost connection; what was selected before stays.
      } finally {
        if (turn === newest.current) setLoading(false)
      }
    },
    [pages, set, selection],
  )
  const replace = useCallback(
    (by: Selection) => {
      base.current = undefined
      newest.current++
      set(() => by)
    },
    [set],
  )

  return useMemo(() => {
    const count = countSelected(selection, pages.total ?? 0)
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
  }, [selection, pages.total, isLoading, toggleAt, extend, replace])
}

/** "All" means all that a filter left: under another filter it would mean something else. */
function keptSelection(state: { folder: string | undefined; selection: Selection }, listing: Listing): Selection {
  return state.folder === listing.query.folder ? state.selection : nothing
}
