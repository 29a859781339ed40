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
import { requireSeen, type SeenTags } from './node-tag.ts'
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
 * `node/cycle`, `node/changed`
 */
export async function moveNode(
  parts: Pick<Parts, 'db'>,
  subject: Subject,
  id: NodeId,
  wanted: WantedPlace & { readonly seen?: SeenTags },
): Promise<StoredNode> {
  const place = { parent: wanted.parent, name: requireName(wanted.name) }
  try {
    return await inTransaction(parts.db, async (tx) => {
      const { leftFolder } = await moveWithin(tx, subject, id, { ...place, seen: wanted.seen })
      const node = requireNode(await nodeById(tx, id))
      if (leftFolder) await bumpAccessEpoch(tx)
      return node
    })
  } catch (error) {
    throw isUniqueViolation(error, 'nodes_live_name') ? nameTaken(place.name) : error
  }
}

/** What a move came to. */
export interface Moved {
  /** Where it was before. */
  readonly from: WantedPlace
  /** It lies in another folder now: rights may have been lost, and the caller moves the access epoch. */
  readonly leftFolder: boolean
}

/**
 * Does what {@link moveNode} does, within a transaction of the caller. The name has been checked.
 *
 * @throws what `moveNode` throws; where the name is taken, the violation of `nodes_live_name`
 */
export async function moveWithin(
  tx: Transaction,
  subject: Subject,
  id: NodeId,
  { parent, name, seen }: WantedPlace & { readonly seen?: SeenTags },
): Promise<Moved> {
  const before = await requirePrivilege(tx, subject, id, 'modify')
  const node = requireNode(await holdNode(tx, id))
  if (node.inTrash) throw new VitrineError('node/not-found', 'There is no such asset or folder.')
  requireSeen(node, seen)
  if (node.parent === null) throw new VitrineError('node/cycle', 'The root cannot be moved or renamed.')
  const leftFolder = node.parent !== parent
  if (leftFolder) {
    await requirePrivilege(tx, subject, parent, 'create')
    await holdPlace(tx, node, parent)
  }
  const isDifferent = leftFolder || node.name !== name
  if (isDifferent) await updatePlace(tx, node, parent, name)
  if (leftFolder) refuseGain(before, await privilegesOn(tx, subject, id))
  const folders = isDifferent ? new Set([node.parent, parent]) : []
  await announceChange(tx, { nodes: [...folders].map((folder) => ({ id, folder })) })
  return { from: { parent: node.parent, name: node.name }, leftFolder }
}

/** Holds what is moved and where it goes. */
async function holdPlace(tx: Transaction, node: StoredNode, parent: NodeId): Promise<void> {
  if (node.kind === 'folder') await holdSubtree(tx, node.id)
  requireFolder((await holdFolders(tx, [parent])).get(parent), parent)
  if (node.kind === 'folder' && (await liesWithin(tx, parent, node.id))) {
    throw new VitrineError('node/cycle', `"${node.name}" cannot be moved into itself.`, { nodeId: node.id })
  }
}

/**
 * Else a right that somebody lacks here could be had by moving things to where they have it.
 *
 * @throws {VitrineError} `access/denied`
 */
export function refuseGain(before: ReadonlySet<Privilege>, after: ReadonlySet<Privilege>): void {
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
