import { ByDownload, CreateDownload, DownloadBody, DownloadEstimate, DownloadList, Nothing } from '@vitrine/api'
import type { Download } from '@vitrine/api/public'
import type { NodeId } from '@vitrine/domain'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { ZodTypeProvider } from 'fastify-type-provider-zod'
import type { z } from 'zod'
import { signedInOf } from '../http/authenticate.ts'
import { parseRequest } from '../http/parse-request.ts'
import type { Parts } from '../parts.ts'
import {
  againKey,
  answerDownload,
  IdempotencyKey,
  sayWhenAgain,
  sendChecksums,
  sendManifest,
} from './answer-download.ts'
import { cancelDownload } from './cancel-download.ts'
import type { DownloadOwner, StoredDownload } from './download.ts'
import { type Estimate, estimateDownload } from './estimate-download.ts'
import { findOwnDownload } from './find-download.ts'
import { type GivenDownload, type Giver, giverOfUser } from './giver.ts'
import { listInbox, lookAgain } from './inbox.ts'
import { presentDownload } from './present-download.ts'
import { queueDownload } from './queue-download.ts'
import { type OwnRequest, readOwnWish } from './read-wish.ts'

const tags = ['downloads']
const all = '/api/v1/downloads'
const one = `${all}/:id`

/** `/api/v1/downloads`: each their own, by their own rights. The parts are got below the doors, by their capabilities. */
export function downloadRoutes(scope: FastifyInstance, parts: Parts): void {
  queueRoutes(scope, parts)
  inboxRoutes(scope, parts)
  listRoutes(scope, parts)
}

function queueRoutes(scope: FastifyInstance, parts: Parts): void {
  const app = scope.withTypeProvider<ZodTypeProvider>()

  app.post(all, { schema: { tags, body: CreateDownload, response: { 201: DownloadBody } } }, async (request, reply) => {
    const { owner, giver } = await asker(parts, request)
    const idempotencyKey = parseRequest(IdempotencyKey, request.headers['idempotency-key'])
    const wanted = await readOwnWish(parts, giver, wishOf(request.body))
    const download = await queueDownload(parts, { giver, owner, wanted, idempotencyKey })
    return answerCreated(parts, { giver, download }, reply)
  })

  app.post(
    `${all}/estimate`,
    { schema: { tags, body: CreateDownload, response: { 200: DownloadEstimate } } },
    async (request) => {
      const { giver } = await asker(parts, request)
      const wanted = await readOwnWish(parts, giver, wishOf(request.body))
      return presentEstimate(parts, await estimateDownload(parts, giver, wanted))
    },
  )

  app.post(
    `${one}/again`,
    { schema: { tags, params: ByDownload, body: Nothing, response: { 201: DownloadBody } } },
    async (request, reply) => {
      const { giver, download } = await ownDownload(parts, request, request.params.id)
      const { owner, wanted, id } = download
      const again = await queueDownload(parts, { giver, owner, wanted, idempotencyKey: againKey(id) })
      return answerCreated(parts, { giver, download: again }, reply)
    },
  )
}

function inboxRoutes(scope: FastifyInstance, parts: Parts): void {
  const app = scope.withTypeProvider<ZodTypeProvider>()

  app.get(all, { schema: { tags, response: { 200: DownloadList } } }, async (request, reply) => {
    const { owner, giver } = await asker(parts, request)
    const inbox = await listInbox(parts, giver, owner)
    sayWhenAgain(parts, inbox, reply)
    return {
      downloads: inbox.map(({ download, files }) =>
        withWithdrawn(download, presentDownload(parts, giver, download, files)),
      ),
    }
  })

  app.get(one, { schema: { tags, params: ByDownload, response: { 200: DownloadBody } } }, async (request, reply) => {
    const { giver, download } = await ownDownload(parts, request, request.params.id)
    return answer(parts, { giver, download: await lookAgain(parts, giver, download) }, reply)
  })

  app.post(
    `${one}/cancel`,
    { schema: { tags, params: ByDownload, body: Nothing, response: { 200: DownloadBody } } },
    async (request, reply) => {
      const { giver, download } = await ownDownload(parts, request, request.params.id)
      return answer(parts, { giver, download: await cancelDownload(parts, download) }, reply)
    },
  )
}

function listRoutes(scope: FastifyInstance, parts: Parts): void {
  const app = scope.withTypeProvider<ZodTypeProvider>()

  app.get(`${one}/SHA256SUMS`, { schema: { tags, params: ByDownload } }, async (request, reply) =>
    sendChecksums(parts, await ownDownload(parts, request, request.params.id), request, reply),
  )

  app.get(`${one}/manifest.json`, { schema: { tags, params: ByDownload } }, async (request, reply) =>
    sendManifest(parts, await ownDownload(parts, request, request.params.id), request, reply),
  )
}

/** Whoever asks, with the rights that they have now. */
async function asker(
  parts: Parts,
  request: FastifyRequest,
): Promise<{ readonly owner: DownloadOwner; readonly giver: Giver }> {
  const { userId } = signedInOf(request)
  return { owner: { kind: 'user', user: userId }, giver: await giverOfUser(parts, userId) }
}

async function ownDownload(parts: Parts, request: FastifyRequest, id: string): Promise<GivenDownload> {
  const { owner, giver } = await asker(parts, request)
  return { giver, download: await findOwnDownload(parts, owner, id) }
}

function wishOf({ nodes, originals, renditions, layout }: z.output<typeof CreateDownload>): OwnRequest {
  if (!('folder' in nodes)) return { nodes: nodes as NodeId[], originals, renditions, layout }
  const { folder, filter, except } = nodes
  const part = { folder: folder as NodeId, except: except as NodeId[], ...(filter !== undefined && { filter }) }
  return { nodes: part, originals, renditions, layout }
}

async function answerCreated(parts: Parts, given: GivenDownload, reply: FastifyReply): Promise<DownloadBody> {
  reply.code(201).header('location', `${all}/${given.download.id}`)
  return answer(parts, given, reply)
}

async function answer(parts: Parts, given: GivenDownload, reply: FastifyReply): Promise<DownloadBody> {
  return withWithdrawn(given.download, await answerDownload(parts, given, reply))
}

function withWithdrawn({ withdrawn }: StoredDownload, presented: Download): DownloadBody {
  return { ...presented, parts: [...presented.parts], skipped: [...presented.skipped], withdrawn }
}

function presentEstimate({ config }: Pick<Parts, 'config'>, estimate: Estimate): DownloadEstimate {
  const { downloadLimit: limit, downloadContact: contact } = config
  return {
    entries: estimate.entries,
    bytes: estimate.bytes,
    parts: estimate.parts,
    notAllowed: estimate.notAllowed,
    renditionsToMake: estimate.renditionsToMake,
    isExact: estimate.isExact,
    ...(limit !== undefined && { limit }),
    ...(limit !== undefined && contact !== undefined && { contact }),
  }
}
