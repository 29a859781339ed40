import { useSyncExternalStore } from 'react'
import { itemSorts } from '@vitrine/api/public'
import type { ItemSort } from '@vitrine/api/public'
import type { View } from '@vitrine/ui/preferences.ts'
import { token } from '../api/address.ts'

/** Where the visitor is: all of it stands in the address, so that it can be kept, sent and gone back to. */
export interface Place {
  readonly page: 'list' | 'preview'
  /** The folder that is listed; undefined: the targets. */
  readonly folder: string | undefined
  readonly sort: ItemSort
  /** Part of the name; empty: all. */
  readonly filter: string
  /** Undefined: as this browser last had it. */
  readonly view: View | undefined
  /** The asset in the preview. */
  readonly item: string | undefined
  /** Its index in the list: a hint that saves a search. */
  readonly index: number | undefined
}

/** The place that an address names. Unknown values are the usual ones. */
export function placeOf(address: { readonly pathname: string; readonly search: string }): Place {
  const search = new URLSearchParams(address.search)
  const index = Number(search.get('index') ?? Number.NaN)
  return {
    page: address.pathname.startsWith('/linksharepreview.html') ? 'preview' : 'list',
    folder: search.get('folder') ?? undefined,
    sort: itemSorts.find((sort) => sort === search.get('sort')) ?? 'name',
    filter: search.get('filter') ?? '',
    view: search.get('view') === 'list' ? 'list' : search.get('view') === 'cards' ? 'cards' : undefined,
    item: search.get('item') ?? undefined,
    index: Number.isSafeInteger(index) && index >= 0 ? index : undefined,
  }
}

/** The address of a place, root-relative, with the token first. */
export function addressOfPlace(place: Place): string {
  const search = new URLSearchParams({ sh: token })
  if (place.page === 'preview' && place.item !== undefined) search.set('item', place.item)
  if (place.folder !== undefined) search.set('folder', place.folder)
  if (place.sort !== 'name') search.set('sort', place.sort)
  if (place.filter !== '') search.set('filter', place.filter)
  if (place.view !== undefined) search.set('view', place.view)
  if (place.page === 'preview' && place.index !== undefined) search.set('index', String(place.index))
  return `${place.page === 'preview' ? '/linksharepreview.html' : '/linkshare.html'}?${search.toString()}`
}

const listeners = new Set<() => void>()
let current = placeOf(location)

addEventListener('popstate', () => {
  current = placeOf(location)
  for (const listener of listeners) listener()
})

/** Goes to another place: `push` makes a step that Back undoes. */
export function goTo(change: Partial<Place>, how: 'push' | 'replace' = 'push'): void {
  current = { ...current, ...change }
  if (how === 'push') history.pushState(PUSHED, '', addressOfPlace(current))
  else history.replaceState(history.state, '', addressOfPlace(current))
  for (const listener of listeners) listener()
}

/** Marks the steps that this page made itself. */
const PUSHED = { pushed: true }

/** Undoes the last step when this page made it; goes to `place` otherwise. */
export function goBackOr(place: Partial<Place>): void {
  const state = history.state as { pushed?: boolean } | null
  if (state?.pushed === true) history.back()
  else goTo(place, 'replace')
}

/** Where the visitor is now. */
export function currentPlace(): Place {
  return current
}

/** Where the visitor is; renders again when that changes. */
export function usePlace(): Place {
  return useSyncExternalStore(listenToPlace, currentPlace)
}

function listenToPlace(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}
