import {
  freeName,
  isAdministrator,
  type NodeId,
  ROOT_ID,
  splitExtension,
  type Subject,
  VitrineError,
} from '@vitrine/domain'
import { bumpAccessEpoch } from '../access/access-epoch-store.ts'
import { privilegesOn, requirePrivilege } from '../access/node-access.ts'
import { isUniqueViolation } from '../db/failures.ts'
import type { Transaction } from '../db/open.ts'
import { inTransaction } from '../db/transaction.ts'
import { announceChange } from '../events/announce-change.ts'
import type { Parts } from '../parts.ts'
import { requireNode } from './create-folder.ts'
import { nodeById, type StoredNode } from './node-store.ts'
import { trashedBy, unmarkTrashed } from './trash-store.ts'
import { holdFolders, holdNode, holdSubtree, takenNames, updatePlace } from './tree-store.ts'

/** Others may take the name that was found free: after so many times it is told. */
const attempts = 5

/**
 * Takes a node out of the trash: back to the folder where it was, or to the root when that is gone. Where its name is
 * taken by now, it gets a free one. Takes `create` there; and for what somebody else put into the trash, `delete`.
 *
 * @throws {VitrineError} `node/not-found` when it was not put into the trash itself, or the subject may not see where
 * it goes; `access/denied`
 */
export async function restoreNode(parts: Pick<Parts, 'db'>, subject: Subject, id: NodeId): Promise<StoredNode> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await inTransaction(parts.db, (tx) => restore(tx, subject, id))
    } catch (error) {
      if (!isUniqueViolation(error, 'nodes_live_name') || attempt === attempts) throw error
    }
  }
}

async function restore(tx: Transaction, subject: Subject, id: NodeId): Promise<StoredNode> {
  const node = requireNode(await holdNode(tx, id))
  if (node.trashedAt === null) throw new VitrineError('node/not-found', 'This is not in the trash.', { nodeId: id })
  const folder = await destination(tx, node)
  await requireMayRestore(tx, subject, id, folder)
  if (node.kind === 'folder') await holdSubtree(tx, id)
  const taken = await takenNames(tx, folder, beginningOf(node.name))
  await updatePlace(
    tx,
    node,
    folder,
    freeName(node.name, (name) => taken.has(name), node.kind),
  )
  await unmarkTrashed(tx, node)
  await announceChange(tx, { nodes: [{ id, folder }] })
  await bumpAccessEpoch(tx)
  return requireNode(await nodeById(tx, id))
}

/** What every name that `freeName` makes of this one begins with. */
function beginningOf(name: string): string {
  return [...splitExtension(name).stem].slice(0, 50).join('')
}

/** The folder where it was, unless that is in the trash itself. */
async function destination(tx: Transaction, { parent }: StoredNode): Promise<NodeId> {
  const held = await holdFolders(tx, [...(parent ? [parent] : []), ROOT_ID])
  const former = parent && held.get(parent)
  return former && !former.inTrash ? former.id : ROOT_ID
}

async function requireMayRestore(tx: Transaction, subject: Subject, id: NodeId, folder: NodeId): Promise<void> {
  const isOwn = (await trashedBy(tx, id)) === subject.user || isAdministrator(subject)
  const granted = await privilegesOn(tx, subject, folder)
  if (!isOwn && !granted.has('delete')) {
    throw new VitrineError('node/not-found', 'There is no such asset or folder in the trash.', { nodeId: id })
  }
  await requirePrivilege(tx, subject, folder, 'create')
}
