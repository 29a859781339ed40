import type { OperationBody } from '@vitrine/api'
import type { RunningImport } from '../import/running-imports.ts'
import { canUndo, type StoredOperation } from './operation.ts'
import type { FailedNode } from './operation-node-store.ts'

/** An operation as the API answers it. */
export function presentOperation(operation: StoredOperation, failures: readonly FailedNode[]): OperationBody {
  const { id, kind, state, nodes, createdAt, endedAt, undoOf } = operation
  return {
    id,
    kind,
    state,
    progress: { done: nodes.done, total: nodes.total },
    failed: nodes.failed,
    failures: failures.map(({ id: node, name, code, detail }) => ({ id: node, name, code, detail })),
    createdAt: new Date(createdAt).toISOString(),
    endedAt: endedAt === null ? null : new Date(endedAt).toISOString(),
    undo: canUndo(operation),
    ...(undoOf === null ? {} : { undoOf }),
  }
}

/** A running import among the operations. */
export function presentImport({ id, progress, startedAt }: RunningImport): OperationBody {
  return {
    id,
    kind: 'import',
    state: 'running',
    progress: { done: progress.filesDone, total: progress.filesTotal ?? 0 },
    failed: 0,
    failures: [],
    createdAt: new Date(startedAt).toISOString(),
    endedAt: null,
    undo: false,
  }
}
