import { queryOptions } from '@tanstack/react-query'
import { call } from '../api/client.ts'
import type { AnswerOf } from '../api/client.ts'
import type { UploadSummary } from './upload-summary.ts'

/** An upload that the server has a part of. */
export type LeftUpload = AnswerOf<'GET /api/v1/uploads'>['items'][number]

/** One's own uploads that are not finished, those that this page is sending among them. */
export const leftQuery = queryOptions({
  queryKey: ['uploads'],
  queryFn: ({ signal }) => call('GET /api/v1/uploads', { signal, signedOut: 'fail' }),
  staleTime: Infinity,
})

/** Those that this page knows nothing of. */
export function notOwn(
  list: AnswerOf<'GET /api/v1/uploads'> | undefined,
  { ownUrls }: Pick<UploadSummary, 'ownUrls'>,
): LeftUpload[] {
  return (list?.items ?? []).filter(({ url }) => !ownUrls.has(url))
}

/** The name of an upload: the last part of its path. */
export function nameOf({ relativePath }: { readonly relativePath: string }): string {
  return relativePath.slice(relativePath.lastIndexOf('/') + 1)
}

/** Which of the files are those that were being uploaded: name, size and time of change are the same. */
export function matchLeft<File extends { readonly name: string; readonly size: number; readonly lastModified: number }>(
  left: readonly LeftUpload[],
  files: readonly File[],
): { readonly matches: readonly { readonly upload: LeftUpload; readonly file: File }[]; readonly others: number } {
  const open = new Map<string, LeftUpload[]>()
  for (const upload of left) {
    const key = keyOf(nameOf(upload), upload.size, Date.parse(upload.modifiedAt ?? ''))
    open.set(key, [...(open.get(key) ?? []), upload])
  }
  const matches = files.flatMap((file) => {
    const upload = open.get(keyOf(file.name.normalize('NFC'), file.size, file.lastModified))?.shift()
    return upload === undefined ? [] : [{ upload, file }]
  })
  return { matches, others: files.length - matches.length }
}

function keyOf(name: string, size: number, changedAt: number): string {
  return JSON.stringify([name, size, changedAt])
}
