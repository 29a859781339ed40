import type { BlobHash, NodeId, Subject, VersionId } from '@vitrine/domain'
import { VitrineError } from '@vitrine/domain'
import { create as contentDisposition } from 'content-disposition'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { requirePrivilege } from '../access/node-access.ts'
import { bytesOfHash } from '../blobs/blob-hash.ts'
import { blobSource } from '../downloads/transfer/byte-sources.ts'
import { chooseRange, sendRange } from '../downloads/transfer/send-range.ts'
import type { Parts } from '../parts.ts'
import { requireNode } from './create-folder.ts'
import { nodeById } from './node-store.ts'
import { requireVersion } from './restore-version.ts'
import { versionById } from './version-store.ts'

/** The bytes of one version, and what is said with them. */
export interface Original {
  readonly name: string
  readonly version: VersionId
  readonly blob: BlobHash
  /** In bytes. */
  readonly size: number
  readonly mediaType: string
  /** In ms since the Unix epoch. */
  readonly modifiedAt: number
}

/**
 * An original that somebody may download.
 *
 * @param version one of the asset; absent: the current one
 * @throws {VitrineError} `node/not-found`, `access/denied`, `node/not-an-asset`, `version/not-found`
 */
export async function originalOf(
  { db }: Pick<Parts, 'db'>,
  subject: Subject,
  asset: NodeId,
  version?: VersionId,
): Promise<Original> {
  await requirePrivilege(db, subject, asset, 'download-original')
  const { name, version: current } = requireNode(await nodeById(db, asset))
  if (current === null) throw new VitrineError('node/not-an-asset', `"${name}" is a folder.`, { nodeId: asset })
  const { id, ...content } = requireVersion(await versionById(db, asset, version ?? current))
  return { ...content, name, version: id }
}

/** Answers with an original as an attachment, whole or the range that is asked for. */
export async function sendOriginal(
  { blobs, log }: Pick<Parts, 'blobs' | 'log'>,
  { name, version, blob, size, mediaType, modifiedAt }: Original,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<FastifyReply> {
  reply.header('last-modified', new Date(modifiedAt).toUTCString())
  const range = chooseRange(request, reply, { etag: `"${version}"`, size })
  if (range === undefined) return reply
  reply.headers({
    'content-type': mediaType,
    'content-disposition': contentDisposition(name),
    'x-content-type-options': 'nosniff',
    'content-security-policy': "sandbox; default-src 'none'",
  })
  const source = blobSource(bytesOfHash(blob), size, () => blobs.pathOf(blob))
  const { error } = await sendRange(reply, range, source)
  if (error !== undefined) log.error({ err: error, blob }, 'an original could not be sent to its end')
  return reply
}
