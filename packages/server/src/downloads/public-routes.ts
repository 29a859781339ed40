import { Readable } from 'node:stream'
import { DownloadRequestBody, Nothing } from '@vitrine/api'
import { type DownloadId, VitrineError } from '@vitrine/domain'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import { parseRequest } from '../http/parse-request.ts'
import { MissLimiter } from '../http/rate-limit.ts'
import type { Parts } from '../parts.ts'
import type { DoorParts } from '../share-links/members-door.ts'
import type { OpenLink } from '../share-links/open-link.ts'
import { linkOf } from '../share-links/resolve-share-link.ts'
import { cancelDownload } from './cancel-download.ts'
import { checksums, type DescribedDownload, manifestJson } from './describe-contents.ts'
import type { StoredDownload } from './download.ts'
import { selectParts } from './download-store.ts'
import { findOwnDownload, findPart, requireReady } from './find-download.ts'
import { listInbox, lookAgain } from './inbox.ts'
import { presentDownload, retryAfter } from './present-download.ts'
import { queueDownload } from './queue-download.ts'
import { readWish } from './read-wish.ts'
import { sendPart } from './send-part.ts'
import { makeVisitor, visitorOf } from './visitor.ts'

const DownloadParams = z.object({ id: z.string() })
const PartParams = z.object({
  id: z.string(),
  number: z
    .string()
    .regex(/^[1-9]\d{0,8}$/)
    .transform(Number),
})
const PartQuery = z.object({ dl: z.string() })
/** Visible ASCII: what a header can hold. */
const IdempotencyKey = z
  .string()
  .regex(/^[!-~]{1,255}$/)
  .optional()

/** Downloads that one network may queue at once; then one more each second. */
const queueRate = { burst: 120, every: 1000, networks: 20_000 }

/** What a visitor does with downloads. Each route first asks for the link's token, or for a part's capability. */
export function publicDownloadRoutes(doors: FastifyInstance, parts: DoorParts): void {
  queueRoutes(doors, parts)
  inboxRoutes(doors, parts)
  listRoutes(doors, parts)
  partRoute(doors, parts)
}

function queueRoutes(doors: FastifyInstance, parts: DoorParts): void {
  const queued = new MissLimiter(queueRate)

  doors.post('/linkshare.html/downloads', async (request, reply) => {
    const link = await linkOf(parts, request)
    const requested = parseRequest(DownloadRequestBody, request.body)
    const idempotencyKey = parseRequest(IdempotencyKey, request.headers['idempotency-key'])
    limitQueueing(queued, request, parts.clock())
    const wanted = await readWish(parts, link, requested)
    const visitor = makeVisitor(request, reply, link)
    const download = await queueDownload(parts, { link, visitor, wanted, idempotencyKey })
    return answerCreated(parts, link, download, reply)
  })

  doors.post('/linkshare.html/downloads/:id/queue-again', async (request, reply) => {
    const { link, download } = await ownDownload(parts, request)
    parseRequest(Nothing, request.body)
    limitQueueing(queued, request, parts.clock())
    const { visitor, wanted, id } = download
    // Pressed twice, it makes one download.
    const again = { link, visitor, wanted, idempotencyKey: `again/${id}` }
    return answerCreated(parts, link, await queueDownload(parts, again), reply)
  })
}

function inboxRoutes(doors: FastifyInstance, parts: DoorParts): void {
  doors.get('/linkshare.html/downloads', async (request, reply) => {
    const link = await linkOf(parts, request)
    const visitor = visitorOf(request, link)
    const inbox = visitor === undefined ? [] : await listInbox(parts, link, visitor)
    const waits = inbox.flatMap(({ download }) => retryAfter(parts, download) ?? [])
    if (waits.length > 0) reply.header('retry-after', String(Math.min(...waits)))
    return { downloads: inbox.map(({ download, files }) => presentDownload(parts, link, download, files)) }
  })

  doors.get('/linkshare.html/downloads/:id', async (request, reply) => {
    const { link, download } = await ownDownload(parts, request)
    return answer(parts, link, await lookAgain(parts, link, download), reply)
  })

  doors.post('/linkshare.html/downloads/:id/cancel', async (request, reply) => {
    const { link, download } = await ownDownload(parts, request)
    parseRequest(Nothing, request.body)
    return answer(parts, link, await cancelDownload(parts, download), reply)
  })
}

function listRoutes(doors: FastifyInstance, parts: DoorParts): void {
  doors.get('/linkshare.html/downloads/:id/SHA256SUMS', async (request, reply) => {
    const described = await readyDownload(parts, request)
    reply.type('text/plain; charset=utf-8').header('content-disposition', 'attachment; filename="SHA256SUMS"')
    return sendText(request, reply, checksums(parts, described))
  })

  doors.get('/linkshare.html/downloads/:id/manifest.json', async (request, reply) => {
    const described = await readyDownload(parts, request)
    reply.type('application/json; charset=utf-8').header('content-disposition', 'attachment; filename="manifest.json"')
    return sendText(request, reply, manifestJson(parts, described))
  })
}

function partRoute(doors: FastifyInstance, parts: DoorParts): void {
  doors.get('/linkshare.html/downloads/:id/parts/:number', async (request, reply) => {
    const { id, number, dl } = partAsked(request)
    await sendPart(parts, await findPart(parts, id, number, dl), request, reply)
    return reply
  })
}

/** A malformed address of a part opens nothing, like a wrong one. */
function partAsked(request: FastifyRequest): { readonly id: string; readonly number: number; readonly dl: string } {
  const params = PartParams.safeParse(request.params)
  const query = PartQuery.safeParse(request.query)
  const { id = '', number = 0 } = params.data ?? {}
  return { id, number, dl: query.data?.dl ?? '' }
}

async function ownDownload(
  parts: DoorParts,
  request: FastifyRequest,
): Promise<{ readonly link: OpenLink; readonly download: StoredDownload }> {
  const link = await linkOf(parts, request)
  const { id } = parseRequest(DownloadParams, request.params)
  return { link, download: await findOwnDownload(parts, link, visitorOf(request, link), id) }
}

async function readyDownload(parts: DoorParts, request: FastifyRequest): Promise<DescribedDownload> {
  const found = await ownDownload(parts, request)
  await requireReady(parts, found)
  return { download: found.download, parts: await partsOf(parts, found.download.id) }
}

async function partsOf({ db }: Pick<Parts, 'db'>, id: DownloadId) {
  return (await selectParts(db, [id])).get(id) ?? []
}

function limitQueueing(queued: MissLimiter, request: FastifyRequest, now: number): void {
  const wait = queued.countMiss(request.ip, now)
  if (wait === 0) return
  throw new VitrineError(
    'request/too-many',
    'Too many downloads were queued from your network. Please wait a moment.',
    {
      retryAfter: Math.ceil(wait / 1000),
    },
  )
}

async function answerCreated(parts: Parts, link: OpenLink, download: StoredDownload, reply: FastifyReply) {
  reply.code(201).header('location', `/linkshare.html/downloads/${download.id}`)
  return answer(parts, link, download, reply)
}

async function answer(parts: Parts, link: OpenLink, download: StoredDownload, reply: FastifyReply) {
  const wait = retryAfter(parts, download)
  if (wait !== undefined) reply.header('retry-after', String(wait))
  return presentDownload(parts, link, download, await partsOf(parts, download.id))
}

/** Sends text as it comes. With HEAD nothing of it is made. */
function sendText(request: FastifyRequest, reply: FastifyReply, text: AsyncGenerator<string>): FastifyReply {
  return request.method === 'HEAD' ? reply.send() : reply.send(Readable.from(text, { objectMode: false }))
}
