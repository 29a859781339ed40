import { type NodeId, requireName, type Subject, VitrineError } from '@vitrine/domain'
import { requirePrivilege } from '../access/node-access.ts'
import { inTransaction } from '../db/transaction.ts'
import { announceChange } from '../events/announce-change.ts'
import type { Parts } from '../parts.ts'
import { nameTaken, requireFolder } from './ingest-files.ts'
import type { StoredNode } from './node-store.ts'
import { nodeById } from './node-store.ts'
import { holdFolders, insertFolder } from './tree-store.ts'

/** A folder that somebody wants. */
export interface WantedFolder {
  readonly parent: NodeId
  readonly name: string
  /** As it was on a disk, in ms since the Unix epoch; else now. */
  readonly modifiedAt?: number | undefined
  /** The bytes of the name on a disk, where they differ from the name. */
  readonly sourceName?: Buffer | null | undefined
}

/**
 * Makes a folder.
 *
 * @throws {VitrineError} `node/not-found`, `access/denied`, `node/not-a-folder`, `node/name-invalid`, `node/name-taken`
 */
export async function createFolder(
  parts: Pick<Parts, 'db' | 'clock' | 'newId'>,
  subject: Subject,
  wanted: WantedFolder,
): Promise<StoredNode> {
  const name = requireName(wanted.name)
  const now = parts.clock()
  const folder = {
    id: parts.newId() as NodeId,
    parent: wanted.parent,
    name,
    sourceName: wanted.sourceName ?? null,
    modifiedAt: wanted.modifiedAt ?? now,
    createdBy: subject.user,
  }
  return inTransaction(parts.db, async (tx) => {
    await requirePrivilege(tx, subject, wanted.parent, 'create')
    requireFolder((await holdFolders(tx, [wanted.parent])).get(wanted.parent), wanted.parent)
    if (!(await insertFolder(tx, folder, now))) throw nameTaken(name)
    await announceChange(tx, { nodes: [{ id: folder.id, folder: folder.parent }] })
    return requireNode(await nodeById(tx, folder.id))
  })
}

/** @throws {VitrineError} `node/not-found` */
export function requireNode<Node extends StoredNode>(node: Node | undefined): Node {
  if (node) return node
  throw new VitrineError('node/not-found', 'There is no such asset or folder.')
}
