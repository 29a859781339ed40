import { useCallback, useEffect, useRef, useState } from 'react'
import type { RefObject } from 'react'

/** The index of the one tab stop; moving it takes the focus along. */
export function useCurrent(root: RefObject<HTMLDivElement | null>, count: number, initial: number) {
  // An object: the cell may be wanted again that has lost the focus meanwhile.
  const [wanted, setWanted] = useState({ index: initial })
  const due = useRef<object>(undefined)
  const current = Math.max(0, Math.min(count - 1, wanted.index))
  useEffect(() => {
    // What was drawn before the last move may get here after it: the focus is not due to its cell any more.
    if (due.current !== wanted) return
    const row = root.current?.querySelector<HTMLElement>(`[data-index="${current}"]`)
    if (!row) return
    due.current = undefined
    row.focus({ preventScroll: true })
  })
  const move = useCallback((to: number) => {
    const next = { index: to }
    due.current = next
    setWanted(next)
  }, [])
  return [current, move] as const
}

/** What has been gone to: whoever wants it may outlive the grid, and a grid that is drawn anew takes no focus for it. */
const goneTo = new WeakSet<object>()

/** Goes to a cell that is wanted from outside, once, as soon as there are rows. */
export function useWantedFocus(
  wanted: { readonly index: number } | undefined,
  hasRows: boolean,
  goTo: (index: number) => void,
): void {
  useEffect(() => {
    if (wanted === undefined || !hasRows || goneTo.has(wanted)) return
    goneTo.add(wanted)
    goTo(wanted.index)
  })
}
