import { dirname } from 'node:path'
import type { BlobHash } from '@vitrine/domain'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { bytesOfHash } from '../blobs/blob-hash.ts'
import type { BlobStore } from '../blobs/blob-store.ts'
import { dispositionOf, sandboxed } from '../http/content-headers.ts'
import type { Parts } from '../parts.ts'
import { countWithdrawn } from './check-contents.ts'
import { recordSent, selectDownload } from './download-store.ts'
import type { FoundPart } from './find-download.ts'
import { type GivenDownload, reopenGiver } from './giver.ts'
import { manifestsOf } from './manifest-file.ts'
import { blobPathsIn, type ContentPath } from './transfer/blob-paths.ts'
import { blobSource, partSource } from './transfer/byte-sources.ts'
import type { TransferRight } from './transfer/running-transfers.ts'
import type { ByteSource } from './transfer/send-bytes.ts'
import { chooseRange } from './transfer/send-range.ts'
import { sendWatched } from './transfer/send-watched.ts'

type Needed = Pick<Parts, 'db' | 'blobs' | 'keys' | 'log' | 'metrics' | 'transfers' | 'clock'>

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
  const { part } = found
  reply.headers({ 'cache-control': 'private, no-transform', 'content-security-policy': sandboxed })
  const range = chooseRange(request, reply, part)
  if (range === undefined) return
  reply.headers({ 'content-type': part.mediaType, 'content-disposition': dispositionOf(part.name, 'attachment') })
  const source = await sourceOf(parts, found)
  const right = rightToSend(parts, found)
  await record(parts, found, await sendWatched(parts, reply, { right, kind: 'part', range, source }))
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

function rightToSend(parts: Needed, { giver, download: { id, owner } }: GivenDownload): TransferRight {
  return {
    giver: owner.kind === 'user' ? `user/${owner.user}` : `share-link/${owner.shareLink}`,
    shareLink: owner.kind === 'user' ? undefined : owner.shareLink,
    download: id,
    epoch: giver.epoch,
    isStillGiven: async () => {
      const now = await reopenGiver(parts, owner)
      const download = await selectDownload(parts.db, id)
      return download !== undefined && (await countWithdrawn(parts, now, download)) === 0
    },
  }
}

async function record(parts: Needed, { download, part }: FoundPart, bytes: number): Promise<void> {
  if (bytes === 0) return
  await recordSent(parts.db, download.id, part.number, bytes, parts.clock()).catch((error: unknown) => {
    parts.log.warn({ err: error }, 'could not record what was sent of a download')
  })
}
