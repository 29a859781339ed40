import {
  ById,
  ChangeShareLink,
  CreateShareLink,
  HandOverShareLink,
  ListShareLinks,
  Nothing,
  SeenShareLink,
  ShareLinkBody,
  ShareLinkPage,
} from '@vitrine/api'
import type { NodeId, PrincipalId, ShareLinkId } from '@vitrine/domain'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { ZodTypeProvider } from 'fastify-type-provider-zod'
import { z } from 'zod'
import { signedInOf } from '../http/authenticate.ts'
import type { Parts } from '../parts.ts'
import { changeShareLink } from './change-share-link.ts'
import { createShareLink } from './create-share-link.ts'
import { handOverShareLink } from './hand-over-share-link.ts'
import { listShareLinks } from './list-share-links.ts'
import { seenShareLink } from './own-share-link.ts'
import {
  completeShareLinks,
  presentOwnShareLink,
  presentShareLink,
  type FoundShareLink,
} from './present-share-links.ts'
import { revokeShareLink } from './revoke-share-link.ts'

const tags = ['share links']
const one = '/api/v1/share-links/:id'

type Needed = Pick<Parts, 'db' | 'clock' | 'newId' | 'config' | 'keys'>

/** `/api/v1/share-links`. */
export function shareLinkRoutes(scope: FastifyInstance, parts: Needed): void {
  const app = scope.withTypeProvider<ZodTypeProvider>()

  app.post(
    '/api/v1/share-links',
    { schema: { tags, body: CreateShareLink, response: { 200: ShareLinkBody, 201: ShareLinkBody } } },
    async (request, reply) => {
      const user = signedInOf(request)
      const { targets, expiresAt, originals, renditions, title, reuse } = request.body
      const { id, isNew } = await createShareLink(parts, user.subject, {
        targets: targets as NodeId[],
        expiresAt: instantOf(expiresAt),
        originals,
        renditions,
        title,
        reuse,
      })
      const body = presentOwnShareLink(parts, user, await find(parts, request, id), originOf(parts, request))
      return reply
        .code(isNew ? 201 : 200)
        .header('location', `/api/v1/share-links/${id}`)
        .send(body)
    },
  )

  app.get(
    '/api/v1/share-links',
    { schema: { tags, querystring: ListShareLinks, response: { 200: ShareLinkPage } } },
    async (request) => {
      const { all, target, limit, cursor } = request.query
      const wanted = { all, target: target as NodeId | undefined, limit, cursor }
      const { shareLinks, next } = await listShareLinks(parts, signedInOf(request), wanted)
      const origin = originOf(parts, request)
      return { items: shareLinks.map((found) => presentShareLink(parts, signedInOf(request), found, origin)), next }
    },
  )

  app.get(one, { schema: { tags, params: ById, response: { 200: SeenShareLink } } }, async (request) =>
    presented(parts, request, request.params.id as ShareLinkId),
  )

  changingRoutes(scope, parts)
}

function changingRoutes(scope: FastifyInstance, parts: Needed): void {
  const app = scope.withTypeProvider<ZodTypeProvider>()

  app.patch(
    one,
    { schema: { tags, params: ById, body: ChangeShareLink, response: { 200: SeenShareLink } } },
    async (request) => {
      const id = request.params.id as ShareLinkId
      const { expiresAt, originals, renditions, title } = request.body
      await changeShareLink(parts, signedInOf(request), id, {
        ...(expiresAt !== undefined && { expiresAt: instantOf(expiresAt) ?? null }),
        ...(originals !== undefined && { originals }),
        ...(renditions !== undefined && { renditions }),
        ...(title !== undefined && { title }),
      })
      return presented(parts, request, id)
    },
  )

  app.post(
    `${one}/revoke`,
    { schema: { tags, params: ById, body: Nothing, response: { 200: SeenShareLink } } },
    async (request) => {
      const id = request.params.id as ShareLinkId
      await revokeShareLink(parts, signedInOf(request), id)
      return presented(parts, request, id)
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

async function presented(parts: Needed, request: FastifyRequest, id: ShareLinkId): Promise<SeenShareLink> {
  return presentShareLink(parts, signedInOf(request), await find(parts, request, id), originOf(parts, request))
}

async function find(parts: Needed, request: FastifyRequest, id: ShareLinkId): Promise<FoundShareLink> {
  const [found] = await completeShareLinks(parts.db, [await seenShareLink(parts.db, signedInOf(request), id)])
  if (found === undefined) throw new Error('a share link has no holder')
  return found
}

/** What URLs begin with: as configured, else as whoever asks has reached the server. */
function originOf({ config }: Pick<Parts, 'config'>, request: FastifyRequest): string {
  return config.publicUrl ?? `${request.protocol}://${request.host}`
}

/** In ms since the Unix epoch; what is no date and time stays what it is. */
function instantOf(text: string | null | undefined): number | null | undefined {
  return typeof text === 'string' ? Date.parse(text) : text
}
