import { DownloadRequestBody, Nothing } from '@vitrine/api'
import type { Download } from '@vitrine/api/public'
import { VitrineError } from '@vitrine/domain'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import { parseRequest } from '../http/parse-request.ts'
import { MissLimiter } from '../http/rate-limit.ts'
import type { Parts } from '../parts.ts'
import type { DoorParts } from '../share-links/members-door.ts'
import type { OpenLink } from '../share-links/open-link.ts'
import { linkOf } from '../share-links/resolve-share-link.ts'
import {
  againKey,
  answerDownload,
  IdempotencyKey,
  sayWhenAgain,
  sendChecksums,
  sendManifest,
} from './answer-download.ts'
import { cancelDownload } from './cancel-download.ts'
import type { DownloadOwner } from './download.ts'
import { findOwnDownload, findPart, visitorOwner } from './find-download.ts'
import { type GivenDownload, giverOfLink } from './giver.ts'
import { listInbox, lookAgain } from './inbox.ts'
import { presentDownload } from './present-download.ts'
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
    const owner = visitorOwner(link, makeVisitor(request, reply, link))
    const giver = giverOfLink(link)
    const download = await queueDownload(parts, { giver, owner, wanted, idempotencyKey })
    return answerCreated(parts, { giver, download }, reply)
  })

  doors.post('/linkshare.html/downloads/:id/queue-again', async (request, reply) => {
    const { giver, download } = await ownDownload(parts, request)
    parseRequest(Nothing, request.body)
    limitQueueing(queued, request, parts.clock())
    const { owner, wanted, id } = download
    const again = await queueDownload(parts, { giver, owner, wanted, idempotencyKey: againKey(id) })
    return answerCreated(parts, { giver, download: again }, reply)
  })
}

function inboxRoutes(doors: FastifyInstance, parts: DoorParts): void {
  doors.get('/linkshare.html/downloads', async (request, reply) => {
    const link = await linkOf(parts, request)
    const giver = giverOfLink(link)
    const owner = ownerOf(link, request)
    const inbox = owner === undefined ? [] : await listInbox(parts, giver, owner)
    sayWhenAgain(parts, inbox, reply)
    return { downloads: inbox.map(({ download, files }) => presentDownload(parts, giver, download, files)) }
  })

  doors.get('/linkshare.html/downloads/:id', async (request, reply) => {
    const { giver, download } = await ownDownload(parts, request)
    return answerDownload(parts, { giver, download: await lookAgain(parts, giver, download) }, reply)
  })

  doors.post('/linkshare.html/downloads/:id/cancel', async (request, reply) => {
    const { giver, download } = await ownDownload(parts, request)
    parseRequest(Nothing, request.body)
    return answerDownload(parts, { giver, download: await cancelDownload(parts, download) }, reply)
  })
}

function listRoutes(doors: FastifyInstance, parts: DoorParts): void {
  doors.get('/linkshare.html/downloads/:id/SHA256SUMS', async (request, reply) =>
    sendChecksums(parts, await ownDownload(parts, request), request, reply),
  )

  doors.get('/linkshare.html/downloads/:id/manifest.json', async (request, reply) =>
    sendManifest(parts, await ownDownload(parts, request), request, reply),
  )
}

function partRoute(doors: FastifyInstance, parts: DoorParts): void {
  doors.get('/linkshare.html/downloads/:id/parts/:number', async (request, reply) => {
    await sendPart(parts, await findPart(parts, partAsked(request)), request, reply)
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

function ownerOf(link: OpenLink, request: FastifyRequest): DownloadOwner | undefined {
  const visitor = visitorOf(request, link)
  return visitor && visitorOwner(link, visitor)
}

async function ownDownload(parts: DoorParts, request: FastifyRequest): Promise<GivenDownload> {
  const link = await linkOf(parts, request)
  const { id } = parseRequest(DownloadParams, request.params)
  return { giver: giverOfLink(link), download: await findOwnDownload(parts, ownerOf(link, request), id) }
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

async function answerCreated(parts: Parts, given: GivenDownload, reply: FastifyReply): Promise<Download> {
  reply.code(201).header('location', `/linkshare.html/downloads/${given.download.id}`)
  return answerDownload(parts, given, reply)
}
