import type { OutgoingHttpHeaders } from 'node:http'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { answerRange, contentRange, type RangeAnswer } from '../../http/byte-range.ts'
import { type ByteSource, sendBytes, type TransferOutcome } from './send-bytes.ts'

/** What a request asks bytes of. It never changes: other bytes have another tag. */
export interface Representation {
  /** Strong entity tag, with its quotes. */
  readonly etag: string
  /** In bytes. */
  readonly size: number
}

/**
 * Chooses the bytes that a request is to get, and sets the headers that say so. Answers the request itself when it is
 * to get none (304 and 416), with the headers that the reply has by then.
 *
 * @returns what {@link sendRange} is to send; undefined: the request is answered
 */
export function chooseRange(
  request: FastifyRequest,
  reply: FastifyReply,
  { etag, size }: Representation,
): RangeAnswer | undefined {
  const answer = answerRange(request.method, request.headers, size, etag)
  reply.headers({ etag, 'accept-ranges': 'bytes' })
  if (answer.status === 206 || answer.status === 416) reply.header('content-range', contentRange(answer, size))
  if (answer.status !== 304 && answer.status !== 416) return answer
  reply.code(answer.status).send()
  return undefined
}

/** Takes the reply over and sends the chosen bytes, with the reply's headers, as {@link sendBytes} does. Never rejects. */
export function sendRange(
  reply: FastifyReply,
  { status, start, end }: RangeAnswer,
  source: ByteSource,
  signal?: AbortSignal,
): Promise<TransferOutcome> {
  const headers = reply.getHeaders() as OutgoingHttpHeaders
  reply.hijack()
  return sendBytes(reply.raw, { status, headers, start, end, source, ...(signal && { signal }) })
}
