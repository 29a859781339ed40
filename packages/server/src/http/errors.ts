import { VitrineError, type ErrorCode } from '@vitrine/domain'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { hasZodFastifySchemaValidationErrors } from 'fastify-type-provider-zod'

/** The only place that knows the HTTP status of an error. A code without a status does not compile. */
export const statusOf = {
  'request/invalid': 400,
  'request/not-found': 404,
  'request/method-not-allowed': 405,
  'request/unsupported-media-type': 415,
  'request/cross-site': 403,
  'request/too-large': 413,
  'request/too-many': 429,
  'request/csrf': 403,
  'access/unauthenticated': 401,
  'access/denied': 403,
  'people/name-taken': 409,
  'people/not-found': 404,
  'people/disabled': 403,
  'people/password-too-short': 422,
  'people/password-must-change': 403,
  'people/password-unchanged': 422,
  'people/group-cycle': 422,
  'people/holds-links': 409,
  'node/not-found': 404,
  'node/name-taken': 409,
  'node/name-invalid': 422,
  'node/not-a-folder': 422,
  'node/not-an-asset': 422,
  'node/cycle': 422,
  'node/changed': 412,
  'node/place-gone': 409,
  'version/not-found': 404,
  'operation/not-found': 404,
  'operation/not-undoable': 409,
  'operation/too-many': 429,
  'blob/damaged': 500,
  'storage/full': 507,
  'import/unreadable': 422,
  'import/running': 409,
  'upload/not-found': 404,
  'upload/expired': 410,
  'upload/too-many': 429,
  'upload/locked': 423,
  'upload/offset-conflict': 409,
  // Of the checksum extension of tus 1.0.0.
  'upload/checksum-mismatch': 460,
  'upload/digest-mismatch': 422,
  'upload/protocol-version': 412,
  'share-link/not-found': 404,
  'share-link/expired': 410,
  'share-link/revoked': 410,
  'share-link/used-up': 410,
  'share-link/suspended': 410,
  'share-link/expiry-out-of-range': 422,
  'share-link/no-targets': 422,
  'share-link/members-only': 403,
  'share-link/draft-out-of-date': 422,
  'share-link/made-already': 409,
  'share-link/changed': 412,
  'share-link/too-many-items': 422,
  'share-link/not-ended': 409,
  'item/not-found': 404,
  'rendition/not-found': 404,
  'rendition/not-ready': 404,
  'rendition/unsupported': 422,
  'rendition/too-large': 422,
  'rendition/damaged': 422,
  'rendition/timed-out': 422,
  'rendition/failed': 422,
  'download/not-found': 404,
  'download/empty': 422,
  'download/over-limit': 422,
  'download/originals-not-allowed': 403,
  'download/renditions-not-allowed': 403,
  'download/not-ready': 409,
  'download/expired': 410,
  'download/cancelled': 410,
  'download/contents-withdrawn': 410,
  'server/starting': 503,
  'server/already-running': 409,
  'server/unreachable': 502,
  'server/internal': 500,
} as const satisfies Record<ErrorCode, number>

/** An answer to a failed request: `application/problem+json` (RFC 9457). */
export interface Problem {
  readonly type: string
  readonly title: string
  readonly status: number
  readonly code: ErrorCode
  readonly detail: string
  readonly requestId: string
  /** Facts that a client can use, such as `limit` and `size`. */
  readonly [fact: string]: unknown
}

/** Facts of an error that may go out. Everything else stays in the log. */
const publicFacts = ['limit', 'size', 'contact', 'count', 'field', 'issues', 'retryAfter', 'links'] as const

/** The problem document of a failure. */
export function problemOf(error: VitrineError, requestId: string): Problem {
  const facts = Object.fromEntries(
    publicFacts.filter((name) => error.facts[name] !== undefined).map((name) => [name, error.facts[name]]),
  )
  return {
    type: `urn:vitrine:error:${error.code}`,
    title: error.message,
    status: statusOf[error.code],
    code: error.code,
    detail: error.message,
    requestId,
    ...facts,
  }
}

/** Answers every error as problem+json. (Unknown routes: see `public-doors.ts`.) */
export function answerErrors(app: FastifyInstance): void {
  app.setErrorHandler((error, request, reply) => answerFailure(asVitrineError(error), request, reply))
}

/** Sends one failure as problem+json, and logs it: whole when it is a fault of ours. */
export function answerFailure(error: VitrineError, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const problem = problemOf(error, request.id)
  noteFailure(error, request, reply)
  return reply
    .code(problem.status)
    .header('cache-control', 'no-store')
    .type('application/problem+json')
    .send(JSON.stringify(problem))
}

/** Logs a failure, whole when it is a fault of ours, and sets the header that says when to come back. */
export function noteFailure(error: VitrineError, request: FastifyRequest, reply: FastifyReply): void {
  const { code, facts, message } = error
  if (statusOf[code] >= 500) request.log.error({ err: error.cause ?? error, code }, message)
  else request.log.info({ code, facts }, message)
  if (typeof facts['retryAfter'] === 'number') reply.header('retry-after', String(facts['retryAfter']))
}

/** What was thrown, as one of ours. */
export function asVitrineError(thrown: unknown): VitrineError {
  if (thrown instanceof VitrineError) return thrown
  if (hasZodFastifySchemaValidationErrors(thrown)) {
    const issues = thrown.validation.map((issue) => ({ path: issue.instancePath, message: issue.message }))
    return new VitrineError('request/invalid', 'The request is not as this route expects it.', { issues })
  }
  return (
    fromFramework(thrown) ??
    new VitrineError('server/internal', 'Something went wrong on our side.', {}, { cause: thrown })
  )
}

function fromFramework(thrown: unknown): VitrineError | undefined {
  const status = (thrown as { statusCode?: number }).statusCode
  if (status === 413) return new VitrineError('request/too-large', 'The request is too large.')
  if (status === 415) return new VitrineError('request/unsupported-media-type', 'Send application/json.')
  if (status === 429) return new VitrineError('request/too-many', 'Too many requests. Please wait a moment.')
  if (status !== undefined && status >= 400 && status < 500) {
    return new VitrineError('request/invalid', 'The request cannot be understood.', {}, { cause: thrown })
  }
  return undefined
}
