import { ById, NodeAcl, SetAcl } from '@vitrine/api'
import type { NodeId, PrincipalId } from '@vitrine/domain'
import type { FastifyInstance } from 'fastify'
import type { ZodTypeProvider } from 'fastify-type-provider-zod'
import type { z } from 'zod'
import { signedInOf } from '../http/authenticate.ts'
import { tagsOfIfMatch } from '../http/if-match.ts'
import type { Parts } from '../parts.ts'
import { readAcl, setAcl, type TaggedAcl } from './set-acl.ts'

const tags = ['access']

/** `/api/v1/nodes/{id}/acl`. */
export function accessRoutes(scope: FastifyInstance, parts: Pick<Parts, 'db'>): void {
  const app = scope.withTypeProvider<ZodTypeProvider>()

  app.get(
    '/api/v1/nodes/:id/acl',
    { schema: { tags, params: ById, response: { 200: NodeAcl } } },
    async (request, reply) => {
      const acl = await readAcl(parts, signedInOf(request).subject, request.params.id as NodeId)
      return reply.header('etag', acl.etag).send(present(acl))
    },
  )

  app.put(
    '/api/v1/nodes/:id/acl',
    { schema: { tags, params: ById, body: SetAcl, response: { 200: NodeAcl } } },
    async (request, reply) => {
      const acl = request.body.entries.map((entry) => ({ ...entry, principal: entry.principal as PrincipalId }))
      const wanted = { acl, ifMatch: tagsOfIfMatch(request.headers['if-match']) }
      const now = await setAcl(parts, signedInOf(request).subject, request.params.id as NodeId, wanted)
      return reply.header('etag', now.etag).send(present(now))
    },
  )
}

function present({ entries }: TaggedAcl): z.infer<typeof NodeAcl> {
  return {
    entries: entries.map(({ principal, kind, name, displayName, effect, privileges }) => ({
      principal,
      kind,
      name,
      displayName,
      effect,
      privileges: [...privileges],
    })),
  }
}
