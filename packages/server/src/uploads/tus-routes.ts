import { ById, uploadHeaders } from '@vitrine/api'
import { VitrineError } from '@vitrine/domain'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import { signedInOf } from '../http/authenticate.ts'
import { parseRequest } from '../http/parse-request.ts'
import { createUpload } from './create-upload.ts'
import { bytesThere, offsetOf, ownUpload, type UploadParts } from './own-upload.ts'
import { pieceOf } from './piece.ts'
import { urlOf } from './present-upload.ts'
import { readWanted } from './read-wanted.ts'
import { receivePiece } from './receive-piece.ts'
import { removeUpload } from './remove-upload.ts'
import { isPiece, requireCount, requirePiece, requireVersion, tus } from './tus-headers.ts'
import type { StoredUpload } from './upload-store.ts'

const tags = ['uploads']
const nothing = z.undefined()

/** `/api/v1/uploads` as tus has it (https://tus.io/protocols/resumable-upload), for people who are signed in. */
export function tusRoutes(app: FastifyInstance, parts: UploadParts): void {
  bodiesAreBytes(app)
  app.addHook('onRequest', async (request, reply) => {
    reply.header('tus-resumable', tus.version)
    if (request.method === 'OPTIONS') return
    // Said with the refusal, too.
    reply.header('tus-version', tus.version)
    requireVersion(request.headers)
  })
  collectionRoutes(app, parts)
  uploadRoutes(app, parts)
}

/** Whatever type is sent, the body is bytes, and nobody reads it before its route does. */
function bodiesAreBytes(app: FastifyInstance): void {
  app.removeAllContentTypeParsers()
  app.addContentTypeParser('*', (_request, _body, done) => done(null))
  app.addHook('onError', async (request, reply) => {
    // What was not read of the body is not waited for.
    if (!request.raw.complete) reply.header('connection', 'close')
  })
}

const bodyLimit = Number.MAX_SAFE_INTEGER

function collectionRoutes(app: FastifyInstance, parts: UploadParts): void {
  const options = (_request: FastifyRequest, reply: FastifyReply) =>
    reply
      .code(204)
      .header('tus-version', tus.version)
      .header('tus-extension', tus.extensions)
      .header('tus-checksum-algorithm', tus.checksums.join())
      .send()
  app.options('/api/v1/uploads', { schema: { tags, response: { 204: nothing } } }, options)
  app.options('/api/v1/uploads/:id', { schema: { tags, params: ById, response: { 204: nothing } } }, options)

  app.post('/api/v1/uploads', { bodyLimit, schema: { tags, response: { 201: nothing } } }, async (request, reply) => {
    const { headers } = request
    const wanted = readWanted(String(headers['upload-metadata'] ?? ''), requireLength(request))
    const piece = isPiece(headers) ? pieceOf(request, 0) : undefined
    const upload = await createUpload(parts, signedInOf(request), wanted, piece)
    sayState(reply, upload, piece || upload.done ? offsetOf(upload, upload.received) : undefined)
    return reply.code(201).header('location', urlOf(upload.id)).send()
  })
}

function uploadRoutes(app: FastifyInstance, parts: UploadParts): void {
  const schema = { tags, params: ById, response: { 204: nothing } }
  const idOf = (request: FastifyRequest) => parseRequest(ById, request.params).id

  app.head('/api/v1/uploads/:id', { schema: { tags, params: ById } }, async (request, reply) => {
    await parts.running.settle(idOf(request))
    const upload = await ownUpload(parts, signedInOf(request).userId, idOf(request))
    sayState(reply, upload, offsetOf(upload, await bytesThere(parts, upload)))
    reply.header('upload-length', upload.size).header('upload-metadata', upload.metadata)
    return reply.header('cache-control', 'no-store').send()
  })

  const patch = async (request: FastifyRequest, reply: FastifyReply) => {
    requirePiece(request.headers)
    const upload = await receivePiece(parts, signedInOf(request), idOf(request), pieceOf(request))
    sayState(reply, upload, offsetOf(upload, upload.received))
    return reply.code(204).send()
  }
  app.patch('/api/v1/uploads/:id', { bodyLimit, schema }, patch)

  const end = async (request: FastifyRequest, reply: FastifyReply) => {
    const { id } = await ownUpload(parts, signedInOf(request).userId, idOf(request))
    await parts.running.cut(id)
    await removeUpload(parts, id)
    return reply.code(204).send()
  }
  app.delete('/api/v1/uploads/:id', { schema }, end)

  // For those whose proxy knows no other methods.
  app.post('/api/v1/uploads/:id', { bodyLimit, schema }, async (request, reply) => {
    const method = request.headers['x-http-method-override']
    if (method === 'PATCH') return patch(request, reply)
    if (method === 'DELETE') return end(request, reply)
    throw new VitrineError(
      'request/method-not-allowed',
      'Say with X-HTTP-Method-Override whether PATCH or DELETE is meant.',
    )
  })
}

/** @throws {VitrineError} `request/invalid`; lengths that are told later are not taken */
function requireLength({ headers }: FastifyRequest): number {
  if (headers['upload-concat'] === undefined && headers['upload-defer-length'] === undefined) {
    return requireCount(headers, 'upload-length')
  }
  throw new VitrineError('request/invalid', 'The length must be told, and the upload must be whole.')
}

/** @param offset undefined: not to be told */
function sayState(reply: FastifyReply, { done, expiresAt }: StoredUpload, offset: number | undefined): void {
  if (offset !== undefined) reply.header('upload-offset', offset)
  if (done) reply.header(uploadHeaders.node, done.node).header(uploadHeaders.outcome, done.outcome)
  else reply.header('upload-expires', new Date(expiresAt).toUTCString())
}
