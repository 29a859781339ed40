import type { OperationId, PrincipalId } from '@vitrine/domain'
import { inTransaction } from '../db/transaction.ts'
import { announceChange } from '../events/announce-change.ts'
import type { Parts } from '../parts.ts'
import { cancelRunning } from './operation-store.ts'

/** Ends an operation of this person, unless it has ended. What is under way at the moment is still done. */
export async function cancelOperation(
  { db, clock }: Pick<Parts, 'db' | 'clock'>,
  person: PrincipalId,
  id: OperationId,
): Promise<void> {
  await inTransaction(db, async (tx) => {
    if (await cancelRunning(tx, id, person, clock())) await announceChange(tx, { workOf: [person] })
  })
}
