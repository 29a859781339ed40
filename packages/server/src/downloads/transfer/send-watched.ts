import type { FastifyReply } from 'fastify'
import type { RangeAnswer } from '../../http/byte-range.ts'
import type { Parts } from '../../parts.ts'
import type { TransferRight } from './running-transfers.ts'
import type { ByteSource } from './send-bytes.ts'
import { sendRange } from './send-range.ts'

/** Bytes that somebody gives. */
export interface Given {
  /** Asked whenever rights have moved: the transfer is cut when it says no. */
  readonly right: TransferRight
  /** What they are counted as. */
  readonly kind: 'file' | 'rendition' | 'part'
  readonly range: RangeAnswer
  readonly source: ByteSource
}

/**
 * Sends bytes for as long as they are given, and counts them.
 *
 * @returns how many bytes the network has taken
 */
export async function sendWatched(
  { transfers, metrics }: Pick<Parts, 'transfers' | 'metrics'>,
  reply: FastifyReply,
  { right, kind, range, source }: Given,
): Promise<number> {
  using watch = transfers.watch(right)
  metrics.runningTransfers.inc()
  const { sent, error } = await sendRange(reply, range, source, watch.signal)
  metrics.runningTransfers.dec()
  metrics.bytesSent.inc({ kind }, sent)
  if (error !== undefined) reply.request.log.error({ err: error }, 'a transfer broke off')
  return sent
}
