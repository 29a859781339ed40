import type { NodeId, PrincipalId, Subject } from '@vitrine/domain'
import { requirePrivilege } from '../access/node-access.ts'
import { inTransaction } from '../db/transaction.ts'
import { announceChange } from '../events/announce-change.ts'
import type { Parts } from '../parts.ts'
import { nameTaken, requireFolder } from './ingest-files.ts'
import { childNamed } from './ingest-store.ts'
import { holdFolders, insertFolder, type NewFolder } from './tree-store.ts'

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
    if (await insertFolder(tx, { ...wanted, id, createdBy: by }, parts.clock())) {
      await announceChange(tx, { nodes: [{ id, folder: wanted.parent }] })
      return id
    }
    const there = await childNamed(tx, wanted.parent, wanted.name)
    if (there?.kind === 'folder') return there.id
    throw nameTaken(wanted.name)
  })
}

/**
 * The folder at a path below another one. What is missing on the way is made, once, also when many ask for it at the
 * same time; that takes `create` where the first one is missing.
 *
 * @param names in NFC, checked; none: the folder itself
 * @throws {VitrineError} `node/not-found` when the folder is gone, `access/denied`, `node/name-taken` when an asset has
 * one of the names
 */
export async function ensureFolders(
  parts: Pick<Parts, 'db' | 'clock' | 'newId'>,
  subject: Subject,
  folder: NodeId,
  names: readonly string[],
): Promise<NodeId> {
  let place = folder
  for (const name of names) {
    const there = await childNamed(parts.db, place, name)
    if (there?.kind === 'folder') place = there.id
    else {
      await requirePrivilege(parts.db, subject, place, 'create')
      const wanted = { parent: place, name, sourceName: null, modifiedAt: parts.clock() }
      place = await ensureFolder(parts, subject.user, wanted)
    }
  }
  return place
}
