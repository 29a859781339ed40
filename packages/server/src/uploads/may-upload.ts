import type { Subject } from '@vitrine/domain'
import { requirePrivilege } from '../access/node-access.ts'
import type { Database } from '../db/open.ts'
import { nameTaken, requireFolder } from '../repository/ingest-files.ts'
import { readNode } from '../repository/read-node.ts'
import { resolvePaths } from '../repository/resolve-paths.ts'
import { requireMayPut } from '../repository/upload-asset.ts'
import type { WantedUpload } from './upload-store.ts'

/**
 * Lets through who may upload this now: it takes `create` where the first folder on the way is missing, or, when none is,
 * what putting an asset there takes.
 *
 * @throws {VitrineError} `node/not-found`, `access/denied`, `node/not-a-folder`, `node/name-taken`
 */
export async function requireMayUpload(
  db: Database,
  subject: Subject,
  { folder, path, conflict }: Pick<WantedUpload, 'folder' | 'path' | 'conflict'>,
): Promise<void> {
  requireFolder(await readNode(db, subject, folder), folder)
  const [standing] = await resolvePaths(db, folder, [path])
  const name = path.at(-1)
  if (standing === undefined || name === undefined) return
  if (standing.missing.length === 0) {
    return requireMayPut(db, subject, { folder: standing.folder, name, whenTaken: conflict })
  }
  if (standing.taken) throw nameTaken(standing.taken.name)
  await requirePrivilege(db, subject, standing.folder, 'create')
}
