import { type NodeId, requireName, ROOT_ID, type Subject, VitrineError } from '@vitrine/domain'
import { bumpAccessEpoch } from '../access/access-epoch-store.ts'
import { privilegesOn, requirePrivilege } from '../access/node-access.ts'
import { isUniqueViolation } from '../db/failures.ts'
import type { Transaction } from '../db/open.ts'
import { inTransaction } from '../db/transaction.ts'
import { announceChange } from '../events/announce-change.ts'
import type { Parts } from '../parts.ts'
import { requireNode } from './create-folder.ts'
import { freeNameIn } from './free-name-in.ts'
import { nameTaken, requireFolder } from './ingest-files.ts'
import { childNamed } from './ingest-store.ts'
import { refuseGain } from './move-node.ts'
import { nodeById, type StoredNode } from './node-store.ts'
import { changedSince } from './node-tag.ts'
import { requireInTrash } from './require-in-trash.ts'
import { unmarkTrashed } from './trash-store.ts'
import { holdFolders, holdSubtree, updatePlace } from './tree-store.ts'

/** Others may take the name that was found free: after so many times it is told. */
const attempts = 5

/** Where a node is to go from the trash. */
export interface WantedRestore {
  /** Absent: the folder where it was. */
  readonly parent?: NodeId | undefined
  /** Absent: the name that it has. */
  readonly name?: string | undefined
  /** When the folder where it was is not there any more: the root takes it, or nothing is done. */
  readonly whenGone: 'root' | 'refuse'
  /** When the name is taken: another one is found, or nothing is done. */
  readonly whenTaken: 'free-name' | 'refuse'
  /** When it was put into the trash, in ms since the Unix epoch: nothing is done when it was put there at another time. */
  readonly trashedAt?: number | undefined
}

/**
 * Takes a node out of the trash. Takes `create` where it goes; and for what somebody else put into the trash, `delete`
 * on it. Nobody gets more rights on it by restoring it to another place: that is refused.
 *
 * @throws {VitrineError} `node/not-found` when it was not put into the trash itself, or the subject may not see it or
 * where it goes; `access/denied`, `node/not-a-folder`, `node/name-invalid`; `node/place-gone`, `node/name-taken`
 * and `node/changed` where these are to be told
 */
export async function restoreNode(
  parts: Pick<Parts, 'db'>,
  subject: Subject,
  id: NodeId,
  wanted: WantedRestore,
): Promise<StoredNode> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await inTransaction(parts.db, async (tx) => {
        await restoreWithin(tx, subject, id, wanted)
        const node = requireNode(await nodeById(tx, id))
        await bumpAccessEpoch(tx)
        return node
      })
    } catch (error) {
      if (!isUniqueViolation(error, 'nodes_live_name') || attempt === attempts) throw error
    }
  }
}

/**
 * Does what {@link restoreNode} does, within a transaction of the caller, who moves the access epoch.
 *
 * @throws what `restoreNode` throws; where the name has just been taken, the violation of `nodes_live_name`
 */
export async function restoreWithin(
  tx: Transaction,
  subject: Subject,
  id: NodeId,
  wanted: WantedRestore,
): Promise<void> {
  const { node, privileges } = await requireInTrash(tx, subject, id)
  // Restored, and put there again.
  if (wanted.trashedAt !== undefined && node.trashedAt !== wanted.trashedAt) throw changedSince(node)
  const folder = await destination(tx, subject, node, wanted)
  if (node.kind === 'folder') await holdSubtree(tx, id)
  await updatePlace(tx, node, folder, await nameThere(tx, node, folder, wanted))
  await unmarkTrashed(tx, node)
  if (folder !== node.parent) refuseGain(privileges, await privilegesOn(tx, subject, id))
  await announceChange(tx, { nodes: [{ id, folder }] })
}

/** Holds the folder where it goes. */
async function destination(
  tx: Transaction,
  subject: Subject,
  node: StoredNode,
  { parent: wanted, whenGone }: WantedRestore,
): Promise<NodeId> {
  const former = node.parent ?? ROOT_ID
  const held = await holdFolders(tx, [wanted ?? former, ROOT_ID])
  const isThere = wanted !== undefined || held.get(former)?.inTrash === false
  if (!isThere && whenGone === 'refuse') throw placeGone(node)
  const folder = isThere ? (wanted ?? former) : ROOT_ID
  await requirePrivilege(tx, subject, folder, 'create')
  return requireFolder(held.get(folder), folder).id
}

/** The failure of a node whose former folder is not there to take it back. */
export function placeGone({ id, name }: Pick<StoredNode, 'id' | 'name'>): VitrineError {
  return new VitrineError('node/place-gone', `The folder where "${name}" was is not there any more.`, { nodeId: id })
}

async function nameThere(tx: Transaction, node: StoredNode, folder: NodeId, wanted: WantedRestore): Promise<string> {
  const name = wanted.name === undefined ? node.name : requireName(wanted.name)
  if (wanted.whenTaken === 'free-name') return freeNameIn(tx, folder, name, node.kind)
  if ((await childNamed(tx, folder, name)) !== undefined) throw nameTaken(name)
  return name
}
