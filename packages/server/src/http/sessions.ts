import type { FastifyReply, FastifyRequest } from 'fastify'
import { Secret } from '../secret.ts'

/**
 * The session's cookie. Over https its name begins with `__Host-` (RFC 6265bis, section 4.1.3.2): no other host
 * and no unencrypted page can set one, so nobody can put a session of theirs under somebody else.
 */
const cookieName = 'vitrine_session'

/** What a token looks like: 256 bits in base64url. Anything else is not looked up. */
const tokenPattern = /^[\w-]{43}$/

/** The session token that a request brings. Never called on the public listener. */
export function sessionTokenOf(request: FastifyRequest): Secret | undefined {
  const value = request.cookies[nameFor(request)]
  return value !== undefined && tokenPattern.test(value) ? new Secret(value) : undefined
}

/** Hands a session's token to the browser. @param expiresAt in ms since the Unix epoch */
export function setSessionCookie(request: FastifyRequest, reply: FastifyReply, token: Secret, expiresAt: number): void {
  reply.setCookie(nameFor(request), token.reveal(), { ...attributesFor(request), expires: new Date(expiresAt) })
}

/** Makes the browser forget its session. */
export function clearSessionCookie(request: FastifyRequest, reply: FastifyReply): void {
  reply.clearCookie(nameFor(request), attributesFor(request))
}

function nameFor(request: FastifyRequest): string {
  return isSecure(request) ? `__Host-${cookieName}` : cookieName
}

function attributesFor(request: FastifyRequest) {
  return { path: '/', httpOnly: true, sameSite: 'lax', secure: isSecure(request) } as const
}

/** Whether the browser speaks https, to us or to a proxy that we believe. */
function isSecure(request: FastifyRequest): boolean {
  return request.protocol === 'https'
}
