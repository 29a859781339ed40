import { KeptListings } from '@vitrine/ui/listing/kept-listings.ts'
import { SparsePages } from '@vitrine/ui/sparse-pages.ts'
import { onChange } from '../api/changes.ts'
import { call } from '../api/client.ts'
import type { AnswerOf } from '../api/client.ts'
import { onReturn } from '../api/connection.ts'
import { onForget } from '../api/queries.ts'
import { onLiveChange } from '../live/live-changes.ts'
import type { TrashSort } from './trash-sorts.ts'

/** Something in the trash. */
export type TrashedNode = AnswerOf<'GET /api/v1/trash'>['items'][number]

/** The trash in an order, loaded where somebody looks. */
export interface TrashListing {
  readonly sort: TrashSort
  readonly pages: SparsePages<TrashedNode>
}

/** Entries that are asked for at a time. */
const PAGE_SIZE = 200

const kept = new KeptListings<TrashListing>()
onReturn(expireTrash)
onChange(expireTrash)
onLiveChange((change) => {
  if (change.kind === 'resync') expireTrash(change.before)
})
onForget(() => kept.clear())

/** The trash in an order: the kept listing when there is one. */
export function trashListing(sort: TrashSort): TrashListing {
  return kept.get(sort, () => ({
    sort,
    pages: new SparsePages<TrashedNode>(
      (offset, limit, signal) => call('GET /api/v1/trash', { query: { sort, offset, limit }, signal }),
      PAGE_SIZE,
    ),
  }))
}

/**
 * Something was changed: what is in view is asked for again, and what is kept when it is looked at.
 *
 * @param before what was answered earlier, in ms since the Unix epoch; without it all
 */
export function expireTrash(before?: number): void {
  for (const { pages } of kept.all()) if (pages.total !== undefined) pages.expire(before)
}
