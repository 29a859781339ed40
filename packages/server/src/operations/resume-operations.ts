import { inTransaction } from '../db/transaction.ts'
import type { Parts } from '../parts.ts'
import { unendedOperations } from './operation-store.ts'

/**
 * Goes on with operations that had been begun when the process before this one died, without waiting for the queue to
 * notice. Call it at the start. Where another process is at work on one, both do their part of it.
 */
export async function resumeOperations({ db, queue }: Pick<Parts, 'db' | 'queue'>): Promise<void> {
  await inTransaction(db, async (tx) => {
    const jobs = (await unendedOperations(tx)).map((operation) => ({ operation }))
    await queue.enqueueAll(tx, 'run-operation', jobs, { onlyOne: ({ operation }) => operation })
  })
}
