import { type NodeId, type Subject, VitrineError } from '@vitrine/domain'
import { bumpAccessEpoch } from '../access/access-epoch-store.ts'
import { requirePrivilege } from '../access/node-access.ts'
import type { Transaction } from '../db/open.ts'
import { inTransaction } from '../db/transaction.ts'
import { announceChange } from '../events/announce-change.ts'
import type { Parts } from '../parts.ts'
import { markTrashed } from './trash-store.ts'
import { holdNode, holdSubtree } from './tree-store.ts'

/**
 * Puts a folder, with all below it, or an asset into the trash. From then on nobody meets it.
 *
 * @throws {VitrineError} `node/not-found`, `access/denied`
 */
export async function trashNode(parts: Pick<Parts, 'db' | 'clock'>, subject: Subject, id: NodeId): Promise<void> {
  await inTransaction(parts.db, async (tx) => {
    if (await trashWithin(tx, subject, id, parts.clock())) await bumpAccessEpoch(tx)
  })
}

/**
 * Does what {@link trashNode} does, within a transaction of the caller, who moves the access epoch.
 *
 * @param now in ms since the Unix epoch
 * @returns false when somebody else was faster
 */
export async function trashWithin(tx: Transaction, subject: Subject, id: NodeId, now: number): Promise<boolean> {
  await requirePrivilege(tx, subject, id, 'delete')
  const node = await holdNode(tx, id)
  if (node === undefined || node.inTrash) return false
  if (node.parent === null) throw new VitrineError('access/denied', 'The root cannot be put into the trash.')
  if (node.kind === 'folder') await holdSubtree(tx, id)
  await markTrashed(tx, node, subject.user, now)
  await announceChange(tx, { nodes: [{ id, folder: node.parent }] })
  return true
}
