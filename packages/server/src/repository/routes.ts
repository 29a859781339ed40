import {
  ById,
  ByVersion,
  CopyNode,
  CreateNode,
  ListChildren,
  MoveNode,
  NodeAtPath,
  NodeBody,
  NodeInPlace,
  NodePage,
  VersionBody,
  VersionList,
} from '@vitrine/api'
import type { NodeId, VersionId } from '@vitrine/domain'
import type { FastifyInstance } from 'fastify'
import type { ZodTypeProvider } from 'fastify-type-provider-zod'
import { z } from 'zod'
import { requirePrivilege } from '../access/node-access.ts'
import { signedInOf } from '../http/authenticate.ts'
import type { Parts } from '../parts.ts'
import { contentRoutes } from './content-routes.ts'
import { copyNode } from './copy-node.ts'
import { createFolder } from './create-folder.ts'
import { moveNode } from './move-node.ts'
import { pathOf, type StoredNode } from './node-store.ts'
import { presentNode, presentVersion } from './present-node.ts'
import { restoreNode } from './restore-node.ts'
import { requireVersion, restoreVersion } from './restore-version.ts'
import { trashNode } from './trash-node.ts'
import { versionById, versionsOf } from './version-store.ts'
import { viewChildren, viewNode, viewNodeAt } from './view-node.ts'

const tags = ['nodes']

/** What the routes of the repository need. */
export type RepositoryParts = Pick<Parts, 'db' | 'blobs' | 'queue' | 'clock' | 'newId' | 'log'>

/** `/api/v1/nodes`, for people who are signed in. */
export function repositoryRoutes(scope: FastifyInstance, parts: RepositoryParts): void {
  viewRoutes(scope, parts)
  changeRoutes(scope, parts)
  versionRoutes(scope, parts)
  contentRoutes(scope, parts)
}

function viewRoutes(scope: FastifyInstance, parts: RepositoryParts): void {
  const app = scope.withTypeProvider<ZodTypeProvider>()

  app.get(
    '/api/v1/nodes',
    { schema: { tags, querystring: NodeAtPath, response: { 200: NodeBody } } },
    async (request) => {
      const { node, path } = await viewNodeAt(parts, signedInOf(request).subject, request.query.path)
      return presentNode(node, path)
    },
  )

  app.get('/api/v1/nodes/:id', { schema: { tags, params: ById, response: { 200: NodeInPlace } } }, async (request) => {
    const { node, path, ancestors } = await viewNode(parts, signedInOf(request).subject, idOf(request.params))
    return { ...presentNode(node, path), ancestors: ancestors.map(({ id, name }) => ({ id, name })) }
  })

  app.get(
    '/api/v1/nodes/:id/children',
    { schema: { tags, params: ById, querystring: ListChildren, response: { 200: NodePage } } },
    async (request) => {
      const page = await viewChildren(parts, signedInOf(request).subject, idOf(request.params), request.query)
      const beginning = page.path === '/' ? '' : page.path
      const items = page.nodes.map((node) => presentNode(node, `${beginning}/${node.name}`))
      return { items, total: page.total, next: page.next }
    },
  )
}

function changeRoutes(scope: FastifyInstance, parts: RepositoryParts): void {
  const app = scope.withTypeProvider<ZodTypeProvider>()
  const present = async (node: StoredNode) => presentNode(node, await pathOf(parts.db, node.id))

  app.post(
    '/api/v1/nodes',
    { schema: { tags, body: CreateNode, response: { 201: NodeBody } } },
    async (request, reply) => {
      const { parent, name, modifiedAt, sourceName } = request.body
      const node = await createFolder(parts, signedInOf(request).subject, {
        parent: parent as NodeId,
        name,
        modifiedAt: modifiedAt === undefined ? undefined : Date.parse(modifiedAt),
        sourceName: sourceName === undefined ? null : Buffer.from(sourceName, 'base64'),
      })
      return reply
        .code(201)
        .header('location', `/api/v1/nodes/${node.id}`)
        .send(await present(node))
    },
  )

  app.post(
    '/api/v1/nodes/:id/move',
    { schema: { tags, params: ById, body: MoveNode, response: { 200: NodeBody } } },
    async (request) => {
      const { parent, name } = request.body
      const place = { parent: parent as NodeId, name }
      return present(await moveNode(parts, signedInOf(request).subject, idOf(request.params), place))
    },
  )

  app.post(
    '/api/v1/nodes/:id/copy',
    { schema: { tags, params: ById, body: CopyNode, response: { 201: NodeBody } } },
    async (request, reply) => {
      const { parent, name } = request.body
      const place = { parent: parent as NodeId, name }
      const node = await copyNode(parts, signedInOf(request).subject, idOf(request.params), place)
      return reply
        .code(201)
        .header('location', `/api/v1/nodes/${node.id}`)
        .send(await present(node))
    },
  )

  app.post(
    '/api/v1/nodes/:id/trash',
    { schema: { tags, params: ById, response: { 204: z.undefined() } } },
    async (request, reply) => {
      await trashNode(parts, signedInOf(request).subject, idOf(request.params))
      return reply.code(204).send()
    },
  )

  app.post(
    '/api/v1/nodes/:id/restore',
    { schema: { tags, params: ById, response: { 200: NodeBody } } },
    async (request) => present(await restoreNode(parts, signedInOf(request).subject, idOf(request.params))),
  )
}

function versionRoutes(scope: FastifyInstance, parts: RepositoryParts): void {
  const app = scope.withTypeProvider<ZodTypeProvider>()
  const { db } = parts

  app.get(
    '/api/v1/nodes/:id/versions',
    { schema: { tags, params: ById, response: { 200: VersionList } } },
    async (request) => {
      const id = idOf(request.params)
      await requirePrivilege(db, signedInOf(request).subject, id, 'read')
      return { items: (await versionsOf(db, id)).map(presentVersion) }
    },
  )

  app.get(
    '/api/v1/nodes/:id/versions/:version',
    { schema: { tags, params: ByVersion, response: { 200: VersionBody } } },
    async (request) => {
      const id = idOf(request.params)
      await requirePrivilege(db, signedInOf(request).subject, id, 'read')
      return presentVersion(requireVersion(await versionById(db, id, request.params.version as VersionId)))
    },
  )

  app.post(
    '/api/v1/nodes/:id/versions/:version/restore',
    { schema: { tags, params: ByVersion, response: { 201: VersionBody } } },
    async (request, reply) => {
      const { subject } = signedInOf(request)
      const id = idOf(request.params)
      const version = await restoreVersion(parts, subject, id, request.params.version as VersionId)
      return reply
        .code(201)
        .header('location', `/api/v1/nodes/${id}/versions/${version.id}`)
        .send(presentVersion(version))
    },
  )
}

function idOf({ id }: { readonly id: string }): NodeId {
  return id as NodeId
}
