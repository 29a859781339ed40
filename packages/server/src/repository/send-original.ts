import type { BlobHash, NodeId, Privilege, Subject, VersionId } from '@vitrine/domain'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { requirePrivilege } from '../access/node-access.ts'
import { bytesOfHash } from '../blobs/blob-hash.ts'
import type { Database } from '../db/open.ts'
import { blobSource } from '../downloads/transfer/byte-sources.ts'
import { chooseRange, sendRange } from '../downloads/transfer/send-range.ts'
import { dispositionOf, sandboxed } from '../http/content-headers.ts'
import type { Parts } from '../parts.ts'
import { requireNode } from './create-folder.ts'
import { notAnAsset } from './ingest-files.ts'
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

/** Which original is wanted. */
export interface WantedOriginal {
  readonly asset: NodeId
  /** One of the asset; absent: the current one. */
  readonly version?: VersionId | undefined
}

/**
 * An original of an asset on which somebody has a privilege: `download-original`, to be given its bytes.
 *
 * @throws {VitrineError} `node/not-found`, `access/denied`, `node/not-an-asset`, `version/not-found`
 */
export async function originalOf(
  db: Database,
  subject: Subject,
  { asset, version }: WantedOriginal,
  privilege: Privilege,
): Promise<Original> {
  await requirePrivilege(db, subject, asset, privilege)
  const { name, version: current } = requireNode(await nodeById(db, asset))
  if (current === null) throw notAnAsset({ id: asset, name })
  const { id, blob, size, mediaType, modifiedAt } = requireVersion(await versionById(db, asset, version ?? current))
  return { name, version: id, blob, size, mediaType, modifiedAt }
}

/** Answers with an original as an attachment, whole or the range that is asked for. */
export function sendOriginal(
  parts: Pick<Parts, 'blobs' | 'log'>,
  { name, version, modifiedAt, ...content }: Original,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<FastifyReply> {
  reply.header('last-modified', new Date(modifiedAt).toUTCString())
  return sendBlob(parts, { ...content, etag: `"${version}"`, fileName: name, shown: 'attachment' }, request, reply)
}

/** Bytes that somebody who is signed in is given. */
export interface SentBlob {
  readonly blob: BlobHash
  /** In bytes. */
  readonly size: number
  readonly mediaType: string
  /** Strong entity tag, with its quotes. */
  readonly etag: string
  readonly fileName: string
  readonly shown: 'attachment' | 'inline'
}

/** Answers with a blob, whole or the range that is asked for. */
export async function sendBlob(
  { blobs, log }: Pick<Parts, 'blobs' | 'log'>,
  { blob, size, mediaType, etag, fileName, shown }: SentBlob,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<FastifyReply> {
  reply.headers({ 'content-security-policy': sandboxed, 'x-content-type-options': 'nosniff' })
  const range = chooseRange(request, reply, { etag, size })
  if (range === undefined) return reply
  reply.headers({ 'content-type': mediaType, 'content-disposition': dispositionOf(fileName, shown) })
  const { error } = await sendRange(
    reply,
    range,
    blobSource(bytesOfHash(blob), size, () => blobs.pathOf(blob)),
  )
  if (error !== undefined) log.error({ err: error, blob }, 'a content could not be sent to its end')
  return reply
}
