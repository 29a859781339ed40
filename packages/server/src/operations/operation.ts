import type { ConflictWay, OperationBody, OperationKind } from '@vitrine/api'
import type { BlobHash, ErrorCode, NodeId, OperationId, PrincipalId, VersionId } from '@vitrine/domain'

/** An operation on many nodes, as it is kept. */
export interface StoredOperation {
  readonly id: OperationId
  readonly kind: OperationKind
  readonly state: OperationBody['state']
  readonly startedBy: PrincipalId
  /** Where things go, for those that need a folder. */
  readonly to: NodeId | null
  readonly conflict: ConflictWay
  /** The operation that this one takes back. */
  readonly undoOf: OperationId | null
  /** Whether another operation takes this one back. */
  readonly isUndone: boolean
  readonly nodes: {
    readonly total: number
    /** Tried, whatever came of it. */
    readonly done: number
    readonly failed: number
    /** Done so that they can be put back. */
    readonly undoable: number
  }
  /** In ms since the Unix epoch. */
  readonly createdAt: number
  /** In ms since the Unix epoch; null while it runs. */
  readonly endedAt: number | null
}

/** A node that an operation has to do. */
export interface WaitingNode {
  readonly position: number
  readonly id: NodeId
  /** What the operation did to it that this one takes back. */
  readonly takesBack: Effect | null
}

/** A place in the tree. */
export interface Place {
  readonly parent: NodeId
  readonly name: string
}

/**
 * What was done to a node, as far as it can be taken back.
 *
 * - `move`: it lies elsewhere or has another name;
 * - `trash`: it was put into the trash then;
 * - `merge`: its content became a version of an asset, and it was put into the trash.
 */
export type Effect =
  | { readonly did: 'move'; readonly from: Place; readonly to: Place }
  | { readonly did: 'trash'; readonly at: number }
  | {
      readonly did: 'merge'
      readonly into: NodeId
      /** What that asset held from then on. */
      readonly blob: BlobHash
      /** The version that was current before. */
      readonly before: VersionId
      readonly at: number
    }

/** What came of one node. `skipped`: there was nothing to do, or it was to be left where the name is taken. */
export type Outcome =
  | { readonly state: 'done'; readonly effect?: Effect }
  | { readonly state: 'skipped' }
  | ({ readonly state: 'failed' } & Failure)

/** Why a node could not be done. */
export interface Failure {
  readonly code: ErrorCode
  /** A sentence. */
  readonly detail: string
  /** Empty when it is not for whoever began the operation to know. */
  readonly name: string
}

/** Whether an operation can be taken back: one that has ended, was not taken back before, and takes back none itself. */
export function canUndo({ state, undoOf, isUndone, nodes }: StoredOperation): boolean {
  return state !== 'running' && undoOf === null && !isUndone && nodes.undoable > 0
}
