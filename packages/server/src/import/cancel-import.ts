import { inTransaction } from '../db/transaction.ts'
import { announceChange } from '../events/announce-change.ts'
import type { Parts } from '../parts.ts'
import { cancelRunning, type StoredImport } from './import-store.ts'

/** Records that an import is cancelled, unless it has ended. Whoever runs it ends it then. Answers whether it did. */
export function cancelImport(
  { db, clock }: Pick<Parts, 'db' | 'clock'>,
  { id, startedBy }: Pick<StoredImport, 'id' | 'startedBy'>,
): Promise<boolean> {
  return inTransaction(db, async (tx) => {
    const isCancelled = await cancelRunning(tx, id, clock())
    if (isCancelled) await announceChange(tx, { workOf: [startedBy] })
    return isCancelled
  })
}
