import type { ConflictWay, NodeSelection, OperationKind } from '@vitrine/api'
import { type NodeId, type OperationId, type Subject, VitrineError } from '@vitrine/domain'
import { requirePrivilege } from '../access/node-access.ts'
import type { Transaction } from '../db/open.ts'
import { inTransaction } from '../db/transaction.ts'
import type { Parts } from '../parts.ts'
import { requireFolder } from '../repository/ingest-files.ts'
import { readNode } from '../repository/read-node.ts'
import { countBelow, insertNodes } from './operation-node-store.ts'
import { countRunning, insertOperation, setTotal } from './operation-store.ts'
import { selectedNodes } from './selected-nodes.ts'

/** What somebody wants done to many nodes. */
export interface WantedOperation {
  readonly kind: OperationKind
  readonly selection: NodeSelection
  /** The folder where things go. */
  readonly to: NodeId | undefined
  readonly conflict: ConflictWay
}

/** An operation that has begun. */
export interface BegunOperation {
  readonly id: OperationId
  /** So few nodes, with so little below them, that whoever asks can wait for it. */
  readonly isSmall: boolean
}

/** Operations of one person that run at the same time, or so many: of some that begin at the same moment, all may. */
const mostRunning = 50
/** Nodes of a small operation at most, and nodes below them. */
const small = { nodes: 100, below: 500 }
/** What a small operation's job waits, in ms: it finds work only where the answer did not come to its end. */
const jobDelay = 3000

type Needed = Pick<Parts, 'db' | 'clock' | 'newId' | 'queue'>

/**
 * Begins an operation: which nodes it is about is settled now, a job does them. Rights on each node are looked at when
 * its turn comes.
 *
 * @throws {VitrineError} `request/invalid` for what does not go together; `operation/too-many`; `node/not-found`, `access/denied` and
 * `node/not-a-folder` about the folder where things go, or whose children are chosen
 */
export async function startOperation(
  parts: Needed,
  subject: Subject,
  wanted: WantedOperation,
): Promise<BegunOperation> {
  requireSense(wanted)
  const { kind, conflict, to, selection } = wanted
  const id = parts.newId() as OperationId
  return inTransaction(parts.db, async (tx) => {
    if ((await countRunning(tx, subject.user)) >= mostRunning) throw tooMany()
    if (to !== undefined) await requireTarget(tx, subject, to)
    const createdAt = parts.clock()
    await insertOperation(tx, {
      id,
      kind,
      conflict,
      to: to ?? null,
      startedBy: subject.user,
      undoOf: null,
      createdAt,
    })
    let total = 0
    for await (const ids of selectedNodes(tx, subject, selection)) {
      await insertNodes(tx, id, ids, total)
      total += ids.length
    }
    return begin(parts, tx, id, total)
  })
}

/** Settles how many nodes an operation has, and has a job do them, within the transaction that makes it. */
export async function begin(
  { queue }: Pick<Parts, 'queue'>,
  tx: Transaction,
  id: OperationId,
  total: number,
): Promise<BegunOperation> {
  await setTotal(tx, id, total)
  const isSmall = total <= small.nodes && (await countBelow(tx, id, small.below + 1)) <= small.below
  await queue.enqueue(tx, 'run-operation', { operation: id }, { onlyOne: id, ...(isSmall && { delay: jobDelay }) })
  return { id, isSmall }
}

async function requireTarget(tx: Transaction, subject: Subject, to: NodeId): Promise<void> {
  requireFolder(await readNode(tx, subject, to), to)
  await requirePrivilege(tx, subject, to, 'create')
}

/** What each kind takes, besides nodes that are named. */
const sense = {
  move: { from: 'folder', to: 'needed' },
  copy: { from: 'folder', to: 'needed' },
  trash: { from: 'folder', to: 'refused' },
  restore: { from: 'trash', to: 'possible' },
  remove: { from: 'trash', to: 'refused' },
} as const satisfies Record<OperationKind, unknown>

function requireSense({ kind, selection, to, conflict }: WantedOperation): void {
  const takes = sense[kind]
  if (to === undefined && takes.to === 'needed') throw invalid(`To ${kind}, name the folder where it goes.`, 'to')
  if (to !== undefined && takes.to === 'refused') throw invalid(`To ${kind}, no folder is needed.`, 'to')
  if (!('nodes' in selection) && !(takes.from in selection)) {
    throw invalid(`To ${kind}, choose nodes${takes.from === 'trash' ? ' in the trash' : ', or a folder'}.`, 'selection')
  }
  if (conflict === 'version' && takes.to !== 'needed') {
    throw invalid('Only what is moved or copied can become a version.', 'conflict')
  }
}

function tooMany(): VitrineError {
  return new VitrineError(
    'operation/too-many',
    `${mostRunning} operations that you began are still running. Wait for one of them, or cancel one.`,
    { limit: mostRunning },
  )
}

function invalid(message: string, field: string): VitrineError {
  return new VitrineError('request/invalid', message, { field })
}
