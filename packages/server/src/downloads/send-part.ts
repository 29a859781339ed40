import type { OutgoingHttpHeaders } from 'node:http'
import { dirname } from 'node:path'
import type { BlobHash } from '@vitrine/domain'
import { create as contentDisposition } from 'content-disposition'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { bytesOfHash } from '../blobs/blob-hash.ts'
import type { BlobStore } from '../blobs/blob-store.ts'
import { answerRange, contentRange } from '../http/byte-range.ts'
import type { Parts } from '../parts.ts'
import { countWithdrawn } from './check-contents.ts'
import type { StoredDownload } from './download.ts'
import { recordSent, selectDownload } from './download-store.ts'
import type { FoundPart } from './find-download.ts'
import { manifestsOf } from './manifest-file.ts'
import { blobPathsIn, type ContentPath } from './transfer/blob-paths.ts'
import { blobSource, partSource } from './transfer/byte-sources.ts'
import { type ByteSource, sendBytes } from './transfer/send-bytes.ts'

type Needed = Pick<Parts, 'db' | 'blobs' | 'log' | 'metrics' | 'transfers' | 'clock'>

/**
 * Sends a part, or a range of it. What is asked for when the contents have been checked: the caller has done so.
 *
 * Never waits with writing: what was sent is recorded once, at the end.
 */
export async function sendPart(
  parts: Needed,
  found: FoundPart,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<void> {
  const { part, download, link } = found
  const answer = answerRange(request.method, request.headers, part.size, part.etag)
  reply.headers({
    etag: part.etag,
    'accept-ranges': 'bytes',
    'cache-control': 'private, no-transform',
    'content-security-policy': "default-src 'none'; sandbox",
    ...((answer.status === 206 || answer.status === 416) && { 'content-range': contentRange(answer, part.size) }),
  })
  if (answer.status === 304 || answer.status === 416) return void reply.code(answer.status).send()
  reply.headers({ 'content-type': part.mediaType, 'content-disposition': contentDisposition(part.name) })
  const source = await sourceOf(parts, found)
  const headers = reply.getHeaders() as OutgoingHttpHeaders
  reply.hijack()
  using watch = parts.transfers.watch(link, (now) => isStillAllowed(parts, now, download.id))
  parts.metrics.runningTransfers.inc()
  const { status, start, end } = answer
  const outcome = await sendBytes(reply.raw, { status, headers, start, end, source, signal: watch.signal })
  parts.metrics.runningTransfers.dec()
  parts.metrics.bytesSent.inc({ kind: 'part' }, outcome.sent)
  if (outcome.error !== undefined) request.log.error({ err: outcome.error }, 'a transfer broke off')
  await record(parts, found, outcome.sent)
}

async function sourceOf({ blobs }: Pick<Parts, 'blobs'>, { part, download }: FoundPart): Promise<ByteSource> {
  if (part.plain) {
    const { blob } = part.plain
    return blobSource(bytesOfHash(blob), part.size, () => blobs.pathOf(blob))
  }
  if (download.manifest === null) throw new Error('a ready archive has no manifest')
  const { index, pages } = await manifestsOf(blobs).open(download.manifest)
  const layout = index.parts[part.number - 1]
  if (!layout) throw new Error('a manifest has fewer parts than its download')
  return partSource(layout, index, pages, contentPaths(blobs))
}

/** The paths of the store's files, made from hashes as manifests hold them: 20 kB of small files cost one each. */
function contentPaths(blobs: Pick<BlobStore, 'pathOf'>): ContentPath {
  const anyPath = blobs.pathOf('0'.repeat(64) as BlobHash)
  return blobPathsIn(dirname(dirname(dirname(anyPath))))
}

async function isStillAllowed(parts: Needed, link: FoundPart['link'], id: StoredDownload['id']): Promise<boolean> {
  const download = await selectDownload(parts.db, id)
  if (!download || download.state === 'withdrawn') return false
  return (await countWithdrawn(parts, link, download)) === 0
}

async function record(parts: Needed, { download, part }: FoundPart, bytes: number): Promise<void> {
  if (bytes === 0) return
  await recordSent(parts.db, download.id, part.number, bytes, parts.clock()).catch((error: unknown) => {
    parts.log.warn({ err: error }, 'could not record what was sent of a download')
  })
}
