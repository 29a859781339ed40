import type { OperationKind } from '@vitrine/api'
import { type NodeId, VitrineError } from '@vitrine/domain'
import { privilegesDespiteTrash } from '../access/node-access.ts'
import { inSavepoint } from '../db/savepoint.ts'
import { copyWithin } from '../repository/copy-node.ts'
import { mergeWithin } from '../repository/merge-asset.ts'
import { moveWithin } from '../repository/move-node.ts'
import { readNode } from '../repository/read-node.ts'
import { removeWithin } from '../repository/remove-node.ts'
import { restoreWithin } from '../repository/restore-node.ts'
import { trashWithin } from '../repository/trash-node.ts'
import { type Batch, targetOf } from './batch.ts'
import type { Effect, Outcome } from './operation.ts'
import { liesBelowGone } from './operation-node-store.ts'
import { wayInto } from './way-into.ts'

/** Does one node of an operation. Throws what the use case throws; the violation of `nodes_live_name` means: try again. */
export type Step = (batch: Batch, id: NodeId) => Promise<Outcome>

/** What each kind of operation does to a node. */
export const steps: { readonly [Kind in OperationKind]: Step } = { move, copy, trash, restore, remove }

const done: Outcome = { state: 'done' }
const skipped: Outcome = { state: 'skipped' }

function doneSo(effect: Effect): Outcome {
  return { state: 'done', effect }
}

async function move(batch: Batch, id: NodeId): Promise<Outcome> {
  const { tx, subject } = batch
  const folder = targetOf(batch)
  const found = await wayInto(batch, await readNode(tx, subject, id), folder, id)
  if (found.way === 'skip') return skipped
  if (found.way === 'merge') return mergeAndTrash(batch, id, found.into)
  const { from } = await moveWithin(tx, subject, id, { parent: folder, name: found.name })
  return from.parent === folder ? skipped : doneSo({ did: 'move', from, to: { parent: folder, name: found.name } })
}

/** The asset whose content went into another one is not needed twice, but not lost either. */
async function mergeAndTrash({ parts, tx, subject, now }: Batch, id: NodeId, into: NodeId): Promise<Outcome> {
  const merged = await mergeWithin(parts, tx, subject, { from: id, into })
  await trashWithin(tx, subject, id, now)
  return doneSo(merged ? { did: 'merge', into, ...merged, at: now } : { did: 'trash', at: now })
}

async function copy(batch: Batch, id: NodeId): Promise<Outcome> {
  const { parts, tx, subject, operation } = batch
  const folder = targetOf(batch)
  const found = await wayInto(batch, await readNode(tx, subject, id), folder)
  if (found.way === 'skip') return skipped
  if (found.way === 'merge') {
    return (await mergeWithin(parts, tx, subject, { from: id, into: found.into })) ? done : skipped
  }
  // Without a name it takes the next one that is free when others are faster.
  const name = operation.conflict === 'keep-both' ? undefined : found.name
  await copyWithin(parts, tx, subject, id, { parent: folder, name })
  return done
}

async function trash(batch: Batch, id: NodeId): Promise<Outcome> {
  const { tx, subject, now } = batch
  if (await wentAlong(batch, id, 'trashed')) return skipped
  return (await trashWithin(tx, subject, id, now)) ? doneSo({ did: 'trash', at: now }) : skipped
}

async function restore({ tx, subject, operation }: Batch, id: NodeId): Promise<Outcome> {
  const whenTaken = operation.conflict === 'keep-both' ? 'free-name' : 'refuse'
  const wanted = { parent: operation.to ?? undefined, whenGone: 'refuse', whenTaken } as const
  try {
    // A step of its own: what it held before it found the name taken is given free.
    await inSavepoint(tx, () => restoreWithin(tx, subject, id, wanted))
    return done
  } catch (error) {
    const isTaken = error instanceof VitrineError && error.code === 'node/name-taken'
    if (isTaken && operation.conflict === 'skip') return skipped
    throw error
  }
}

async function remove(batch: Batch, id: NodeId): Promise<Outcome> {
  if (await wentAlong(batch, id, 'removed')) return skipped
  await removeWithin(batch.tx, batch.subject, id, batch.now)
  return done
}

/** Whether a node that somebody may know of went with a folder above it that is one of the operation's nodes, too. */
async function wentAlong({ tx, subject, operation }: Batch, id: NodeId, how: 'trashed' | 'removed'): Promise<boolean> {
  if (!(await liesBelowGone(tx, operation.id, id, how))) return false
  return (await privilegesDespiteTrash(tx, subject, [id])).get(id)?.has('read') === true
}
