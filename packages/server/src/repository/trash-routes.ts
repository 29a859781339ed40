import { ById, ListTrash, NodeBody, RestoreFromTrash, type TrashedNode, TrashPage } from '@vitrine/api'
import type { NodeId } from '@vitrine/domain'
import type { FastifyInstance } from 'fastify'
import type { ZodTypeProvider } from 'fastify-type-provider-zod'
import { z } from 'zod'
import { signedInOf } from '../http/authenticate.ts'
import { answerNode } from './answer-node.ts'
import { listTrash } from './list-trash.ts'
import { removeNode } from './remove-node.ts'
import { restoreNode } from './restore-node.ts'
import type { RepositoryParts } from './routes.ts'
import type { TrashEntry } from './trash-list-store.ts'
import { trashNode } from './trash-node.ts'

const tags = ['trash']

/** Into the trash, out of it, and `/api/v1/trash`. */
export function trashRoutes(scope: FastifyInstance, parts: RepositoryParts): void {
  nodeRoutes(scope, parts)
  const app = scope.withTypeProvider<ZodTypeProvider>()

  app.get(
    '/api/v1/trash',
    { schema: { tags, querystring: ListTrash, response: { 200: TrashPage } } },
    async (request) => {
      const { entries, paths, total } = await listTrash(parts, signedInOf(request).subject, request.query)
      return { items: entries.map((entry) => presentEntry(entry, paths.get(entry.id) ?? '')), total }
    },
  )

  app.post(
    '/api/v1/trash/:id/restore',
    { schema: { tags, params: ById, body: RestoreFromTrash, response: { 200: NodeBody } } },
    async (request, reply) => {
      const { parent, name } = request.body ?? {}
      const wanted = { parent: parent as NodeId | undefined, name, whenGone: 'refuse', whenTaken: 'refuse' } as const
      const { subject } = signedInOf(request)
      return answerNode(parts, await restoreNode(parts, subject, request.params.id as NodeId, wanted), reply)
    },
  )

  app.delete(
    '/api/v1/trash/:id',
    { schema: { tags, params: ById, response: { 204: z.undefined() } } },
    async (request, reply) => {
      await removeNode(parts, signedInOf(request).subject, request.params.id as NodeId)
      return reply.code(204).send()
    },
  )
}

function nodeRoutes(scope: FastifyInstance, parts: RepositoryParts): void {
  const app = scope.withTypeProvider<ZodTypeProvider>()

  app.post(
    '/api/v1/nodes/:id/trash',
    { schema: { tags, params: ById, response: { 204: z.undefined() } } },
    async (request, reply) => {
      await trashNode(parts, signedInOf(request).subject, request.params.id as NodeId)
      return reply.code(204).send()
    },
  )

  app.post(
    '/api/v1/nodes/:id/restore',
    { schema: { tags, params: ById, response: { 200: NodeBody } } },
    async (request, reply) => {
      const wanted = { whenGone: 'root', whenTaken: 'free-name' } as const
      const { subject } = signedInOf(request)
      return answerNode(parts, await restoreNode(parts, subject, request.params.id as NodeId, wanted), reply)
    },
  )
}

function presentEntry(entry: TrashEntry, path: string): TrashedNode {
  const { id, name, displayName } = entry.trashedBy
  return {
    id: entry.id,
    kind: entry.kind,
    name: entry.name,
    path,
    parent: entry.parent ?? entry.id,
    parentIsThere: entry.parentIsThere,
    ...(entry.size === null ? {} : { size: entry.size }),
    ...(entry.mediaType === null ? {} : { mediaType: entry.mediaType }),
    modifiedAt: new Date(entry.modifiedAt).toISOString(),
    trashedAt: new Date(entry.trashedAt ?? 0).toISOString(),
    trashedBy: { id, name, displayName },
  }
}
