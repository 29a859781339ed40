import { ADMIN_ID, VitrineError, type PrincipalId } from '@vitrine/domain'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { isOneOf } from '../compare-secrets.ts'
import type { Parts } from '../parts.ts'
import { accountById, asAdministrator } from '../people/account-store.ts'
import { CredentialCheck } from '../people/check-credentials.ts'
import { sha256 } from '../people/random-secrets.ts'
import { isLive, touchEvery } from '../people/session-limits.ts'
import { sessionByToken, touchSession } from '../people/session-store.ts'
import { signedInAs, type SignedIn } from '../people/signed-in.ts'
import type { Secret } from '../secret.ts'
import type { MembersDoor } from '../share-links/members-door.ts'
import { readBasic } from './authenticate-basic.ts'
import { isUnsafe, refuseCrossSite, requireCsrfToken } from './csrf.ts'
import { sessionTokenOf } from './sessions.ts'

declare module 'fastify' {
  interface FastifyRequest {
    /** Set below `requireSignIn`; read with `signedInOf`. */
    signedIn: SignedIn | null
  }
  interface FastifyContextConfig {
    /** Open to whoever has still to choose a password of their own. */
    beforeOwnPassword?: boolean
  }
}

/** What signing in needs. */
export type AuthenticationParts = Pick<Parts, 'db' | 'clock' | 'keys' | 'config' | 'localToken'>

/** Tells who sends a request. One for each process, as it remembers credentials and failures. */
export class Authentication {
  readonly #parts: AuthenticationParts
  /** Name and password, for Basic and for the sign-in page alike. */
  readonly credentials: CredentialCheck

  constructor(parts: AuthenticationParts) {
    this.#parts = parts
    this.credentials = new CredentialCheck(parts)
  }

  /**
   * Who sends a request: by `Authorization` when there is one, else by the session's cookie.
   *
   * @throws {VitrineError} `access/unauthenticated`; `request/cross-site` and `request/csrf` for what another
   * page may have sent; `people/disabled`; `request/too-many`
   */
  async identify(request: FastifyRequest): Promise<SignedIn> {
    const signedIn = await this.#sender(request)
    if (isUnsafe(request) && signedIn.by === 'session') {
      requireCsrfToken(this.#parts, request, signedIn.sessionId ?? '')
    }
    return signedIn
  }

  /**
   * How links for members are opened on this listener: by the same session, or by `Authorization`. Not by somebody who has
   * still to choose a password: whoever else knows the one that was given could open them, too.
   *
   * Without a CSRF token, which the recipient's page does not have: behind the doors JSON alone is taken, which a page of
   * another origin cannot send without our consent, and it would have to know the link's token.
   */
  get membersDoor(): MembersDoor {
    return { isHere: true, memberOf: async (request) => memberIdOf(await this.#senderIfAny(request)) }
  }

  async #senderIfAny(request: FastifyRequest): Promise<SignedIn | undefined> {
    try {
      return await this.#sender(request)
    } catch (error) {
      const isStranger = error instanceof VitrineError && strangers.has(error.code)
      if (isStranger) return undefined
      throw error
    }
  }

  async #sender(request: FastifyRequest): Promise<SignedIn> {
    if (isUnsafe(request)) refuseCrossSite(this.#parts, request)
    const { authorization } = request.headers
    if (authorization !== undefined) return this.#byHeader(authorization, request.ip)
    const token = sessionTokenOf(request)
    if (token === undefined) throw unauthenticated()
    return this.#bySession(token)
  }

  async #byHeader(authorization: string, address: string): Promise<SignedIn> {
    const [, scheme = '', rest = ''] = /^([A-Za-z]+) +(\S+) *$/.exec(authorization) ?? []
    if (scheme.toLowerCase() === 'basic') {
      const basic = readBasic(rest)
      if (basic) return this.credentials.check({ ...basic, address })
    }
    if (scheme.toLowerCase() === 'bearer' && isOneOf(rest, [this.#parts.localToken.reveal()])) return this.#asAdmin()
    throw unauthenticated()
  }

  /** Whoever can read `server.json` owns the data folder: also a disabled `admin` can be brought back with it. */
  async #asAdmin(): Promise<SignedIn> {
    const account = await accountById(this.#parts.db, ADMIN_ID)
    if (account === undefined) throw unauthenticated()
    return signedInAs(asAdministrator(account), 'local-token', {})
  }

  async #bySession(token: Secret): Promise<SignedIn> {
    const { db, clock } = this.#parts
    const now = clock()
    const session = await sessionByToken(db, sha256(token.reveal()))
    if (session === undefined || !isLive(session, now)) throw unauthenticated()
    const account = await accountById(db, session.userId)
    if (account === undefined || account.disabled) throw unauthenticated()
    if (now - session.lastSeenAt >= touchEvery) await touchSession(db, session.id, now)
    return signedInAs(account, 'session', { sessionId: session.id })
  }
}

function memberIdOf(signedIn: SignedIn | undefined): PrincipalId | undefined {
  return signedIn?.passwordMustChange === true ? undefined : signedIn?.userId
}

/** Failures to sign in that leave somebody who they are without: a stranger. */
const strangers: ReadonlySet<string> = new Set(['access/unauthenticated', 'people/disabled'])

/**
 * Makes every route of a scope one for people who are signed in. Looks before the body is read, so that
 * nothing of a stranger's upload is taken in.
 */
export function requireSignIn(scope: FastifyInstance, authentication: Pick<Authentication, 'identify'>): void {
  if (!scope.hasRequestDecorator('signedIn')) scope.decorateRequest('signedIn', null)
  scope.addHook('onRequest', async (request, reply) => {
    // What one person may see is not for the next one at the same proxy. A route may say otherwise.
    reply.header('cache-control', 'private, no-store')
    try {
      request.signedIn = await authentication.identify(request)
    } catch (error) {
      if (error instanceof VitrineError && error.code === 'access/unauthenticated') challenge(request, reply)
      throw error
    }
    requireOwnPassword(request.signedIn, request)
  })
}

/** Marks a route that is open to whoever has still to choose a password of their own. */
export const beforeOwnPassword = { config: { beforeOwnPassword: true } } as const

/** @throws {VitrineError} `people/password-must-change` */
function requireOwnPassword({ passwordMustChange }: SignedIn, request: FastifyRequest): void {
  if (!passwordMustChange || request.routeOptions.config.beforeOwnPassword === true) return
  throw new VitrineError('people/password-must-change', 'Choose a password of your own first.')
}

/** Who sends a request, below {@link requireSignIn}. */
export function signedInOf(request: FastifyRequest): SignedIn {
  if (request.signedIn) return request.signedIn
  throw new Error(`${request.routeOptions.url} is not below requireSignIn`)
}

/**
 * Says how to sign in (RFC 9110, section 11.6.1). A page's own requests get a scheme that browsers do not
 * know: for Basic they would open a window of their own over our sign-in.
 */
function challenge({ headers }: FastifyRequest, reply: FastifyReply): void {
  // Not Sec-Fetch-Mode: Node's fetch sends that too.
  const byPage = ['sec-fetch-site', 'x-csrf-token', 'x-requested-with'].some((name) => headers[name] !== undefined)
  const isOpening = headers['sec-fetch-mode'] === 'navigate'
  const scheme = byPage && !isOpening ? 'Session realm="Vitrine"' : 'Basic realm="Vitrine", charset="UTF-8"'
  reply.header('www-authenticate', scheme)
}

function unauthenticated(): VitrineError {
  return new VitrineError('access/unauthenticated', 'Please sign in.')
}
