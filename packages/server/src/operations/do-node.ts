import { type ErrorCode, VitrineError } from '@vitrine/domain'
import { isConflict, isConnectionFailure, isUniqueViolation } from '../db/failures.ts'
import { inSavepoint } from '../db/savepoint.ts'
import { nameDespiteTrash } from '../repository/read-node.ts'
import type { Batch } from './batch.ts'
import type { Outcome, WaitingNode } from './operation.ts'
import { steps } from './steps.ts'
import { takeBack } from './take-back.ts'

/** Others may take the name that was found free: after so many times it is told. */
const attempts = 5

/**
 * Does one node of an operation: whole, or not at all. What fails is the outcome; what concerns the whole batch, as a
 * deadlock or a lost connection, is thrown.
 */
export async function doNode(batch: Batch, node: WaitingNode): Promise<Outcome> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await inSavepoint(batch.tx, () => step(batch, node))
    } catch (error) {
      if (isConflict(error) || isConnectionFailure(error)) throw error
      const nameWasTaken = isUniqueViolation(error, 'nodes_live_name')
      if (!nameWasTaken || attempt === attempts) return failed(batch, node, nameWasTaken ? justTaken() : error)
    }
  }
}

function step(batch: Batch, { id, takesBack }: WaitingNode): Promise<Outcome> {
  return takesBack ? takeBack(batch, id, takesBack) : steps[batch.operation.kind](batch, id)
}

function justTaken(): VitrineError {
  return new VitrineError('node/name-taken', 'Others were faster with every name that was free.')
}

async function failed(batch: Batch, { id }: WaitingNode, error: unknown): Promise<Outcome> {
  const { code, message } = error instanceof VitrineError ? error : fault(batch, error)
  // What looks as if it were not there keeps its name, too.
  const name = code === 'node/not-found' ? undefined : await nameDespiteTrash(batch.tx, batch.subject, id)
  return { state: 'failed', code, detail: message, name: name ?? '' }
}

function fault({ parts, operation }: Batch, error: unknown): { readonly code: ErrorCode; readonly message: string } {
  parts.log.error({ err: error, operation: operation.id }, 'a node of an operation failed')
  return { code: 'server/internal', message: 'Something went wrong on our side.' }
}
