import { queryOptions } from '@tanstack/react-query'
import { call } from '../api/client.ts'

/** Asks for one link. */
export const linkQuery = (id: string) =>
  queryOptions({
    queryKey: ['share-links', id],
    queryFn: ({ signal }) => call('GET /api/v1/share-links/:id', { params: { id }, signal }),
  })
