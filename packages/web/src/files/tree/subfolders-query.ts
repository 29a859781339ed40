import { infiniteQueryOptions } from '@tanstack/react-query'
import { call } from '../../api/client.ts'

/** Folders that are asked for at a time. */
const PAGE_SIZE = 200

/** Asks for the folders in a folder, by name, page by page. */
export const subfoldersQuery = (id: string) =>
  infiniteQueryOptions({
    queryKey: ['folders', id],
    queryFn: ({ pageParam, signal }) =>
      call('GET /api/v1/nodes/:id/children', {
        params: { id },
        query: { kind: 'folder', sort: 'name', limit: PAGE_SIZE, ...(pageParam === null ? {} : { cursor: pageParam }) },
        signal,
      }),
    initialPageParam: null as string | null,
    getNextPageParam: ({ next }) => next,
  })
