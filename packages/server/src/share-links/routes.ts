import {
  ById,
  ChangeShareLink,
  CreateShareLink,
  HandOverShareLink,
  ListPossibleHolders,
  ListShareLinks,
  Nothing,
  PossibleHolders,
  SeenShareLink,
  ShareLinkBody,
  ShareLinkPage,
} from '@vitrine/api'
import { VitrineError, type NodeId, type PrincipalId, type ShareLinkId } from '@vitrine/domain'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { ZodTypeProvider } from 'fastify-type-provider-zod'
import { z } from 'zod'
import { signedInOf } from '../http/authenticate.ts'
import { sandboxed } from '../http/content-headers.ts'
import { tagsOfIfMatch } from '../http/if-match.ts'
import type { Parts } from '../parts.ts'
import { changeShareLink } from './change-share-link.ts'
import { createShareLink } from './create-share-link.ts'
import { dialogRoutes } from './dialog-routes.ts'
import { handOverShareLink } from './hand-over-share-link.ts'
import { originsOf } from './link-origins.ts'
import { listCoveringLinks } from './list-covering-links.ts'
import { listPossibleHolders } from './list-possible-holders.ts'
import { listShareLinks } from './list-share-links.ts'
import { maySeeUrl, seenShareLink } from './own-share-link.ts'
import {
  completeShareLinks,
  presentOwnShareLink,
  presentPerson,
  presentShareLink,
  urlOf,
  type FoundShareLink,
} from './present-share-links.ts'
import { qrSvg } from './qr-code.ts'
import { revokeShareLink } from './revoke-share-link.ts'

const tags = ['share links']
const all = '/api/v1/share-links'
const one = `${all}/:id`

type Needed = Pick<Parts, 'db' | 'clock' | 'newId' | 'config' | 'keys'>

/** `/api/v1/share-links`. */
export function shareLinkRoutes(scope: FastifyInstance, parts: Needed): void {
  dialogRoutes(scope, parts)
  createRoute(scope, parts)
  listRoute(scope, parts)
  readingRoutes(scope, parts)
  changingRoutes(scope, parts)
}

function createRoute(scope: FastifyInstance, parts: Needed): void {
  const app = scope.withTypeProvider<ZodTypeProvider>()

  app.post(
    all,
    { schema: { tags, body: CreateShareLink, response: { 200: ShareLinkBody, 201: ShareLinkBody } } },
    async (request, reply) => {
      const user = signedInOf(request)
      const { targets, expiresAt, originals, renditions, title, audience, mode, reuse } = request.body
      const { id: draftId, draft: proof } = request.body
      const { id, isNew } = await createShareLink(parts, user.subject, {
        targets: targets as NodeId[],
        expiresAt: instantOf(expiresAt),
        originals,
        renditions,
        title,
        audience,
        mode,
        reuse,
        draft: draftId === undefined || proof === undefined ? undefined : { id: draftId as ShareLinkId, proof },
      })
      const body = presentOwnShareLink(parts, user, await find(parts, request, id), originsOf(parts, request))
      return reply
        .code(isNew ? 201 : 200)
        .headers({ location: `${all}/${id}`, etag: body.etag })
        .send(body)
    },
  )
}

function listRoute(scope: FastifyInstance, parts: Needed): void {
  const app = scope.withTypeProvider<ZodTypeProvider>()

  app.get(all, { schema: { tags, querystring: ListShareLinks, response: { 200: ShareLinkPage } } }, async (request) => {
    const user = signedInOf(request)
    const { covers, target, ...query } = request.query
    const origins = originsOf(parts, request)
    const present = (shareLinks: readonly FoundShareLink[]) =>
      shareLinks.map((found) => presentShareLink(parts, user, found, origins))
    if (covers !== undefined) {
      const { shareLinks, total, others } = await listCoveringLinks(parts, user, covers as NodeId, query)
      const counts = { live: total, expired: 0, revoked: 0, suspended: 0 }
      return { items: present(shareLinks), next: null, total, counts, others }
    }
    const wanted = { ...query, target: target as NodeId | undefined }
    const { shareLinks, next, total, counts } = await listShareLinks(parts, user, wanted)
    return { items: present(shareLinks), next, total, counts }
  })
}

function readingRoutes(scope: FastifyInstance, parts: Needed): void {
  const app = scope.withTypeProvider<ZodTypeProvider>()

  app.get(one, { schema: { tags, params: ById, response: { 200: SeenShareLink } } }, async (request, reply) =>
    presented(parts, request, reply, request.params.id as ShareLinkId),
  )

  app.get(`${one}/qr.svg`, { schema: { tags, params: ById } }, async (request, reply) => {
    const user = signedInOf(request)
    const shareLink = await seenShareLink(parts.db, user, request.params.id as ShareLinkId)
    if (!maySeeUrl(user, shareLink)) {
      throw new VitrineError('access/denied', 'Only its holder and administrators see the address of a share link.')
    }
    return reply
      .headers({ 'content-security-policy': sandboxed, 'content-disposition': 'inline' })
      .type('image/svg+xml')
      .send(await qrSvg(urlOf(parts, shareLink, originsOf(parts, request))))
  })

  app.get(
    `${one}/possible-holders`,
    { schema: { tags, params: ById, querystring: ListPossibleHolders, response: { 200: PossibleHolders } } },
    async (request) => {
      const id = request.params.id as ShareLinkId
      const { people, next } = await listPossibleHolders(parts, signedInOf(request), id, request.query)
      return { items: people.map(presentPerson), next }
    },
  )
}

function changingRoutes(scope: FastifyInstance, parts: Needed): void {
  const app = scope.withTypeProvider<ZodTypeProvider>()

  app.patch(
    one,
    { schema: { tags, params: ById, body: ChangeShareLink, response: { 200: SeenShareLink } } },
    async (request, reply) => {
      const id = request.params.id as ShareLinkId
      const { expiresAt, originals, renditions, title, audience, mode, freezeAgain } = request.body
      const wanted = {
        ...(expiresAt !== undefined && { expiresAt: instantOf(expiresAt) ?? null }),
        ...(originals !== undefined && { originals }),
        ...(renditions !== undefined && { renditions }),
        ...(title !== undefined && { title }),
        ...(audience !== undefined && { audience }),
        ...(mode !== undefined && { mode }),
        freezeAgain,
      }
      await changeShareLink(parts, signedInOf(request), id, wanted, tagsOfIfMatch(request.headers['if-match']))
      return presented(parts, request, reply, id)
    },
  )

  app.post(
    `${one}/revoke`,
    { schema: { tags, params: ById, body: Nothing, response: { 200: SeenShareLink } } },
    async (request, reply) => {
      const id = request.params.id as ShareLinkId
      await revokeShareLink(parts, signedInOf(request), id)
      return presented(parts, request, reply, id)
    },
  )

  app.post(
    `${one}/hand-over`,
    { schema: { tags, params: ById, body: HandOverShareLink, response: { 204: z.undefined() } } },
    async (request, reply) => {
      const { id } = request.params
      await handOverShareLink(parts, signedInOf(request), id as ShareLinkId, request.body.to as PrincipalId)
      // Without a body: whoever gave it away may not see it any more.
      return reply.code(204).send()
    },
  )
}

async function presented(
  parts: Needed,
  request: FastifyRequest,
  reply: FastifyReply,
  id: ShareLinkId,
): Promise<SeenShareLink> {
  const found = await find(parts, request, id)
  const body = presentShareLink(parts, signedInOf(request), found, originsOf(parts, request))
  reply.header('etag', body.etag)
  return body
}

async function find(parts: Needed, request: FastifyRequest, id: ShareLinkId): Promise<FoundShareLink> {
  const [found] = await completeShareLinks(parts.db, [await seenShareLink(parts.db, signedInOf(request), id)])
  if (found === undefined) throw new Error('a share link has no holder')
  return found
}

/** In ms since the Unix epoch; what is no date and time stays what it is. */
function instantOf(text: string | null | undefined): number | null | undefined {
  return typeof text === 'string' ? Date.parse(text) : text
}
