import { Readable } from 'node:stream'
import type { Download } from '@vitrine/api/public'
import type { DownloadId } from '@vitrine/domain'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import type { Parts } from '../parts.ts'
import { checksums, type DescribedDownload, manifestJson } from './describe-contents.ts'
import type { StoredPart } from './download.ts'
import { selectParts } from './download-store.ts'
import { requireReady } from './find-download.ts'
import type { GivenDownload } from './giver.ts'
import type { InboxEntry } from './inbox.ts'
import { presentDownload, retryAfter } from './present-download.ts'

/** The header `Idempotency-Key`. Visible ASCII: what a header can hold. */
export const IdempotencyKey = z
  .string()
  .regex(/^[!-~]{1,255}$/)
  .optional()

/** The key under which a download is queued again: pressed twice, it makes one. */
export function againKey(id: DownloadId): string {
  return `again/${id}`
}

/** One download, as an answer shows it. Says when to ask again while it is not ready. */
export async function answerDownload(
  parts: Pick<Parts, 'db' | 'keys' | 'clock' | 'config'>,
  { giver, download }: GivenDownload,
  reply: FastifyReply,
): Promise<Download> {
  const wait = retryAfter(parts, download)
  if (wait !== undefined) reply.header('retry-after', String(wait))
  return presentDownload(parts, giver, download, await partsOf(parts, download.id))
}

/** Says when to ask again while something in an inbox is not ready. */
export function sayWhenAgain(parts: Pick<Parts, 'clock'>, inbox: readonly InboxEntry[], reply: FastifyReply): void {
  const waits = inbox.flatMap(({ download }) => retryAfter(parts, download) ?? [])
  if (waits.length > 0) reply.header('retry-after', String(Math.min(...waits)))
}

/** Answers with `SHA256SUMS`, when the download is ready. @throws {VitrineError} as `requireReady` */
export async function sendChecksums(
  parts: Parts,
  given: GivenDownload,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const described = await readyDownload(parts, given)
  reply.type('text/plain; charset=utf-8').header('content-disposition', 'attachment; filename="SHA256SUMS"')
  return sendText(request, reply, checksums(parts, described))
}

/** Answers with `manifest.json`, when the download is ready. @throws {VitrineError} as `requireReady` */
export async function sendManifest(
  parts: Parts,
  given: GivenDownload,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const described = await readyDownload(parts, given)
  reply.type('application/json; charset=utf-8').header('content-disposition', 'attachment; filename="manifest.json"')
  return sendText(request, reply, manifestJson(parts, described))
}

async function readyDownload(parts: Parts, given: GivenDownload): Promise<DescribedDownload> {
  await requireReady(parts, given)
  return { download: given.download, parts: await partsOf(parts, given.download.id) }
}

async function partsOf({ db }: Pick<Parts, 'db'>, id: DownloadId): Promise<readonly StoredPart[]> {
  return (await selectParts(db, [id])).get(id) ?? []
}

/** Sends text as it comes. With HEAD nothing of it is made. */
function sendText(request: FastifyRequest, reply: FastifyReply, text: AsyncGenerator<string>): FastifyReply {
  return request.method === 'HEAD' ? reply.send() : reply.send(Readable.from(text, { objectMode: false }))
}
