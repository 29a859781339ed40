import { setTimeout as sleep } from 'node:timers/promises'
import { isConflict, isConnectionFailure } from './failures.ts'
import type { Database, Transaction } from './open.ts'

/** How a transaction sees others. `read committed` is usual. */
export interface TransactionOptions {
  readonly isolation?: 'read committed' | 'repeatable read' | 'serializable'
  /** For long reads: no writes, and one snapshot with `repeatable read`. */
  readonly readOnly?: boolean
}

const attempts = 6

/**
 * Runs one use case's SQL in a transaction: all of it happens, or nothing.
 *
 * `work` is run again when another transaction came in between (serialization failure, deadlock) or when
 * the connection broke before the commit was sent. So nothing but SQL may happen in it, and nothing outside
 * it may be changed by it. A connection that breaks during the commit throws: nobody knows whether it happened.
 */
export async function inTransaction<Result>(
  db: Database,
  work: (tx: Transaction) => Promise<Result>,
  options: TransactionOptions = {},
): Promise<Result> {
  for (let attempt = 1; ; attempt++) {
    const state = { committing: false }
    try {
      return await attemptOnce(db, work, options, state)
    } catch (error) {
      const mayRepeat = isConflict(error) || (!state.committing && isConnectionFailure(error))
      if (!mayRepeat || attempt === attempts) throw error
      await sleep(Math.random() * 10 * 2 ** attempt)
    }
  }
}

function attemptOnce<Result>(
  db: Database,
  work: (tx: Transaction) => Promise<Result>,
  options: TransactionOptions,
  state: { committing: boolean },
): Promise<Result> {
  let transaction = db.transaction()
  if (options.isolation) transaction = transaction.setIsolationLevel(options.isolation)
  if (options.readOnly) transaction = transaction.setAccessMode('read only')
  return transaction.execute(async (tx) => {
    const result = await work(tx)
    state.committing = true
    return result
  })
}
