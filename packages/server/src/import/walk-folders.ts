import type { BigIntStats } from 'node:fs'
import { type NodeId, VitrineError } from '@vitrine/domain'
import type { ReportSoFar } from './import-report.ts'
import { planFolder, type KnownChild, type PlannedEntry } from './plan-folder.ts'
import { printablePath } from './printable-path.ts'
import { joined, readFolder } from './read-folder.ts'

/** Where an import goes to: this server's repository, or another's over HTTP. */
export interface WalkTarget {
  /** Children of a folder; none of those in the trash. */
  childrenOf(folder: NodeId): Promise<readonly KnownChild[]>
  /** The folder for one of the disk: a new one when it is not known. Undefined when nothing is to be made: when counting. */
  folderFor(parent: NodeId | undefined, planned: PlannedEntry): Promise<NodeId | undefined>
}

/** A file that a walk came by. */
export interface WalkedFile {
  readonly planned: PlannedEntry
  /** Path on the disk of the folder that it lies in. */
  readonly directory: Buffer
  /** For people: its path below the directory that is imported. */
  readonly path: string
  /** The folder of the repository that it belongs into; undefined when that does not exist yet and nothing is made. */
  readonly folder: NodeId | undefined
}

/** A walk over a directory of a disk. */
export interface Walk {
  readonly directory: Buffer
  /** The folder of the repository that takes in what the directory holds. */
  readonly folder: NodeId
  readonly target: WalkTarget
  /** Told what is renamed and left out. */
  readonly report: Pick<ReportSoFar, 'renamed' | 'skipped'>
  /** Tells of a folder that is not to be gone into, and why. */
  readonly skip?: (found: BigIntStats) => string | undefined
}

interface Place {
  readonly directory: Buffer
  readonly folder: NodeId | undefined
  /** Below the directory that is imported: bytes of the disk, names of the repository. Empty for that itself. */
  readonly diskPath: Buffer
  readonly path: string
}

/**
 * Every file below a directory, folder after folder in the order of their names' bytes. Folders are made as they are
 * met, also empty ones. What cannot be read is reported, and the walk goes on.
 *
 * Holds the entries of one folder and the folders still to come; asks the target once for each folder.
 *
 * @throws {VitrineError} `import/unreadable` when the directory itself cannot be read
 */
export async function* walkFolders(walk: Walk): AsyncGenerator<WalkedFile> {
  const waiting: Place[] = [{ directory: walk.directory, folder: walk.folder, diskPath: Buffer.alloc(0), path: '' }]
  for (let place = waiting.pop(); place; place = waiting.pop()) {
    const planned = await planPlace(walk, place)
    const deeper: Place[] = []
    for (const one of planned) {
      const below = placeOf(place, one)
      reportRenamed(walk, one, below)
      if (one.entry.kind === 'file') {
        yield { planned: one, directory: place.directory, path: printablePath(below.diskPath), folder: place.folder }
      } else {
        deeper.push({ ...below, folder: await walk.target.folderFor(place.folder, one) })
      }
    }
    waiting.push(...deeper.toReversed())
  }
}

async function planPlace(walk: Walk, place: Place): Promise<PlannedEntry[]> {
  try {
    const { entries, leftOut } = await readFolder(place.directory, walk.skip)
    for (const { name, reason, unreadable } of leftOut) {
      walk.report.skipped(printablePath(joined(place.diskPath, name)), reason, unreadable)
    }
    return planFolder(entries, place.folder === undefined ? [] : await walk.target.childrenOf(place.folder))
  } catch (error) {
    const isOne = error instanceof VitrineError && error.code === 'import/unreadable'
    if (!isOne || place.directory === walk.directory) throw error
    walk.report.skipped(printablePath(place.diskPath), error.message, true)
    return []
  }
}

function placeOf(place: Place, { entry, name, known }: PlannedEntry): Place {
  return {
    directory: joined(place.directory, entry.name),
    folder: known?.id,
    diskPath: joined(place.diskPath, entry.name),
    path: place.path === '' ? name : `${place.path}/${name}`,
  }
}

function reportRenamed(walk: Walk, { sourceName }: PlannedEntry, { diskPath, path }: Place): void {
  if (sourceName !== null) walk.report.renamed(printablePath(diskPath), path)
}
