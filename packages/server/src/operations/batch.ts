import type { NodeId, Subject } from '@vitrine/domain'
import type { Transaction } from '../db/open.ts'
import type { Parts } from '../parts.ts'
import type { StoredOperation } from './operation.ts'

/** What the steps of an operation need besides a transaction. */
export type StepParts = Pick<Parts, 'clock' | 'newId' | 'queue' | 'log'>

/** Nodes of one operation that are done in one transaction. */
export interface Batch {
  readonly parts: StepParts
  readonly tx: Transaction
  /** Who began the operation, with the rights of now. */
  readonly subject: Subject
  readonly operation: StoredOperation
  /** In ms since the Unix epoch. */
  readonly now: number
}

/** The folder where things go. An operation that needs one has it from the beginning. */
export function targetOf({ operation }: Batch): NodeId {
  if (operation.to !== null) return operation.to
  throw new Error(`operation ${operation.id} needs a folder`)
}
