import type { OperationId } from '@vitrine/domain'
import { bumpAccessEpoch } from '../access/access-epoch-store.ts'
import { subjectOf } from '../access/subject-store.ts'
import type { Database, Transaction } from '../db/open.ts'
import { inTransaction } from '../db/transaction.ts'
import { announceChange } from '../events/announce-change.ts'
import type { JobHandler } from '../jobs/job-handler.ts'
import { queueDeletion } from '../repository/remove-node.ts'
import type { Batch, StepParts } from './batch.ts'
import { doNode } from './do-node.ts'
import type { Outcome, StoredOperation } from './operation.ts'
import { recordOutcomes, waitingNodes } from './operation-node-store.ts'
import {
  addProgress,
  countAttempt,
  endOperation,
  failRunning,
  lockOperation,
  runningOperation,
} from './operation-store.ts'

/** Nodes that are done in one transaction at most. */
const mostNodes = 50
/** A transaction begins no further node after this time, in ms: others wait for what it holds. */
const longestBatch = 250
/** How often an operation is begun at most without one node being done. Fewer than the queue has attempts. */
const attemptLimit = 8

/** What running an operation needs. */
export type OperationParts = StepParts & { readonly db: Database }

/**
 * Does what is left of an operation. Each node is done in the transaction that records it, so that nothing is done twice
 * or by halves wherever the process dies.
 */
export const runOperation: JobHandler<'run-operation'> = async (parts, { operation }, signal) => {
  if ((await countAttempt(parts.db, operation)) > attemptLimit) return breakOff(parts, operation)
  while (await doSome(parts, operation)) signal.throwIfAborted()
}

function breakOff({ db, clock }: Pick<OperationParts, 'db' | 'clock'>, id: OperationId): Promise<void> {
  return inTransaction(db, async (tx) => {
    const startedBy = await failRunning(tx, id, clock())
    if (startedBy !== undefined) await announceChange(tx, { workOf: [startedBy] })
  })
}

/**
 * Does what can be done of an operation in a short time. The rest is the job's.
 *
 * @param time in ms
 */
export async function runBriefly(parts: OperationParts, operation: OperationId, time: number): Promise<void> {
  const until = performance.now() + time
  try {
    while (performance.now() < until && (await doSome(parts, operation)));
  } catch (error) {
    parts.log.warn({ err: error, operation }, 'an operation is left to its job')
  }
}

/** Does the next nodes of an operation. Answers whether there may be more. */
function doSome(parts: OperationParts, id: OperationId): Promise<boolean> {
  return inTransaction(parts.db, async (tx) => {
    await lockOperation(tx, id)
    const operation = await runningOperation(tx, id)
    if (operation === undefined) return false
    await announceChange(tx, { workOf: [operation.startedBy] })
    const waiting = await waitingNodes(tx, id, mostNodes)
    if (waiting.length === 0) {
      await endOperation(tx, id, parts.clock())
      return false
    }
    const subject = await subjectOf(tx, operation.startedBy)
    const batch: Batch = { parts, tx, subject, operation, now: parts.clock() }
    const begun = performance.now()
    const outcomes: { readonly position: number; readonly outcome: Outcome }[] = []
    for (const node of waiting) {
      outcomes.push({ position: node.position, outcome: await doNode(batch, node) })
      if (performance.now() - begun > longestBatch) break
    }
    await keep(parts, tx, operation, outcomes)
    return true
  })
}

async function keep(
  parts: OperationParts,
  tx: Transaction,
  { id, kind }: StoredOperation,
  outcomes: readonly { readonly position: number; readonly outcome: Outcome }[],
): Promise<void> {
  const count = (test: (outcome: Outcome) => boolean) => outcomes.filter(({ outcome }) => test(outcome)).length
  const changed = count(({ state }) => state === 'done')
  const failed = count(({ state }) => state === 'failed')
  const undoable = count((outcome) => outcome.state === 'done' && outcome.effect !== undefined)
  await recordOutcomes(tx, id, outcomes)
  await addProgress(tx, id, { done: outcomes.length, failed, undoable })
  if (changed === 0) return
  if (kind === 'remove') await queueDeletion(parts, tx)
  // Last: whoever else moves it waits until the commit.
  if (kind !== 'copy') await bumpAccessEpoch(tx)
}
