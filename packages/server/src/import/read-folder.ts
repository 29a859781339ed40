import type { BigIntStats } from 'node:fs'
import { lstat, readdir } from 'node:fs/promises'
import { VitrineError } from '@vitrine/domain'
import { inParallel } from '../blobs/in-parallel.ts'
import { unreadable } from '../blobs/unreadable.ts'

/** A file or folder on a disk. Its name is bytes: Node's strings cannot name what is not UTF-8. */
export interface DiskEntry {
  readonly kind: 'file' | 'folder'
  readonly name: Buffer
  /** In bytes; 0 for a folder. */
  readonly size: number
  /** In ms since the Unix epoch, whole. */
  readonly modifiedAt: number
  /** Differs when the file was written to, or is another one. */
  readonly state: string
}

/** Something that is not taken in, and why. */
export interface LeftOut {
  readonly name: Buffer
  readonly reason: string
  /** It should have been readable: a failure, and not something that is never taken in. */
  readonly unreadable: boolean
}

/** What a folder on a disk holds, each in the order of the bytes of its name. */
export interface DiskFolder {
  readonly entries: DiskEntry[]
  readonly leftOut: LeftOut[]
}

/** Entries that are looked at at the same time. */
const atOnce = 8

/**
 * Reads a folder. Symbolic links are not followed.
 *
 * @param skip tells of a folder that is not to be gone into, and why
 * @throws {VitrineError} `import/unreadable` when the folder itself cannot be read
 */
export async function readFolder(
  path: Buffer,
  skip: (found: BigIntStats) => string | undefined = () => undefined,
): Promise<DiskFolder> {
  const names = await readdir(path, { encoding: 'buffer' }).catch(unreadable)
  names.sort((a, b) => Buffer.compare(a, b))
  const found = new Map<Buffer, DiskEntry | LeftOut>()
  await inParallel(names, atOnce, async (name) => found.set(name, await look(path, name, skip)))
  const all = names.flatMap((name) => found.get(name) ?? [])
  return {
    entries: all.filter((one) => 'kind' in one),
    leftOut: all.filter((one) => 'reason' in one),
  }
}

async function look(
  folder: Buffer,
  name: Buffer,
  skip: (found: BigIntStats) => string | undefined,
): Promise<DiskEntry | LeftOut> {
  try {
    const found = await statOf(joined(folder, name))
    if (found.isFile()) return fileEntry(name, found)
    const reason = found.isDirectory() ? skip(found) : kindOf(found)
    if (reason !== undefined) return { name, reason, unreadable: false }
    return { kind: 'folder', name, size: 0, modifiedAt: modifiedAtOf(found), state: '' }
  } catch (error) {
    if (!(error instanceof VitrineError)) throw error
    return { name, reason: error.message, unreadable: true }
  }
}

/** A path of bytes, one step further. */
export function joined(folder: Buffer, name: Buffer): Buffer {
  return folder.length === 0 ? name : Buffer.concat([folder, Buffer.from('/'), name])
}

/** The file as it is now. @throws {VitrineError} `import/unreadable` */
export async function fileNow(folder: Buffer, name: Buffer): Promise<DiskEntry> {
  const found = await statOf(joined(folder, name))
  if (found.isFile()) return fileEntry(name, found)
  throw new VitrineError('import/unreadable', 'no longer a regular file')
}

function statOf(path: Buffer): Promise<BigIntStats> {
  return lstat(path, { bigint: true }).catch(unreadable)
}

function fileEntry(name: Buffer, found: BigIntStats): DiskEntry {
  return {
    kind: 'file',
    name,
    size: Number(found.size),
    modifiedAt: modifiedAtOf(found),
    state: [found.dev, found.ino, found.size, found.mtimeNs].join(),
  }
}

// What the database and ISO 8601 can hold: the years 1 to 9999. A disk holds others, too.
const [earliest, latest] = [-62_135_596_800_000n, 253_402_300_799_999n]

function modifiedAtOf({ mtimeNs }: BigIntStats): number {
  // To the nearest, since many programs set times as fractions that no double holds exactly.
  const ms = BigInt(Math.round(Number(mtimeNs / 1000n) / 1000))
  return Number(ms < earliest ? earliest : ms > latest ? latest : ms)
}

function kindOf(found: BigIntStats): string {
  if (found.isSymbolicLink()) return 'a symbolic link'
  if (found.isFIFO()) return 'a named pipe'
  if (found.isSocket()) return 'a socket'
  return 'a device'
}
