import { useCallback, useEffect, useRef, useState } from 'react'
import type { SparsePages } from '../sparse-pages.ts'
import { usePagesVersion } from '../use-sparse-pages.ts'

/** A list in some order and with some filter. */
export interface PagedListing {
  readonly pages: SparsePages<unknown>
}

/** Members that are in view: [start, end). */
export interface VisibleRange {
  readonly start: number
  readonly end: number
}

/** What is shown of a listing. */
export interface VisiblePages<Listing extends PagedListing> {
  readonly shown: Listing
  /** The wanted one's answer is on its way; what is shown is the former. */
  readonly isPending: boolean
  /** Grows whenever what is shown, or what is wanted, changes. */
  readonly version: number
  /** What is in view now. */
  readonly visible: { readonly current: VisibleRange }
  /** Says what is in view. */
  readonly onVisible: (start: number, end: number) => void
  /** Loads again what is in view. */
  readonly refresh: () => void
}

/**
 * Shows a listing, and loads what is in view of it. While another order or filter of the same list loads, the former
 * stays in view: an empty flash at each letter typed would be worse than a late answer.
 *
 * @param isSameList whether two listings differ in order and filter alone; must not change
 */
export function useVisiblePages<Listing extends PagedListing>(
  wanted: Listing,
  isSameList: (one: Listing, other: Listing) => boolean,
): VisiblePages<Listing> {
  const wantedVersion = usePagesVersion(wanted.pages)
  const isThere = wanted.pages.total !== undefined || wanted.pages.failure !== undefined
  const [former, setFormer] = useState(wanted)
  if (isThere && former !== wanted) setFormer(wanted)
  const shown = isThere || !isSameList(former, wanted) ? wanted : former
  const version = usePagesVersion(shown.pages) + wantedVersion

  const visible = useRef<VisibleRange>({ start: 0, end: 1 })
  useEffect(() => wanted.pages.want(0, 1), [wanted])
  const onVisible = useCallback(
    (start: number, end: number) => {
      visible.current = { start, end }
      shown.pages.want(start, end)
    },
    [shown],
  )
  const refresh = useCallback(() => shown.pages.refresh(visible.current.start, visible.current.end), [shown])
  useEffect(() => {
    // What has become old is loaded again where it is looked at. What failed waits to be asked for.
    if (shown.pages.failure === undefined) shown.pages.want(visible.current.start, visible.current.end)
    // oxlint-disable-next-line react/exhaustive-effect-dependencies -- each change may have made something old
  }, [shown, version])
  return { shown, isPending: shown !== wanted, version, visible, onVisible, refresh }
}
