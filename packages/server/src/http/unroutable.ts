import type { Socket } from 'node:net'
import { VitrineError } from '@vitrine/domain'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { answerFailure } from './errors.ts'

/** What every answer carries, also one that is made before any route or hook is reached. */
const headersOfAll = {
  'x-robots-tag': 'noindex, nofollow, noarchive',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
  'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
  'cache-control': 'no-store',
} as const

/** Answers an address that the router cannot read: like any other where there is nothing. */
export function answerUnroutable(_error: Error, request: FastifyRequest, reply: FastifyReply): void {
  reply.headers(headersOfAll)
  answerFailure(new VitrineError('request/not-found', 'There is nothing at this address.'), request, reply)
}

const statusTexts = new Map([
  ['HPE_HEADER_OVERFLOW', '431 Request Header Fields Too Large'],
  ['ERR_HTTP_REQUEST_TIMEOUT', '408 Request Timeout'],
])

/** Answers what is not HTTP, and hangs up. */
export function answerUnreadable(error: Error & { code?: string }, socket: Socket): void {
  if (error.code === 'ECONNRESET' || !socket.writable) return
  const status = statusTexts.get(error.code ?? '') ?? '400 Bad Request'
  const lines = Object.entries(headersOfAll).map(([name, value]) => `${name}: ${value}`)
  const head = [`HTTP/1.1 ${status}`, ...lines, 'content-length: 0', 'connection: close']
  socket.end(`${head.join('\r\n')}\r\n\r\n`)
}
