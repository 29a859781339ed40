import { type OperationId, type PrincipalId, VitrineError } from '@vitrine/domain'
import type { Database, Transaction } from '../db/open.ts'
import { cursorOf, foreignCursor, isInstant, isUuid, valuesOfCursor } from '../http/json-cursor.ts'
import type { Parts } from '../parts.ts'
import { type RunningImport, runningImportsOf } from '../import/running-imports.ts'
import type { StoredOperation } from './operation.ts'
import { operationOfPerson, operationsOfPerson } from './operation-store.ts'

/**
 * An operation of somebody's own.
 *
 * @throws {VitrineError} `operation/not-found` also for one of somebody else
 */
export async function ownOperation(
  db: Database | Transaction,
  person: PrincipalId,
  id: OperationId,
): Promise<StoredOperation> {
  const found = await operationOfPerson(db, id, person)
  if (found) return found
  throw new VitrineError('operation/not-found', 'There is no such operation.')
}

/** A page of what somebody began. */
export interface PageOfOperations {
  /** The newest first. */
  readonly operations: readonly StoredOperation[]
  /** On the first page: the imports that run. */
  readonly imports: readonly RunningImport[]
  /** Cursor of the next page; null after the last. */
  readonly next: string | null
}

/**
 * A page of somebody's own operations.
 *
 * @throws {VitrineError} `request/invalid` for a cursor that is none
 */
export async function listOperations(
  { db }: Pick<Parts, 'db'>,
  person: PrincipalId,
  { cursor, limit }: { readonly cursor?: string | undefined; readonly limit: number },
): Promise<PageOfOperations> {
  const after = cursor === undefined ? undefined : readCursor(cursor)
  const found = await operationsOfPerson(db, person, after, limit + 1)
  const operations = found.slice(0, limit)
  const last = found.length > limit ? operations.at(-1) : undefined
  const imports = cursor === undefined ? await runningImportsOf(db, person) : []
  return { operations, imports, next: last ? cursorAfter(last) : null }
}

function cursorAfter({ createdAt, id }: StoredOperation): string {
  return cursorOf([createdAt, id])
}

function readCursor(cursor: string): Pick<StoredOperation, 'createdAt' | 'id'> {
  const [createdAt, id] = valuesOfCursor(cursor)
  if (!isInstant(createdAt) || !isUuid(id)) throw foreignCursor()
  return { createdAt, id: id as OperationId }
}
