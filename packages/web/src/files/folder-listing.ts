import { SparsePages } from '@vitrine/ui/sparse-pages.ts'
import type { ItemSort } from '@vitrine/api/public'
import { call } from '../api/client.ts'
import type { AnswerOf } from '../api/client.ts'

/** A child of a folder. */
export type ListedNode = AnswerOf<'GET /api/v1/nodes/:id/children'>['items'][number]

/** Children that are asked for at a time. */
const PAGE_SIZE = 200

/** The children of a folder in an order, loaded where somebody looks. */
export function folderListing(nodeId: string, sort: ItemSort): SparsePages<ListedNode> {
  return new SparsePages<ListedNode>(
    (offset, limit, signal) =>
      call('GET /api/v1/nodes/:id/children', { params: { id: nodeId }, query: { sort, offset, limit }, signal }),
    PAGE_SIZE,
  )
}
