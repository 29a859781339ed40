import {
  ById,
  ByVersion,
  CopyNode,
  CreateNode,
  FindNeighbours,
  ListChildren,
  MoveNode,
  Neighbours,
  NodeAtPath,
  NodeBody,
  NodeDetail,
  NodePage,
  VersionBody,
  VersionList,
} from '@vitrine/api'
import type { NodeId, Subject, VersionId } from '@vitrine/domain'
import type { FastifyInstance, FastifyReply } from 'fastify'
import type { ZodTypeProvider } from 'fastify-type-provider-zod'
import { requirePrivilege } from '../access/node-access.ts'
import { signedInOf } from '../http/authenticate.ts'
import { tagsOfIfMatch } from '../http/if-match.ts'
import type { Parts } from '../parts.ts'
import { contentRoutes } from './content-routes.ts'
import { copyNode } from './copy-node.ts'
import { createFolder } from './create-folder.ts'
import { findNeighbours, listChildren } from './list-children.ts'
import { moveNode } from './move-node.ts'
import { answerNode } from './answer-node.ts'
import type { StoredNode } from './node-store.ts'
import { nodeTag } from './node-tag.ts'
import { presentDetail, presentItem, presentVersion } from './present-node.ts'
import { requireVersion, restoreVersion } from './restore-version.ts'
import { trashRoutes } from './trash-routes.ts'
import { versionById, versionsOf } from './version-store.ts'
import { findNodeAt, viewNode } from './view-node.ts'

const tags = ['nodes']
const one = '/api/v1/nodes/:id'

/** What the routes of the repository need. */
export type RepositoryParts = Pick<Parts, 'db' | 'blobs' | 'queue' | 'clock' | 'newId' | 'log'>

/** `/api/v1/nodes`, for people who are signed in. */
export function repositoryRoutes(scope: FastifyInstance, parts: RepositoryParts): void {
  viewRoutes(scope, parts)
  changeRoutes(scope, parts)
  versionRoutes(scope, parts)
  trashRoutes(scope, parts)
  contentRoutes(scope, parts)
}

function viewRoutes(scope: FastifyInstance, parts: RepositoryParts): void {
  const app = scope.withTypeProvider<ZodTypeProvider>()
  const detail = async (subject: Subject, id: NodeId, reply: FastifyReply) => {
    const viewed = await viewNode(parts, subject, id)
    reply.header('etag', nodeTag(viewed.node))
    return presentDetail(viewed)
  }

  app.get(
    '/api/v1/nodes',
    { schema: { tags, querystring: NodeAtPath, response: { 200: NodeDetail } } },
    async (request, reply) => {
      const { subject } = signedInOf(request)
      return detail(subject, await findNodeAt(parts, request.query.path), reply)
    },
  )

  app.get(one, { schema: { tags, params: ById, response: { 200: NodeDetail } } }, async (request, reply) =>
    detail(signedInOf(request).subject, idOf(request.params), reply),
  )

  app.get(
    `${one}/children`,
    { schema: { tags, params: ById, querystring: ListChildren, response: { 200: NodePage } } },
    async (request) => {
      const { filter = '', ...query } = request.query
      const wanted = { ...query, filter }
      const page = await listChildren(parts, signedInOf(request).subject, idOf(request.params), wanted)
      const beginning = page.path === '/' ? '' : page.path
      const items = page.nodes.map((node) =>
        presentItem(node, `${beginning}/${node.name}`, page.facts, page.mayDo(node.id)),
      )
      return { items, total: page.total, next: page.next }
    },
  )

  app.get(
    `${one}/neighbours`,
    { schema: { tags, params: ById, querystring: FindNeighbours, response: { 200: Neighbours } } },
    async (request) => {
      const { sort, filter = '' } = request.query
      const found = await findNeighbours(parts, signedInOf(request).subject, idOf(request.params), { sort, filter })
      const { before } = found
      return { previous: presentNeighbour(found.previous), next: presentNeighbour(found.next), before }
    },
  )
}

function changeRoutes(scope: FastifyInstance, parts: RepositoryParts): void {
  const app = scope.withTypeProvider<ZodTypeProvider>()

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
      reply.code(201).header('location', `/api/v1/nodes/${node.id}`)
      return answerNode(parts, node, reply)
    },
  )

  app.post(
    `${one}/move`,
    { schema: { tags, params: ById, body: MoveNode, response: { 200: NodeBody } } },
    async (request, reply) => {
      const { parent, name } = request.body
      const place = { parent: parent as NodeId, name, seen: tagsOfIfMatch(request.headers['if-match']) }
      return answerNode(parts, await moveNode(parts, signedInOf(request).subject, idOf(request.params), place), reply)
    },
  )

  app.post(
    `${one}/copy`,
    { schema: { tags, params: ById, body: CopyNode, response: { 201: NodeBody } } },
    async (request, reply) => {
      const { parent, name } = request.body
      const place = { parent: parent as NodeId, name }
      const node = await copyNode(parts, signedInOf(request).subject, idOf(request.params), place)
      reply.code(201).header('location', `/api/v1/nodes/${node.id}`)
      return answerNode(parts, node, reply)
    },
  )
}

function presentNeighbour(node: StoredNode | undefined): Neighbours['next'] {
  return node === undefined ? null : { id: node.id, name: node.name }
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
