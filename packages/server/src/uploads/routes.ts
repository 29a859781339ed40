import { ById, CheckedUploads, CheckUploads, FinishUpload, UploadBody, UploadList } from '@vitrine/api'
import type { NodeId } from '@vitrine/domain'
import type { FastifyInstance } from 'fastify'
import type { ZodTypeProvider } from 'fastify-type-provider-zod'
import { signedInOf } from '../http/authenticate.ts'
import { checkUploads } from './check-uploads.ts'
import { chooseAnew } from './choose-anew.ts'
import { bytesThere, ownUpload, type UploadParts } from './own-upload.ts'
import { presentUpload } from './present-upload.ts'
import { RunningUploads } from './running-uploads.ts'
import { tusRoutes } from './tus-routes.ts'
import { selectUnfinished } from './upload-store.ts'

const tags = ['uploads']

/** `/api/v1/uploads`, for people who are signed in, each their own. */
export function uploadRoutes(scope: FastifyInstance, parts: Omit<UploadParts, 'running'>): void {
  const running = new RunningUploads()
  // Its connection is closed by then: what came of it is still made durable.
  scope.addHook('onClose', () => running.ended())
  jsonRoutes(scope, { ...parts, running })
  void scope.register(async (app) => tusRoutes(app, { ...parts, running }))
}

function jsonRoutes(scope: FastifyInstance, parts: UploadParts): void {
  const app = scope.withTypeProvider<ZodTypeProvider>()

  app.get(
    '/api/v1/uploads',
    { exposeHeadRoute: false, schema: { tags, response: { 200: UploadList } } },
    async (request) => {
      const unfinished = await selectUnfinished(parts.db, signedInOf(request).userId, parts.clock())
      return { items: unfinished.map((one) => presentUpload(one, one.received)) }
    },
  )

  app.get(
    '/api/v1/uploads/:id',
    { exposeHeadRoute: false, schema: { tags, params: ById, response: { 200: UploadBody } } },
    async (request) => {
      const upload = await ownUpload(parts, signedInOf(request).userId, request.params.id)
      return presentUpload(upload, await bytesThere(parts, upload))
    },
  )

  app.post(
    '/api/v1/uploads/:id/finish',
    { schema: { tags, params: ById, body: FinishUpload, response: { 200: UploadBody } } },
    async (request) => {
      const { conflict, name, parent } = request.body
      const choice = { conflict, name, folder: parent as NodeId | undefined }
      const upload = await chooseAnew(parts, signedInOf(request), request.params.id, choice)
      return presentUpload(upload, upload.size)
    },
  )

  app.post(
    '/api/v1/uploads/check',
    // A thousand paths and hashes, and no more.
    { bodyLimit: 16 << 20, schema: { tags, body: CheckUploads, response: { 200: CheckedUploads } } },
    async (request) => {
      const { parent, files } = request.body
      return checkUploads(parts, signedInOf(request), parent as NodeId, files)
    },
  )
}
