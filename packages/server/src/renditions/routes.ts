import { ById, ByRendition, ByVersion, ByVersionRendition, GetRendition, RenditionList } from '@vitrine/api'
import { thumbnailName, type NodeId, type VersionId } from '@vitrine/domain'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { ZodTypeProvider } from 'fastify-type-provider-zod'
import { etagOfBlob } from '../blobs/blob-hash.ts'
import { signedInOf } from '../http/authenticate.ts'
import { thumbnailCache } from '../http/content-headers.ts'
import { asksEachTime } from '../http/public-doors.ts'
import type { Parts } from '../parts.ts'
import { sendBlob, type WantedOriginal } from '../repository/send-original.ts'
import { findRendition, listRenditions, type WantedRendition } from './view-renditions.ts'

const tags = ['renditions']
const ofAsset = '/api/v1/nodes/:id/renditions'
const ofVersion = '/api/v1/nodes/:id/versions/:version/renditions'

type Needed = Pick<Parts, 'db' | 'blobs' | 'queue' | 'log'>

/** `/api/v1/nodes/{id}/renditions`, and the same of a version. */
export function renditionRoutes(scope: FastifyInstance, parts: Needed): void {
  const app = scope.withTypeProvider<ZodTypeProvider>()
  const list = async (request: FastifyRequest, wanted: WantedOriginal) => ({
    items: await listRenditions(parts, signedInOf(request).subject, wanted),
  })

  app.get(ofAsset, { schema: { tags, params: ById, response: { 200: RenditionList } } }, async (request) =>
    list(request, { asset: request.params.id as NodeId }),
  )

  app.get(ofVersion, { schema: { tags, params: ByVersion, response: { 200: RenditionList } } }, async (request) =>
    list(request, { asset: request.params.id as NodeId, version: request.params.version as VersionId }),
  )

  app.get(
    `${ofAsset}/:name`,
    { schema: { tags, params: ByRendition, querystring: GetRendition } },
    async (request, reply) => {
      const { id, name } = request.params
      const download = request.query.download !== undefined
      return send(parts, { asset: id as NodeId, name, download }, request, reply)
    },
  )

  app.get(
    `${ofVersion}/:name`,
    { schema: { tags, params: ByVersionRendition, querystring: GetRendition } },
    async (request, reply) => {
      const { id, version, name } = request.params
      const download = request.query.download !== undefined
      return send(parts, { asset: id as NodeId, version: version as VersionId, name, download }, request, reply)
    },
  )
}

async function send(
  parts: Needed,
  wanted: WantedRendition,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const { blob, size, mediaType, fileName } = await findRendition(parts, signedInOf(request).subject, wanted)
  // Somebody else at the same browser may not see what it holds.
  reply.headers({ 'cache-control': wanted.name === thumbnailName ? thumbnailCache : asksEachTime, vary: 'cookie' })
  const etag = etagOfBlob(blob)
  const shown = wanted.download ? 'attachment' : 'inline'
  return sendBlob(parts, { blob, size, mediaType, etag, fileName, shown }, request, reply)
}
