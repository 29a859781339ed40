import { type NodeId, type Privilege, requireName, type Subject, VitrineError } from '@vitrine/domain'
import { bumpAccessEpoch } from '../access/access-epoch-store.ts'
import { privilegesOn, requirePrivilege } from '../access/node-access.ts'
import { isUniqueViolation } from '../db/failures.ts'
import type { Transaction } from '../db/open.ts'
import { inTransaction } from '../db/transaction.ts'
import { announceChange } from '../events/announce-change.ts'
import type { Parts } from '../parts.ts'
import { requireNode } from './create-folder.ts'
import { nameTaken, requireFolder } from './ingest-files.ts'
import { nodeById, type StoredNode } from './node-store.ts'
import { holdFolders, holdNode, holdSubtree, liesWithin, updatePlace } from './tree-store.ts'

/** Where a node is to go, and what it is to be called there. */
export interface WantedPlace {
  readonly parent: NodeId
  readonly name: string
}

/**
 * Moves or renames a folder or an asset; its id stays. Takes `modify` on it, and `create` where it goes.
 *
 * Nobody gets more rights on it by moving it: that is refused. The time grows with the number of folders below it,
 * not of assets.
 *
 * @throws {VitrineError} `node/not-found`, `access/denied`, `node/not-a-folder`, `node/name-invalid`, `node/name-taken`,
 * `node/cycle`
 */
export async function moveNode(
  parts: Pick<Parts, 'db'>,
  subject: Subject,
  id: NodeId,
  wanted: WantedPlace,
): Promise<StoredNode> {
  const place = { parent: wanted.parent, name: requireName(wanted.name) }
  try {
    return await inTransaction(parts.db, (tx) => move(tx, subject, id, place))
  } catch (error) {
    throw isUniqueViolation(error, 'nodes_live_name') ? nameTaken(place.name) : error
  }
}

async function move(tx: Transaction, subject: Subject, id: NodeId, { parent, name }: WantedPlace) {
  const before = await requirePrivilege(tx, subject, id, 'modify')
  const node = requireNode(await holdNode(tx, id))
  if (node.inTrash) throw new VitrineError('node/not-found', 'There is no such asset or folder.')
  if (node.parent === null) throw new VitrineError('node/cycle', 'The root cannot be moved or renamed.')
  if (node.parent === parent) {
    if (node.name === name) return node
    await updatePlace(tx, node, parent, name)
    await announceChange(tx, { nodes: [{ id, folder: parent }] })
    return requireNode(await nodeById(tx, id))
  }
  await requirePrivilege(tx, subject, parent, 'create')
  await holdPlace(tx, node, parent)
  await updatePlace(tx, node, parent, name)
  refuseGain(before, await privilegesOn(tx, subject, id))
  await announceChange(tx, {
    nodes: [
      { id, folder: node.parent },
      { id, folder: parent },
    ],
  })
  await bumpAccessEpoch(tx)
  return requireNode(await nodeById(tx, id))
}

/** Holds what is moved and where it goes. */
async function holdPlace(tx: Transaction, node: StoredNode, parent: NodeId): Promise<void> {
  if (node.kind === 'folder') await holdSubtree(tx, node.id)
  requireFolder((await holdFolders(tx, [parent])).get(parent), parent)
  if (node.kind === 'folder' && (await liesWithin(tx, parent, node.id))) {
    throw new VitrineError('node/cycle', `"${node.name}" cannot be moved into itself.`, { nodeId: node.id })
  }
}

/** Else a right that somebody lacks here could be had by moving things to where they have it. */
function refuseGain(before: ReadonlySet<Privilege>, after: ReadonlySet<Privilege>): void {
  const gained = [...after].filter((privilege) => !before.has(privilege))
  if (gained.length === 0) return
  throw new VitrineError(
    'access/denied',
    'You may not move this there: it would give you rights that you do not have here.',
    {
      gained,
    },
  )
}
