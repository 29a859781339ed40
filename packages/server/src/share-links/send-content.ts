import { thumbnailName, VitrineError, type BlobHash } from '@vitrine/domain'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { bytesOfHash, etagOfBlob } from '../blobs/blob-hash.ts'
import { blobSource } from '../downloads/transfer/byte-sources.ts'
import { chooseRange } from '../downloads/transfer/send-range.ts'
import { sendWatched } from '../downloads/transfer/send-watched.ts'
import { dispositionOf, sandboxed, thumbnailCache } from '../http/content-headers.ts'
import { asksEachTime } from '../http/public-doors.ts'
import type { Parts } from '../parts.ts'
import { givenRendition, noSuchRendition } from '../renditions/given-rendition.ts'
import type { ViewedNode } from './link-view.ts'
import type { OpenLink } from './open-link.ts'
import { rightOfLink, type StillAllowed } from './transfer-right.ts'

type Needed = Pick<Parts, 'db' | 'blobs' | 'keys' | 'clock' | 'metrics' | 'transfers'>

/** A blob as it is given out. */
interface Content {
  readonly kind: 'file' | 'rendition'
  readonly blob: BlobHash
  /** In bytes. */
  readonly size: number
  readonly mediaType: string
  readonly disposition: 'attachment' | 'inline'
  readonly fileName: string
  readonly cacheControl: string
  /** In ms since the Unix epoch; undefined: it does not matter. */
  readonly modifiedAt?: number
  /** Whether a link gives it. */
  readonly mayHave: StillAllowed
}

/** Types that are announced as they are. All else could be more than bytes to somebody's browser. */
const announced = /^(?:image\/(?!svg)|video\/|audio\/|font\/|application\/(?:pdf|zip|postscript|vnd\.adobe\.[\w.-]+)$)/

/**
 * Sends an asset's original, as an attachment.
 *
 * @throws {VitrineError} `item/not-found` when the link does not give it
 */
export async function sendOriginal(
  parts: Needed,
  link: OpenLink,
  node: ViewedNode,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<void> {
  const mayHave: StillAllowed = ({ view }) => view.mayOriginals(node.id)
  if (node.blob === null || !(await mayHave(link))) {
    throw new VitrineError('item/not-found', 'The original of this may not be downloaded.')
  }
  return sendContent(parts, link, request, reply, {
    kind: 'file',
    blob: node.blob,
    size: node.size,
    mediaType: announced.test(node.mediaType) ? node.mediaType : 'application/octet-stream',
    disposition: 'attachment',
    fileName: node.name,
    cacheControl: asksEachTime,
    modifiedAt: node.modifiedAt,
    mayHave,
  })
}

/**
 * Sends one rendition of an asset, to be shown.
 *
 * @throws {VitrineError} `rendition/not-found`, also when the link does not give it; `rendition/not-ready`
 */
export async function sendRendition(
  parts: Needed,
  link: OpenLink,
  node: ViewedNode,
  name: string,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<void> {
  const isThumbnail = name === thumbnailName
  const mayHave: StillAllowed = ({ view }) => (isThumbnail ? view.contains(node.id) : view.mayRenditions(node.id))
  if (!(await mayHave(link))) throw noSuchRendition()
  const rendition = await givenRendition(parts.db, node, name)
  return sendContent(parts, link, request, reply, {
    ...rendition,
    kind: 'rendition',
    disposition: 'inline',
    cacheControl: isThumbnail ? thumbnailCache : asksEachTime,
    mayHave,
  })
}

async function sendContent(
  parts: Needed,
  link: OpenLink,
  request: FastifyRequest,
  reply: FastifyReply,
  content: Content,
): Promise<void> {
  const { kind, blob, size, mayHave } = content
  const hash = bytesOfHash(blob)
  reply.headers({
    'cache-control': content.cacheControl,
    'content-security-policy': sandboxed,
    ...(content.modifiedAt !== undefined && { 'last-modified': new Date(content.modifiedAt).toUTCString() }),
  })
  const range = chooseRange(request, reply, { etag: etagOfBlob(blob), size })
  if (range === undefined) return
  reply.headers({
    'content-type': content.mediaType,
    'content-disposition': dispositionOf(content.fileName, content.disposition),
  })
  const source = blobSource(hash, size, () => parts.blobs.pathOf(blob))
  await sendWatched(parts, reply, { right: rightOfLink(parts, link, mayHave), kind, range, source })
}
