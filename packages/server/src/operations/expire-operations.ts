import { inTransaction } from '../db/transaction.ts'
import type { Parts } from '../parts.ts'
import { deleteEnded } from './operation-store.ts'

/** How long an operation is listed after it has ended, and can be taken back, in ms. */
const shownFor = 30 * 86_400_000
/** Operations that are forgotten in one transaction at most: each may have a row for each of 20,000 nodes and more. */
const batch = 10

/** Forgets operations that ended long ago: a task of the job `expire`. */
export async function expireOperations({ db, clock }: Pick<Parts, 'db' | 'clock'>): Promise<void> {
  const before = clock() - shownFor
  while ((await inTransaction(db, (tx) => deleteEnded(tx, before, batch))) > 0);
}
