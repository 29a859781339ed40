import { queryOptions } from '@tanstack/react-query'
import { call } from '../api/client.ts'

/** Asks for one link. */
export const linkQuery = (id: string) =>
  queryOptions({
    queryKey: ['share-links', id],
    queryFn: ({ signal }) => call('GET /api/v1/share-links/:id', { params: { id }, signal }),
  })

/** Asks for a URL that opens nothing yet, and for what may be chosen about a link on these targets. */
export const draftQuery = (targets: readonly string[]) =>
  queryOptions({
    queryKey: ['share-link-draft', targets],
    queryFn: ({ signal }) => call('POST /api/v1/share-links/draft', { body: { targets: [...targets] }, signal }),
    staleTime: Infinity,
    // Each time that the dialog is opened it is another URL.
    gcTime: 0,
  })
