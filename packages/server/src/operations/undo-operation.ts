import { type OperationId, type Subject, VitrineError } from '@vitrine/domain'
import { inTransaction } from '../db/transaction.ts'
import type { Parts } from '../parts.ts'
import { ownOperation } from './list-operations.ts'
import { canUndo } from './operation.ts'
import { insertTakingBack } from './operation-node-store.ts'
import { insertOperation, lockOperation } from './operation-store.ts'
import { begin, type BegunOperation } from './start-operation.ts'

/**
 * Begins an operation that takes back what another one did, as far as it is still as that one left it; what is not, is
 * among its failures. An operation is taken back once.
 *
 * @throws {VitrineError} `operation/not-found`, `operation/not-undoable`
 */
export function undoOperation(
  parts: Pick<Parts, 'db' | 'clock' | 'newId' | 'queue'>,
  subject: Subject,
  of: OperationId,
): Promise<BegunOperation> {
  const id = parts.newId() as OperationId
  return inTransaction(parts.db, async (tx) => {
    // Of one that was just cancelled, a part may still be under way.
    await lockOperation(tx, of)
    const operation = await ownOperation(tx, subject.user, of)
    if (!canUndo(operation)) {
      throw new VitrineError('operation/not-undoable', 'This cannot be undone, or has been undone already.')
    }
    const kind = operation.kind === 'trash' ? 'restore' : operation.kind
    await insertOperation(tx, {
      id,
      kind,
      conflict: 'refuse',
      to: null,
      startedBy: subject.user,
      undoOf: of,
      createdAt: parts.clock(),
    })
    return begin(parts, tx, id, await insertTakingBack(tx, id, of))
  })
}
