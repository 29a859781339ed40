import { useCallback, useMemo, useRef, useState } from 'react'
import { countSelected, everything, isSelected, nothing, select, toggle } from '../selection.ts'
import type { Selection } from '../selection.ts'
import type { SparsePages } from '../sparse-pages.ts'

/** The selection in a list, and how it changes. */
export interface ListSelection {
  readonly selection: Selection
  readonly count: number
  readonly isAll: boolean
  /** A range that is not loaded yet is being selected. */
  readonly isLoading: boolean
  readonly has: (id: string) => boolean
  readonly toggleAt: (index: number) => void
  /** Selects one member in place of all that was selected. */
  readonly only: (index: number) => void
  /** Selects from the anchor to an index, both included, in place of the range that the last call selected. */
  readonly extend: (anchor: number, to: number) => void
  readonly selectAll: () => void
  readonly clear: () => void
}

/** A list whose members can be selected. */
export interface SelectableList {
  readonly pages: SparsePages<{ readonly id: string }>
  /** Which list it is, whatever its order: in another one nothing is selected. */
  readonly list: string | undefined
  /** To what it is narrowed; empty: all of it. */
  readonly filter: string
}

type Change = (change: (before: Selection) => Selection) => void

interface State extends Pick<SelectableList, 'list' | 'filter'> {
  readonly selection: Selection
}

/** The selection in a list; it begins empty in each. */
export function useSelection({ pages, list, filter }: SelectableList): ListSelection {
  const [state, setState] = useState<State>({ list, filter, selection: nothing })
  const selection = selectionIn(list, filter, state)
  const set: Change = useCallback(
    (change) => setState((before) => ({ list, filter, selection: change(selectionIn(list, filter, before)) })),
    [list, filter],
  )
  const { isLoading, extend, endRange } = useRange(pages, selection, set)
  const changeAt = useCallback(
    (index: number, change: (before: Selection, id: string) => Selection) => {
      endRange()
      const member = pages.at(index)
      if (member !== undefined) set((before) => change(before, member.id))
    },
    [pages, set, endRange],
  )
  const toggleAt = useCallback((index: number) => changeAt(index, toggle), [changeAt])

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
      only: (index: number) => changeAt(index, (_before, id) => select(nothing, [id])),
      extend: (anchor: number, to: number) => void extend(anchor, to),
      selectAll: () => replace(everything),
      clear: () => replace(nothing),
    }
  }, [selection, pages.total, isLoading, toggleAt, changeAt, extend, endRange, set])
}

/** "All" means all that the filter leaves: under another filter it would mean something else. */
export function selectionIn(list: string | undefined, filter: string, state: State): Selection {
  if (state.list !== list) return nothing
  return state.selection.mode === 'all' && state.filter !== filter ? nothing : state.selection
}

/** Ranges: one that shrinks gives back what it took, and one over what is not loaded loads it. */
function useRange(pages: SelectableList['pages'], selection: Selection, set: Change) {
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
        const members = await pages.range(Math.min(anchor, to), Math.max(anchor, to) + 1)
        if (turn !== newest.current) return
        const ids = members.map(({ id }) => id)
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
