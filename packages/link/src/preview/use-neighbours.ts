import { useEffect } from 'react'
import type { PublicItem, PublicItemDetail, PublicLink } from '@vitrine/api/public'
import type { SparsePages } from '@vitrine/ui/sparse-pages.ts'
import { useListing } from '../browse/use-listing.ts'
import type { Place } from '../place/place.ts'
import { preloadItem } from './use-preview-item.ts'

/** An asset beside the shown one. */
export interface Neighbour {
  readonly id: string
  /** In the list, when that is known. */
  readonly index: number | undefined
}

/** What lies beside the shown asset, in the order in which the folder is listed. */
export interface Neighbours {
  readonly previous: Neighbour | undefined
  readonly next: Neighbour | undefined
  readonly link: PublicLink | undefined
  /** One-based, in the list. */
  readonly position: { readonly index: number; readonly total: number } | undefined
}

/** Items that are looked at on either side: folders between assets are passed over. */
const REACH = 50

/** What lies beside an asset: by the list that it was opened from, else by name as the server says. */
export function useNeighbours(place: Place, item: PublicItemDetail | undefined): Neighbours {
  const { listing, onVisible } = useListing(place)
  const { pages, link } = listing
  const { index } = place
  useEffect(() => {
    if (index !== undefined) onVisible(Math.max(0, index - REACH), index + REACH)
  }, [index, onVisible])

  const isHere = index !== undefined && pages.at(index)?.id === place.item
  const previous = isHere ? assetFrom(pages, index, -1) : named(item?.previous)
  const next = isHere ? assetFrom(pages, index, 1) : named(item?.next)
  usePreload(next?.id, item !== undefined)
  usePreload(previous?.id, item !== undefined)
  return { previous, next, link, position: isHere ? { index: index + 1, total: pages.total ?? 0 } : undefined }
}

function usePreload(id: string | undefined, isTime: boolean): void {
  useEffect(() => {
    if (id === undefined || !isTime) return undefined
    const timer = setTimeout(() => void preloadItem(id), 150)
    return () => clearTimeout(timer)
  }, [id, isTime])
}

function assetFrom(pages: SparsePages<PublicItem>, from: number, step: 1 | -1): Neighbour | undefined {
  for (let index = from + step; Math.abs(index - from) <= REACH; index += step) {
    const item = pages.at(index)
    if (item?.kind === 'asset') return { id: item.id, index }
  }
  return undefined
}

function named(id: string | undefined): Neighbour | undefined {
  return id === undefined ? undefined : { id, index: undefined }
}
