import { dirname } from 'node:path'
import type { BlobHash } from '@vitrine/domain'
import { create as contentDisposition } from 'content-disposition'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { bytesOfHash } from '../blobs/blob-hash.ts'
import type { BlobStore } from '../blobs/blob-store.ts'
import type { Parts } from '../parts.ts'
import type { StillAllowed } from '../share-links/running-transfers.ts'
import { sendWatched } from '../share-links/send-watched.ts'
import { countWithdrawn } from './check-contents.ts'
import type { StoredDownload } from './download.ts'
import { recordSent, selectDownload } from './download-store.ts'
import type { FoundPart } from './find-download.ts'
import { manifestsOf } from './manifest-file.ts'
import { blobPathsIn, type ContentPath } from './transfer/blob-paths.ts'
import { blobSource, partSource } from './transfer/byte-sources.ts'
import type { ByteSource } from './transfer/send-bytes.ts'
import { chooseRange } from './transfer/send-range.ts'

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
  reply.headers({
    'cache-control': 'private, no-transform',
    'content-security-policy': "default-src 'none'; sandbox",
  })
  const range = chooseRange(request, reply, part)
  if (range === undefined) return
  reply.headers({ 'content-type': part.mediaType, 'content-disposition': contentDisposition(part.name) })
  const source = await sourceOf(parts, found)
  const stillAllowed: StillAllowed = (now) => isStillAllowed(parts, now, download.id)
  await record(parts, found, await sendWatched(parts, reply, { link, kind: 'part', range, source, stillAllowed }))
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
