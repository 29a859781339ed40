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

/** What is still to be done in transactions of ours that run, by what it is for. */
const lastActs = new WeakMap<Database, Map<symbol, (tx: Transaction) => Promise<void>>>()

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

/**
 * Has something done as the last thing before the commit of a transaction of {@link inTransaction}: once for each `what`,
 * however often it is asked for. So what many steps come to can be said in one statement.
 *
 * @returns whether it will be: not outside of such a transaction
 */
export function doLast(tx: Database, what: symbol, act: (tx: Transaction) => Promise<void>): boolean {
  const acts = lastActs.get(tx)
  if (acts && !acts.has(what)) acts.set(what, act)
  return acts !== undefined
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
    const acts = new Map<symbol, (tx: Transaction) => Promise<void>>()
    lastActs.set(tx, acts)
    const result = await work(tx)
    for (const act of acts.values()) await act(tx)
    state.committing = true
    return result
  })
}
