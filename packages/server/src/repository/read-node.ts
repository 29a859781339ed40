import type { NodeId, Subject } from '@vitrine/domain'
import { privilegesDespiteTrash, requirePrivilege } from '../access/node-access.ts'
import type { Database, Transaction } from '../db/open.ts'
import { requireNode } from './create-folder.ts'
import { nodeById, type StoredNode } from './node-store.ts'

/** A node as it is kept, for features that do not know the store. */
export type KeptNode = StoredNode

/**
 * A node that somebody may read, as it is kept.
 *
 * @throws {VitrineError} `node/not-found`
 */
export async function readNode(db: Database | Transaction, subject: Subject, id: NodeId): Promise<KeptNode> {
  await requirePrivilege(db, subject, id, 'read')
  return requireNode(await nodeById(db, id))
}

/** What a node is called, also in the trash, for somebody who may read it; undefined for others, and when there is none. */
export async function nameDespiteTrash(
  db: Database | Transaction,
  subject: Subject,
  id: NodeId,
): Promise<string | undefined> {
  const granted = (await privilegesDespiteTrash(db, subject, [id])).get(id)
  return granted?.has('read') ? (await nodeById(db, id))?.name : undefined
}
