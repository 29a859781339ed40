import { ById, ByVersion, PutContent, StoredContent, UploadAsset } from '@vitrine/api'
import type { NodeId, VersionId } from '@vitrine/domain'
import type { FastifyInstance, FastifyReply } from 'fastify'
import type { ZodTypeProvider } from 'fastify-type-provider-zod'
import { signedInOf } from '../http/authenticate.ts'
import { tagsOfIfMatch } from '../http/if-match.ts'
import { requireNode } from './create-folder.ts'
import type { Ingested } from './ingest-files.ts'
import { lineOf, pathOfLine } from './node-store.ts'
import { nodeTag } from './node-tag.ts'
import { presentNode } from './present-node.ts'
import { replaceContent } from './replace-content.ts'
import type { RepositoryParts } from './routes.ts'
import { originalOf, sendOriginal } from './send-original.ts'
import { sentContent } from './sent-content.ts'
import { uploadAsset } from './upload-asset.ts'

const tags = ['nodes']

/** The bytes of assets, in and out. */
export function contentRoutes(scope: FastifyInstance, parts: RepositoryParts): void {
  downloadRoutes(scope, parts)
  void scope.register(async (uploads) => uploadRoutes(uploads, parts))
}

function downloadRoutes(scope: FastifyInstance, parts: RepositoryParts): void {
  const app = scope.withTypeProvider<ZodTypeProvider>()

  app.get('/api/v1/nodes/:id/content', { schema: { tags, params: ById } }, async (request, reply) => {
    const wanted = { asset: request.params.id as NodeId }
    const original = await originalOf(parts.db, signedInOf(request).subject, wanted, 'download-original')
    return sendOriginal(parts, original, request, reply)
  })

  app.get(
    '/api/v1/nodes/:id/versions/:version/content',
    { schema: { tags, params: ByVersion } },
    async (request, reply) => {
      const { id, version } = request.params
      const wanted = { asset: id as NodeId, version: version as VersionId }
      const original = await originalOf(parts.db, signedInOf(request).subject, wanted, 'download-original')
      return sendOriginal(parts, original, request, reply)
    },
  )
}

function uploadRoutes(scope: FastifyInstance, parts: RepositoryParts): void {
  // Whatever type is sent, the body is bytes, and nobody reads it before its route does.
  scope.removeAllContentTypeParsers()
  scope.addContentTypeParser('*', (_request, _body, done) => done(null))
  scope.addHook('onError', async (request, reply) => {
    // What was not read of the body is not waited for.
    if (!request.raw.complete) reply.header('connection', 'close')
  })
  const app = scope.withTypeProvider<ZodTypeProvider>()
  const bodyLimit = Number.MAX_SAFE_INTEGER

  app.post(
    '/api/v1/nodes/:id/assets',
    {
      bodyLimit,
      schema: { tags, params: ById, querystring: UploadAsset, response: { 200: StoredContent, 201: StoredContent } },
    },
    async (request, reply) => {
      const { name, conflict, modifiedAt, sourceName } = request.query
      const ingested = await uploadAsset(parts, signedInOf(request).subject, {
        ...sentContent(request, modifiedAt),
        folder: request.params.id as NodeId,
        name,
        sourceName: sourceName === undefined ? null : Buffer.from(sourceName, 'base64'),
        whenTaken: conflict,
      })
      if (ingested.outcome === 'created') reply.code(201).header('location', `/api/v1/nodes/${ingested.node}`)
      return present(parts, ingested, reply)
    },
  )

  app.put(
    '/api/v1/nodes/:id/content',
    { bodyLimit, schema: { tags, params: ById, querystring: PutContent, response: { 200: StoredContent } } },
    async (request, reply) => {
      const { subject } = signedInOf(request)
      const sent = sentContent(request, request.query.modifiedAt)
      const seen = tagsOfIfMatch(request.headers['if-match'])
      return present(parts, await replaceContent(parts, subject, request.params.id as NodeId, sent, seen), reply)
    },
  )
}

async function present(
  { db }: RepositoryParts,
  { node: id, outcome }: Ingested,
  reply: FastifyReply,
): Promise<StoredContent> {
  const line = await lineOf(db, id)
  const node = requireNode(line.at(-1))
  reply.header('etag', nodeTag(node))
  return { ...presentNode(node, pathOfLine(line)), outcome }
}
