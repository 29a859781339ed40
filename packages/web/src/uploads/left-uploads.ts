import { queryOptions } from '@tanstack/react-query'
import { call } from '../api/client.ts'
import type { AnswerOf } from '../api/client.ts'
import { claimed } from './claims.ts'
import { keptOrigins } from './kept-origins.ts'
import type { UploadSummary } from './upload-summary.ts'

/** An upload that the server has a part of. */
export type LeftUpload = AnswerOf<'GET /api/v1/uploads'>['items'][number]

/** One's own uploads that are not finished, without what another page of this browser is sending. */
export const leftQuery = queryOptions({
  queryKey: ['uploads'],
  queryFn: async ({ signal }) => {
    const { items } = await call('GET /api/v1/uploads', { signal, signedOut: 'fail' })
    const elsewhere = await claimed()
    return { items: items.filter(({ url }) => !elsewhere.has(url)) }
  },
  staleTime: Infinity,
})

/** From where their files can be read again, by the address of the upload. */
export const originsQuery = queryOptions({
  queryKey: ['uploads', 'origins'],
  queryFn: keptOrigins,
  staleTime: Infinity,
})

/** Those that this page knows nothing of. */
export function notOwn(
  list: AnswerOf<'GET /api/v1/uploads'> | undefined,
  { ownUrls }: Pick<UploadSummary, 'ownUrls'>,
): LeftUpload[] {
  return (list?.items ?? []).filter(({ url }) => !ownUrls.has(url))
}
