import type { FastifyReply } from 'fastify'
import type { ByteSource } from '../downloads/transfer/send-bytes.ts'
import { sendRange } from '../downloads/transfer/send-range.ts'
import type { RangeAnswer } from '../http/byte-range.ts'
import type { Parts } from '../parts.ts'
import type { OpenLink } from './open-link.ts'
import type { StillAllowed } from './running-transfers.ts'

/** Bytes that a link gives. */
export interface Given {
  readonly link: OpenLink
  /** What they are counted as. */
  readonly kind: 'file' | 'rendition' | 'part'
  readonly range: RangeAnswer
  readonly source: ByteSource
  /** Asked whenever rights have moved: the transfer is cut when it says no. */
  readonly stillAllowed: StillAllowed
}

/**
 * Sends bytes that a link gives, for as long as it gives them, and counts them.
 *
 * @returns how many bytes the network has taken
 */
export async function sendWatched(
  { transfers, metrics }: Pick<Parts, 'transfers' | 'metrics'>,
  reply: FastifyReply,
  { link, kind, range, source, stillAllowed }: Given,
): Promise<number> {
  using watch = transfers.watch(link, stillAllowed)
  metrics.runningTransfers.inc()
  const { sent, error } = await sendRange(reply, range, source, watch.signal)
  metrics.runningTransfers.dec()
  metrics.bytesSent.inc({ kind }, sent)
  if (error !== undefined) reply.request.log.error({ err: error }, 'a transfer broke off')
  return sent
}
