import type { NodeId, PrincipalId } from '@vitrine/domain'
import { inTransaction } from '../db/transaction.ts'
import type { Parts } from '../parts.ts'
import { nameTaken, requireFolder } from '../repository/ingest-files.ts'
import { childNamed } from '../repository/ingest-store.ts'
import { holdFolders, insertFolder, type NewFolder } from '../repository/tree-store.ts'

/**
 * The folder of this name: the one that is there, or a new one.
 *
 * @throws {VitrineError} `node/not-found` when the parent is gone, `node/name-taken` when an asset has the name
 */
export async function ensureFolder(
  parts: Pick<Parts, 'db' | 'clock' | 'newId'>,
  by: PrincipalId,
  wanted: Pick<NewFolder, 'parent' | 'name' | 'sourceName' | 'modifiedAt'>,
): Promise<NodeId> {
  const id = parts.newId() as NodeId
  return inTransaction(parts.db, async (tx) => {
    requireFolder((await holdFolders(tx, [wanted.parent])).get(wanted.parent), wanted.parent)
    if (await insertFolder(tx, { ...wanted, id, createdBy: by }, parts.clock())) return id
    const there = await childNamed(tx, wanted.parent, wanted.name)
    if (there?.kind === 'folder') return there.id
    throw nameTaken(wanted.name)
  })
}
