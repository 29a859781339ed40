import { inTransaction } from '../db/transaction.ts'
import type { Parts } from '../parts.ts'
import { takeStalled } from './rendition-store.ts'

const hour = 3_600_000

/** Sources that are queued again in one go. */
const atOnce = 5000

/**
 * Queues renditions again that are waited for, but whose job may be gone. Where the job is still there, the new one is
 * left out. Runs hourly.
 */
export async function resumeRenditions(parts: Pick<Parts, 'db' | 'queue' | 'clock'>): Promise<void> {
  await requeue(parts, { idleSince: parts.clock() - hour, limit: atOnce, onlyBegun: false })
}

/**
 * Queues renditions again that had been begun when the process before this one died, without waiting for the queue to
 * notice. Call it at the start. Where another process is at work on one, it is made twice: no harm.
 */
export async function resumeBegun(parts: Pick<Parts, 'db' | 'queue' | 'clock'>): Promise<void> {
  await requeue(parts, { idleSince: parts.clock(), limit: atOnce, onlyBegun: true })
}

function requeue(
  parts: Pick<Parts, 'db' | 'queue' | 'clock'>,
  bounds: { readonly idleSince: number; readonly limit: number; readonly onlyBegun: boolean },
): Promise<void> {
  return inTransaction(parts.db, async (tx) => {
    const stalled = await takeStalled(tx, bounds, parts.clock())
    await parts.queue.enqueueAll(tx, 'make-renditions', stalled, { onlyOne: ({ source }) => source })
  })
}
