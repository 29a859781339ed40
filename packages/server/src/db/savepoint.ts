import { sql } from 'kysely'
import type { Transaction } from './open.ts'

/**
 * Runs a step of a transaction that may fail by itself: what it did is taken back then, and the transaction goes on.
 * Steps may lie within steps.
 */
export async function inSavepoint<Result>(tx: Transaction, work: () => Promise<Result>): Promise<Result> {
  await sql`savepoint step`.execute(tx)
  try {
    const result = await work()
    await sql`release savepoint step`.execute(tx)
    return result
  } catch (error) {
    // Where the connection broke, there is nothing to take back, and the step's own failure says so.
    await sql`rollback to savepoint step; release savepoint step`.execute(tx).catch(() => {})
    throw error
  }
}
