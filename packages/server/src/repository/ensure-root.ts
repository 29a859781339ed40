import { ADMIN_ID, ROOT_ID } from '@vitrine/domain'
import { inTransaction } from '../db/transaction.ts'
import type { Parts } from '../parts.ts'
import { insertRoot } from './tree-store.ts'

/** Makes the root folder of the repository unless it is there. At each start, after `admin` was made: the root is theirs. */
export async function ensureRoot(parts: Pick<Parts, 'db' | 'clock'>): Promise<void> {
  await inTransaction(parts.db, (tx) => insertRoot(tx, ROOT_ID, ADMIN_ID, parts.clock()))
}
