import { timingSafeEqual } from 'node:crypto'
import { VitrineError } from '@vitrine/domain'
import type { FastifyRequest } from 'fastify'
import type { Parts } from '../parts.ts'

/** Methods that change nothing (RFC 9110, section 9.2.1), and those of WebDAV (RFC 4918, RFC 3253). */
const safeMethods: ReadonlySet<string> = new Set(['GET', 'HEAD', 'OPTIONS', 'PROPFIND', 'REPORT'])

/** Whether a request may change something. */
export function isUnsafe(request: FastifyRequest): boolean {
  return !safeMethods.has(request.method)
}

/** What a page must send as `X-CSRF-Token` with everything that changes something. Of this session alone. */
export function csrfTokenOf({ keys }: Pick<Parts, 'keys'>, sessionId: string): string {
  return keys.sign(textOf(sessionId)).toString('base64url')
}

/** @throws {VitrineError} `request/csrf` when the token is not that of the session */
export function requireCsrfToken({ keys }: Pick<Parts, 'keys'>, request: FastifyRequest, sessionId: string): void {
  const given = Buffer.from(String(request.headers['x-csrf-token'] ?? ''), 'base64url')
  const accepted = keys.signatures(textOf(sessionId))
  // Every key is compared with, so that the time does not tell which one signed.
  const matches = accepted.filter((one) => one.length === given.length && timingSafeEqual(one, given))
  if (matches.length > 0) return
  throw new VitrineError('request/csrf', 'This page is out of date. Load it again, then repeat what you did.')
}

/**
 * Refuses what a page of another origin sends: browsers add cookies, and passwords that they remember for Basic.
 *
 * `Sec-Fetch-Site` says it where the browser sends that (https and localhost), else `Origin` does. Programs
 * that are no browsers send neither.
 *
 * @throws {VitrineError} `request/cross-site`
 */
export function refuseCrossSite({ config }: Pick<Parts, 'config'>, request: FastifyRequest): void {
  const site = request.headers['sec-fetch-site']
  const { origin } = request.headers
  const foreign =
    site === undefined
      ? origin !== undefined && !isOurs(origin, request, config.publicUrl)
      : site !== 'same-origin' && site !== 'none'
  if (foreign) throw new VitrineError('request/cross-site', 'This was sent by a page of another site.')
}

function isOurs(origin: string, request: FastifyRequest, publicUrl: string | undefined): boolean {
  if (!URL.canParse(origin)) return false
  const { host } = new URL(origin)
  return host === request.host || (publicUrl !== undefined && host === new URL(publicUrl).host)
}

function textOf(sessionId: string): string {
  return `vitrine/csrf/v1|${sessionId}`
}
