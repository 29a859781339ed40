import { useEffect, useMemo, useRef } from 'react'
import { useVisiblePages } from '@vitrine/ui/listing/use-visible-pages.ts'
import type { VisibleRange } from '@vitrine/ui/listing/use-visible-pages.ts'
import type { ItemsQuery } from '../api/public-client.ts'
import { RequestFailure } from '@vitrine/api/request'
import { listingOf } from './listing.ts'
import type { Listing } from './listing.ts'

/** How often a link that is being filled is asked again, in milliseconds. */
const FILLING = 3000
/** Thumbnails that are still being made are asked for with growing pauses, in milliseconds. */
const MAKING = { first: 3000, last: 30_000, growth: 1.5 }

/** What the page shows of a folder. */
export interface ShownListing {
  readonly listing: Listing
  /** A newer query's answer is on its way; what is shown is the former. */
  readonly isPending: boolean
  /** Says which items are in view. */
  readonly onVisible: (start: number, end: number) => void
  /** Loads again what is in view. */
  readonly refresh: () => void
}

/** The listing of a query, and of one that loads, the former one of the same folder. */
export function useListing(query: ItemsQuery): ShownListing {
  const { folder, sort, filter } = query
  const wanted = useMemo(() => listingOf({ folder, sort, filter }), [folder, sort, filter])
  const { shown, isPending, version, visible, onVisible, refresh } = useVisiblePages(wanted, isSameFolder)
  useAutoRefresh(shown, version, visible, refresh)
  return { listing: shown, isPending, onVisible, refresh }
}

function isSameFolder(one: Listing, other: Listing): boolean {
  return one.query.folder === other.query.folder
}

/** Asks again while files arrive, while thumbnails are made, and when the connection comes back. */
function useAutoRefresh(
  listing: Listing,
  version: number,
  visible: { readonly current: VisibleRange },
  refresh: () => void,
): void {
  const pause = useRef(MAKING.first)
  useEffect(() => {
    pause.current = MAKING.first
    // oxlint-disable-next-line react/exhaustive-effect-dependencies -- another listing begins with short pauses again
  }, [listing])

  useEffect(() => {
    const wait = pauseOf(listing, visible.current, pause)
    if (wait === undefined) return undefined
    const timer = setTimeout(() => document.visibilityState === 'visible' && refresh(), wait)
    const onVisible = () => document.visibilityState === 'visible' && refresh()
    document.addEventListener('visibilitychange', onVisible)
    addEventListener('online', refresh)
    return () => {
      clearTimeout(timer)
      document.removeEventListener('visibilitychange', onVisible)
      removeEventListener('online', refresh)
    }
    // oxlint-disable-next-line react/exhaustive-effect-dependencies -- each answer decides anew about the next request
  }, [listing, version, visible, refresh])
}

/** How long to wait before asking again, in milliseconds; undefined: there is nothing to wait for. */
function pauseOf(listing: Listing, visible: VisibleRange, pause: { current: number }): number | undefined {
  const { failure } = listing.pages
  if (failure !== undefined) return pauseAfter(failure)
  if (listing.link?.filling) return FILLING
  if (!isMakingThumbnails(listing, visible)) return undefined
  const wait = pause.current
  pause.current = Math.min(MAKING.last, wait * MAKING.growth)
  return wait
}

function pauseAfter(failure: unknown): number | undefined {
  if (!(failure instanceof RequestFailure)) return undefined
  if (failure.kind === 'offline') return failure.retryAfter ?? 5000
  return failure.problem?.code === 'request/too-many' ? (failure.retryAfter ?? 5000) : undefined
}

/** Formats that Vitrine makes thumbnails of; of others none will come. */
const RASTER = /^image\/(jpeg|png|webp|gif|avif)$/

function isMakingThumbnails(listing: Listing, { start, end }: VisibleRange): boolean {
  for (let index = start; index < end; index++) {
    const item = listing.pages.at(index)
    if (item?.thumbnail === undefined && RASTER.test(item?.mediaType ?? '')) return true
  }
  return false
}
