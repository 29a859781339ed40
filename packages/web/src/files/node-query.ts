import { queryOptions } from '@tanstack/react-query'
import { call } from '../api/client.ts'
import type { AnswerOf } from '../api/client.ts'
import { queryClient } from '../api/queries.ts'
import { folderListing } from './folder-listing.ts'
import type { FolderQuery } from './folder-listing.ts'

/** A node with all that a page about it shows. */
export type NodeDetail = AnswerOf<'GET /api/v1/nodes/:id'>

/** Asks for a node. */
export const nodeQuery = (id: string) =>
  queryOptions({
    queryKey: ['nodes', id],
    queryFn: ({ signal }) => call('GET /api/v1/nodes/:id', { params: { id }, signal }),
  })

/** Asks for a folder and for what lies in it at once, before the page that shows them is there. */
export function askForFolder(query: FolderQuery): void {
  void queryClient.prefetchQuery(nodeQuery(query.folder))
  folderListing(query).pages.want(0, 1)
}
