import { createHash, randomBytes } from 'node:crypto'
import type { VisitorId } from '@vitrine/domain'
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { OpenLink } from '../share-links/open-link.ts'

const cookieName = 'vitrine_visitor'
/** 30 days, in s. */
const lifetime = 30 * 24 * 3600
const form = /^[\w-]{22}$/

/**
 * Whose inbox a request is about: undefined without the cookie.
 *
 * The cookie holds 128 random bits, for all links; the id is made of them and the link, so that what one link's page shows
 * is not seen in another's, and what the database holds opens no inbox. Of a link for members it is made of the member as
 * well: two people at one browser have two inboxes.
 */
export function visitorOf(request: FastifyRequest, link: VisitedLink): VisitorId | undefined {
  const value = request.cookies[cookieName]
  return value !== undefined && form.test(value) ? visitorId(value, link) : undefined
}

/** The same for whoever queues something: gives the cookie, or gives it for another 30 days. */
export function makeVisitor(request: FastifyRequest, reply: FastifyReply, link: VisitedLink): VisitorId {
  const known = request.cookies[cookieName]
  const value = known !== undefined && form.test(known) ? known : randomBytes(16).toString('base64url')
  reply.setCookie(cookieName, value, {
    path: '/linkshare.html',
    httpOnly: true,
    // Strict would not be sent when the link is opened from a mail.
    sameSite: 'lax',
    secure: request.protocol === 'https',
    maxAge: lifetime,
  })
  return visitorId(value, link)
}

type VisitedLink = Pick<OpenLink, 'shareLink' | 'member'>

function visitorId(value: string, { shareLink, member }: VisitedLink): VisitorId {
  const whose = member === undefined ? shareLink.id : `${shareLink.id}|${member}`
  const hash = createHash('sha256').update(`vitrine/visitor/v1|${value}|${whose}`).digest()
  return hash.subarray(0, 16).toString('base64url') as VisitorId
}
