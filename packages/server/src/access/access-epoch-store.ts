import { sql } from 'kysely'
import type { Database, Transaction } from '../db/open.ts'

/** The channel on which a new access epoch is told, with the epoch as its payload. */
export const accessChannel = 'vitrine_access'

/**
 * The access epoch: a number that moves whenever access may have been taken away.
 *
 * Read it before the rights that are to be remembered with it: then what moves meanwhile is noticed.
 */
export async function readAccessEpoch(db: Database | Transaction): Promise<number> {
  const { epoch } = await db.selectFrom('access_epoch').select('epoch').executeTakeFirstOrThrow()
  return epoch
}

/**
 * Moves the access epoch on, and tells every process once the transaction is committed.
 *
 * Whoever does the same waits from here to the end of this transaction. So call it first where a decision
 * depends on what others may be changing (who is the last administrator?), otherwise last.
 *
 * @returns the new epoch
 */
export async function bumpAccessEpoch(tx: Transaction): Promise<number> {
  const { epoch } = await tx
    .updateTable('access_epoch')
    .set({ epoch: sql<number>`epoch + 1` })
    .returning('epoch')
    .executeTakeFirstOrThrow()
  await sql`select pg_notify(${accessChannel}, ${String(epoch)})`.execute(tx)
  return epoch
}
