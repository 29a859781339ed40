import type { NodeId, Subject } from '@vitrine/domain'
import { bumpAccessEpoch } from '../access/access-epoch-store.ts'
import type { Transaction } from '../db/open.ts'
import { inTransaction } from '../db/transaction.ts'
import type { Parts } from '../parts.ts'
import { requireInTrash } from './require-in-trash.ts'
import { markRemoved } from './trash-store.ts'

/**
 * Removes for good what is in the trash, with all below it, also what was put into the trash there before. From then on
 * nobody restores it. A job deletes the rows; the bytes go when nothing else names them.
 *
 * @throws {VitrineError} `node/not-found`
 */
export async function removeNode(
  parts: Pick<Parts, 'db' | 'clock' | 'queue'>,
  subject: Subject,
  id: NodeId,
): Promise<void> {
  await inTransaction(parts.db, async (tx) => {
    await removeWithin(tx, subject, id, parts.clock())
    await queueDeletion(parts, tx)
    await bumpAccessEpoch(tx)
  })
}

/**
 * Does what {@link removeNode} does, within a transaction of the caller, who queues the deletion and moves the access
 * epoch.
 *
 * @param now in ms since the Unix epoch
 */
export async function removeWithin(tx: Transaction, subject: Subject, id: NodeId, now: number): Promise<void> {
  await requireInTrash(tx, subject, id)
  await markRemoved(tx, id, now)
}

/** Has the rows deleted of what was removed for good, once the transaction is committed. */
export function queueDeletion({ queue }: Pick<Parts, 'queue'>, tx: Transaction): Promise<void> {
  return queue.enqueue(tx, 'delete-removed', {}, { onlyOne: 'all' })
}
