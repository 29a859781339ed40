import { VitrineError } from '@vitrine/domain'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Parts } from '../parts.ts'
import { answerFailure, asVitrineError, noteFailure, statusOf } from './errors.ts'
import { assetRoutes, pagesOf, sendPage, type Pages } from './page.ts'
import { plainPath } from './plain-path.ts'
import { MissLimiter } from './rate-limit.ts'
import { markPublic, publicMethodsAt } from './routes-of.ts'

/**
 * What every answer behind the doors may be: kept by the visitor's own browser, if it asks each time, and changed by
 * nobody on the way.
 */
export const asksEachTime = 'private, no-transform, no-cache'

/**
 * Opens the three doors: the one place where routes are mounted that answer without sign-in.
 *
 * All of them take plain paths alone, JSON bodies alone, no posts from other sites; and count as a miss, for the network
 * of whoever asks, an unknown link (`share-link/not-found`) and any error whose facts hold `miss: true`.
 *
 * @param mount registers the features' public routes on what it is given
 */
export async function openPublicDoors(
  app: FastifyInstance,
  parts: Pick<Parts, 'clock'>,
  mount: (doors: FastifyInstance, pages: Pages) => void,
): Promise<void> {
  await app.register(async (doors) => {
    const pages = pagesOf(() => import('@vitrine/link'))
    markPublic(doors)
    doors.addHook('onRequest', checkAtDoor)
    onlyJson(doors)
    const misses = new MissLimiter()
    doors.setErrorHandler((thrown, request, reply) => {
      const error = withMissesCounted(asVitrineError(thrown), request, misses, parts.clock())
      return answersWithPage(request)
        ? answerDeadPage(error, request, reply, pages)
        : answerFailure(error, request, reply)
    })
    assetRoutes(doors, pages, '/linkshare.html/assets')
    mount(doors, pages)
  })
  answerElsewhere(app)
}

/** Marks a route whose failures are pages for people. */
export const answersPage = { config: { answersPage: true } } as const

declare module 'fastify' {
  interface FastifyContextConfig {
    /** Failures of this route are answered with a page. */
    answersPage?: boolean
  }
}

function answersWithPage(request: FastifyRequest): boolean {
  return request.routeOptions.config.answersPage === true
}

async function checkAtDoor(request: FastifyRequest, reply: FastifyReply): Promise<void> {
  if (plainPath(request.raw.url ?? '') === undefined) throw nothingHere()
  reply.header('cache-control', asksEachTime)
  if (request.method === 'POST' && request.headers['sec-fetch-site'] === 'cross-site') {
    throw new VitrineError('request/cross-site', 'This can only be asked for from the page itself.')
  }
}

function onlyJson(doors: FastifyInstance): void {
  const parseJson = doors.getDefaultJsonParser('error', 'error')
  doors.removeAllContentTypeParsers()
  doors.addContentTypeParser('application/json', { parseAs: 'string' }, (request, body, done) => {
    if (body === '') return done(null, {})
    return parseJson(request, body.toString(), done)
  })
}

function withMissesCounted(
  error: VitrineError,
  request: FastifyRequest,
  misses: MissLimiter,
  now: number,
): VitrineError {
  const isMiss = error.code === 'share-link/not-found' || error.facts['miss'] === true
  const wait = isMiss ? misses.countMiss(request.ip, now) : 0
  if (wait === 0) return error
  return new VitrineError('request/too-many', 'Too many wrong addresses from your network. Please wait a moment.', {
    retryAfter: Math.ceil(wait / 1000),
  })
}

/** The page for a dead link, with the status of the failure, at the address that was asked for: no redirect. */
async function answerDeadPage(
  error: VitrineError,
  request: FastifyRequest,
  reply: FastifyReply,
  pages: Pages,
): Promise<FastifyReply> {
  const status = statusOf[error.code]
  if (status >= 500) return answerFailure(error, request, reply)
  noteFailure(error, request, reply)
  return sendPage(reply, pages, 'linkexpired', { status, reason: error.code })
}

/** Where nothing is mounted: 405 at a public path that knows other methods, else 404, with one body for all. */
function answerElsewhere(app: FastifyInstance): void {
  app.setNotFoundHandler((request, reply) => {
    const path = plainPath(request.raw.url ?? '')
    const allowed = path === undefined ? [] : publicMethodsAt(app, path)
    if (allowed.length === 0) return answerFailure(nothingHere(), request, reply)
    reply.header('allow', allowed.join(', '))
    const refused = new VitrineError('request/method-not-allowed', `Here only ${allowed.join(', ')} can be used.`)
    return answerFailure(refused, request, reply)
  })
}

function nothingHere(): VitrineError {
  return new VitrineError('request/not-found', 'There is nothing at this address.')
}
