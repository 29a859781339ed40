import { KeptListings } from '@vitrine/ui/listing/kept-listings.ts'
import { SparsePages } from '@vitrine/ui/sparse-pages.ts'
import type { ItemSort } from '@vitrine/api/public'
import { onChange } from '../api/changes.ts'
import { call } from '../api/client.ts'
import type { AnswerOf } from '../api/client.ts'
import { onReturn } from '../api/connection.ts'
import { onForget } from '../api/queries.ts'
import { onLiveChange } from '../live/live-changes.ts'
import { onUploaded } from '../uploads/upload-summary.ts'

/** A child of a folder. */
export type ListedNode = AnswerOf<'GET /api/v1/nodes/:id/children'>['items'][number]

/** Which children are listed, and in which order. */
export interface FolderQuery {
  /** Id of the folder. */
  readonly folder: string
  readonly sort: ItemSort
  /** Part of the name; empty: all. */
  readonly filter: string
}

/** The children of a folder in an order, loaded where somebody looks. */
export interface FolderListing {
  readonly query: FolderQuery
  readonly pages: SparsePages<ListedNode>
  /** When the newest answer came, in ms since the Unix epoch. */
  answeredAt: number
}

/** Children that are asked for at a time. */
const PAGE_SIZE = 200
/** For so long an answer is taken for the newest when a folder is opened again, in milliseconds. */
const FRESH = 5000

const kept = new KeptListings<FolderListing>()
onReturn(expireFolders)
onChange(expireFolders)
onUploaded(expireFolders)
onLiveChange((event) => {
  if (event.kind === 'resync') expireFolders(event.before)
  if (event.kind === 'folder') expireFolder(event.folder)
})
onForget(() => kept.clear())

/** The listing of a query: the kept one when there is one, and then what it holds is asked for again. */
export function folderListing(query: FolderQuery): FolderListing {
  const { folder, sort, filter } = query
  return kept.get(JSON.stringify([folder, sort, filter]), () => makeListing({ folder, sort, filter }))
}

/** Marks a listing that is opened again as old, unless it was just loaded. */
export function expireKept(listing: FolderListing): void {
  if (listing.pages.total !== undefined && Date.now() - listing.answeredAt > FRESH) listing.pages.expire()
}

/**
 * Something was changed: what is in view of any folder is loaded again, and what is kept when it is looked at.
 *
 * @param before what was answered earlier, in ms since the Unix epoch; without it all
 */
export function expireFolders(before?: number): void {
  for (const { pages } of kept.all()) pages.expire(before)
}

function expireFolder(folder: string): void {
  for (const { query, pages } of kept.all()) if (query.folder === folder) pages.expire()
}

function makeListing(query: FolderQuery): FolderListing {
  const { folder: id, sort, filter } = query
  const listing: FolderListing = {
    query,
    answeredAt: 0,
    pages: new SparsePages<ListedNode>(async (offset, limit, signal) => {
      const answer = await call('GET /api/v1/nodes/:id/children', {
        params: { id },
        query: { sort, filter, offset, limit },
        signal,
      })
      listing.answeredAt = Date.now()
      return answer
    }, PAGE_SIZE),
  }
  return listing
}
