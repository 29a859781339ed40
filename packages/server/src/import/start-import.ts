import { readdir, realpath, stat } from 'node:fs/promises'
import { isAbsolute, relative, sep } from 'node:path'
import { type NodeId, requireName, ROOT_ID, type Subject, VitrineError } from '@vitrine/domain'
import { requirePrivilege } from '../access/node-access.ts'
import { unreadable } from '../blobs/unreadable.ts'
import { inTransaction } from '../db/transaction.ts'
import { announceChange } from '../events/announce-change.ts'
import type { Parts } from '../parts.ts'
import { requireNode } from '../repository/create-folder.ts'
import { requireFolder } from '../repository/ingest-files.ts'
import { holdNode } from '../repository/tree-store.ts'
import { ensureFolder } from '../repository/ensure-folder.ts'
import { insertImport, runningInto, type StoredImport } from './import-store.ts'

/** What is to be imported, and where to. */
export interface WantedImport {
  /** Absolute path on this disk. */
  readonly directory: string
  /** The folder that takes in what the directory holds, or the name of one below the root. */
  readonly into: { readonly folder: NodeId } | { readonly name: string }
}

/**
 * Records that a directory is to be imported; an `ImportRunner` does it. The same directory into the same folder, while
 * that still runs, is the same import.
 *
 * @returns the import's id
 * @throws {VitrineError} `import/unreadable`, `import/running` when another directory is being imported into the folder,
 * `node/not-found`, `node/not-a-folder`, `node/name-invalid`, `node/name-taken`, `access/denied`
 */
export async function startImport(
  parts: Pick<Parts, 'db' | 'clock' | 'newId' | 'config'>,
  subject: Subject,
  wanted: WantedImport,
): Promise<string> {
  const directory = await readableDirectory(wanted.directory)
  await refuseOwn(parts, directory)
  const source = Buffer.from(directory)
  const folder = await folderOf(parts, subject, wanted.into)
  const begun = { id: parts.newId(), folder, source, startedBy: subject.user, startedAt: parts.clock() }
  return inTransaction(parts.db, async (tx) => {
    await requirePrivilege(tx, subject, folder, 'create')
    // Held: two that begin at once do not miss each other.
    requireFolder(requireNode(await holdNode(tx, folder)), folder)
    const running = await runningInto(tx, folder)
    if (running) return sameImport(running, source)
    await insertImport(tx, begun)
    await announceChange(tx, { workOf: [begun.startedBy] })
    return begun.id
  })
}

async function readableDirectory(directory: string): Promise<string> {
  try {
    const path = await realpath(directory).catch(unreadable)
    if (!(await stat(path).catch(unreadable)).isDirectory())
      throw new VitrineError('import/unreadable', 'it is not a folder')
    await readdir(path).catch(unreadable)
    return path
  } catch (error) {
    if (!(error instanceof VitrineError)) throw error
    throw new VitrineError(
      'import/unreadable',
      `${directory} cannot be imported: ${error.message}.`,
      {},
      { cause: error },
    )
  }
}

/** What is stored would be imported again and again. */
async function refuseOwn({ config }: Pick<Parts, 'config'>, directory: string): Promise<void> {
  const own = await realpath(config.dataFolder)
  if (relative(own, directory).split(sep)[0] === '..' || isAbsolute(relative(own, directory))) return
  throw new VitrineError('import/unreadable', `${directory} cannot be imported: Vitrine keeps its own data there.`)
}

async function folderOf(
  parts: Pick<Parts, 'db' | 'clock' | 'newId'>,
  subject: Subject,
  into: WantedImport['into'],
): Promise<NodeId> {
  if ('folder' in into) return into.folder
  await requirePrivilege(parts.db, subject, ROOT_ID, 'create')
  const wanted = { parent: ROOT_ID, name: requireName(into.name), sourceName: null, modifiedAt: parts.clock() }
  return ensureFolder(parts, subject.user, wanted)
}

function sameImport(running: StoredImport, source: Buffer): string {
  if (running.source.equals(source)) return running.id
  throw new VitrineError('import/running', 'Another folder is being imported there. Wait until that has ended.')
}
