import { type NodeId, type Subject, VitrineError } from '@vitrine/domain'
import { type Privileges, privilegesDespiteTrash } from '../access/node-access.ts'
import type { Transaction } from '../db/open.ts'
import type { StoredNode } from './node-store.ts'
import { isGivenUp, trashedBy } from './trash-store.ts'
import { holdNode } from './tree-store.ts'

/** A node that was put into the trash itself, held until the commit. */
export interface TrashedNode {
  readonly node: StoredNode
  /** What the subject could do with it if it were not in the trash. */
  readonly privileges: Privileges
}

/**
 * Lets through who may restore or remove something in the trash: who put it there, or has `delete` on it; and may read it.
 *
 * @throws {VitrineError} `node/not-found` also when it was not put into the trash itself, or given up for good
 */
export async function requireInTrash(tx: Transaction, subject: Subject, id: NodeId): Promise<TrashedNode> {
  const node = await holdNode(tx, id)
  const privileges = (await privilegesDespiteTrash(tx, subject, [id])).get(id)
  const isThere = node !== undefined && node.trashedAt !== null && !(await isGivenUp(tx, node))
  if (isThere && privileges?.has('read')) {
    if (privileges.has('delete') || (await trashedBy(tx, id)) === subject.user) return { node, privileges }
  }
  throw new VitrineError('node/not-found', 'There is no such asset or folder in the trash.', { nodeId: id })
}
