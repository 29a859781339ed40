import { type BlobHash, cleanImportName, FolderNames, type NodeId } from '@vitrine/domain'
import type { DiskEntry } from './read-folder.ts'

/** What a version says of the file that it came from. */
export interface KnownContent {
  /** In bytes. */
  readonly size: number
  /** In ms since the Unix epoch. */
  readonly modifiedAt: number
}

/** A child of a folder in the repository, as far as an import cares. */
export interface KnownChild {
  readonly id: NodeId
  readonly kind: 'folder' | 'asset'
  readonly name: string
  /** The bytes of its name on the disk, where they differ from the name. */
  readonly sourceName: Buffer | null
  /** Of an asset's current version. */
  readonly current?: (KnownContent & { readonly sha256: BlobHash; readonly storedAt: number }) | undefined
  /** Of its other versions. */
  readonly earlier?: readonly KnownContent[]
}

/** A file or folder of the disk, and what it is or becomes in the repository. */
export interface PlannedEntry {
  readonly entry: DiskEntry
  /** Its name in the repository. */
  readonly name: string
  /** The bytes of its name on the disk, where they differ from the name. */
  readonly sourceName: Buffer | null
  /** What it is already. */
  readonly known: KnownChild | undefined
  /** For a file. `compare`: only the bytes tell whether it changed. */
  readonly action: 'new' | 'unchanged' | 'compare'
}

/**
 * A file that was written to so shortly before it was taken in may have been written to again within the same tick of
 * its disk's clock. In ms; the coarsest clock of a disk (FAT) ticks every two seconds.
 */
const coarsestTick = 2000

/**
 * Says what the entries of a folder on a disk are in a folder of the repository, and how those are called that are new.
 *
 * It is the same each time: an entry is known again by the bytes of its name on the disk. Of entries whose clean names
 * are the same, the one that needs no cleaning gets the name, then the others in the order of their bytes.
 *
 * A file is unchanged when it has the size and time of any version: one that somebody has replaced in the repository
 * since is not put back.
 */
export function planFolder(entries: readonly DiskEntry[], children: readonly KnownChild[]): PlannedEntry[] {
  const known = knownBySource(children)
  const names = new FolderNames(children.map(({ name }) => name))
  const planned = new Map<DiskEntry, PlannedEntry>()
  for (const entry of cleanFirst(entries)) {
    const child = known.get(keyOf(entry.kind === 'folder' ? 'folder' : 'asset', entry.name))
    const name = child?.name ?? names.take(cleanImportName(entry.name), entry.kind === 'folder' ? 'folder' : 'asset')
    const sourceName = entry.name.equals(Buffer.from(name)) ? null : entry.name
    planned.set(entry, { entry, name, sourceName, known: child, action: actionOf(entry, child) })
  }
  return entries.flatMap((entry) => planned.get(entry) ?? [])
}

/** Entries whose names need no cleaning, then the others. */
function cleanFirst(entries: readonly DiskEntry[]): DiskEntry[] {
  const isClean = ({ name }: DiskEntry) => name.equals(Buffer.from(cleanImportName(name)))
  return [...entries.filter(isClean), ...entries.filter((entry) => !isClean(entry))]
}

/** Children by the bytes that their names have on the disk. */
function knownBySource(children: readonly KnownChild[]): Map<string, KnownChild> {
  const named = children.filter(({ sourceName }) => sourceName === null)
  const renamed = children.filter(({ sourceName }) => sourceName !== null)
  // A source name that was written down wins over a name that happens to be the same.
  return new Map(
    [...named, ...renamed].map((child) => [keyOf(child.kind, child.sourceName ?? Buffer.from(child.name)), child]),
  )
}

function keyOf(kind: 'folder' | 'asset', name: Buffer): string {
  return `${kind}/${name.toString('latin1')}`
}

function actionOf(entry: DiskEntry, child: KnownChild | undefined): PlannedEntry['action'] {
  if (child?.current === undefined) return 'new'
  if (child.earlier?.some((one) => isLike(entry, one))) return 'unchanged'
  const isSettled = child.current.modifiedAt < child.current.storedAt - coarsestTick
  return isLike(entry, child.current) && isSettled ? 'unchanged' : 'compare'
}

function isLike(entry: DiskEntry, known: KnownContent): boolean {
  return entry.size === known.size && entry.modifiedAt === known.modifiedAt
}
