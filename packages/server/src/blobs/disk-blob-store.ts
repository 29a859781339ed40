import { randomUUID } from 'node:crypto'
import { constants } from 'node:fs'
import { chmod, copyFile as cloneFile, mkdir, open, readdir, rename, rm, stat, statfs } from 'node:fs/promises'
import type { FileHandle } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { type BlobHash, VitrineError } from '@vitrine/domain'
import type { BlobFacts, BlobSource, BlobStore, StagedBlob, UnfinishedBlob } from './blob-store.ts'
import { copySmall, type CopyWatch, writeStream } from './copy-bytes.ts'
import { CopyingThreads } from './copying-threads.ts'
import { factsOf } from './facts-of.ts'
import type { HashedBytes } from './hash-bytes.ts'
import { asFull, isFull } from './full-disk.ts'
import { inParallel } from './in-parallel.ts'
import { readRange } from './read-range.ts'
import { syncFolder } from './sync-folder.ts'
import { UnfinishedBlobs } from './unfinished-blobs.ts'
import { unreadable } from './unreadable.ts'

/** Files that are renamed or folders that are synced at the same time: as many as the thread pool has threads. */
const atOnce = 4

/** Files up to this size are copied in place: a thread would have to be told of each. In bytes. */
const smallFile = 256 << 10

/**
 * Blobs as files: `<folder>/ab/cd/<64 hexadecimal digits>`; what is staged lies in `<folder>/staged`, what comes in
 * pieces in `<folder>/unfinished`.
 *
 * The folder belongs to one process at a time.
 */
export class DiskBlobStore implements BlobStore {
  readonly #folder: string
  /** Folders that exist for good: they were made, and what holds them was synced since. */
  readonly #durable = new Set<string>()
  /** Devices from which nothing can be taken by reflink. */
  readonly #withoutReflink = new Set<number>()
  readonly #unfinished: UnfinishedBlobs
  readonly #threads = new CopyingThreads()

  private constructor(folder: string) {
    this.#folder = folder
    this.#unfinished = new UnfinishedBlobs(join(folder, 'unfinished'))
  }

  /** Opens the store, made when missing. What a process that died had staged is cleared away. */
  static async open(folder: string): Promise<DiskBlobStore> {
    await mkdir(folder, { recursive: true, mode: 0o700 })
    await rm(join(folder, 'staged'), { recursive: true, force: true })
    await mkdir(join(folder, 'staged'), { mode: 0o700 })
    await mkdir(join(folder, 'unfinished'), { recursive: true, mode: 0o700 })
    return new DiskBlobStore(folder)
  }

  async stage(source: BlobSource): Promise<StagedBlob> {
    const stagedAs = newStagedName()
    try {
      return { ...(await factsOf(await this.#take(source, stagedAs))), stagedAs }
    } catch (error) {
      await rm(this.#staged(stagedAs), { force: true })
      throw asFull(error)
    }
  }

  async place(staged: readonly StagedBlob[]): Promise<void> {
    try {
      const folders = new Set(staged.map(({ sha256 }) => dirname(this.pathOf(sha256))))
      const changed = new Set([...folders, ...(await this.#makeFolders(folders))])
      await inParallel(staged, atOnce, (one) => this.#name(one))
      await inParallel([...changed], atOnce, syncFolder)
      for (const folder of folders) this.#durable.add(folder)
    } catch (error) {
      throw asFull(error)
    }
  }

  async discard(staged: readonly StagedBlob[]): Promise<void> {
    const own = staged.filter(({ stagedAs }) => !this.#unfinished.holds(stagedAs))
    await inParallel(own, atOnce, ({ stagedAs }) => rm(this.#staged(stagedAs), { force: true }))
  }

  openUnfinished(name: string, size: number): Promise<UnfinishedBlob | undefined> {
    return this.#unfinished.open(name, size)
  }

  stagedUnfinished(name: string, facts: BlobFacts): StagedBlob {
    return { ...facts, stagedAs: this.#unfinished.stagedAs(name) }
  }

  sizeOfUnfinished(name: string): Promise<number | undefined> {
    return this.#unfinished.sizeOf(name)
  }

  removeUnfinished(name: string): Promise<boolean> {
    return this.#unfinished.remove(name)
  }

  listUnfinished(): AsyncIterable<string> {
    return this.#unfinished.list()
  }

  async sizeOf(sha256: BlobHash): Promise<number | undefined> {
    const found = await stat(this.pathOf(sha256)).catch(ifMissing)
    return found?.size
  }

  read(sha256: BlobHash, range?: { readonly start: number; readonly end: number }): AsyncIterable<Uint8Array> {
    return readRange(this.pathOf(sha256), range)
  }

  pathOf(sha256: BlobHash): string {
    return join(this.#folder, sha256.slice(0, 2), sha256.slice(2, 4), sha256)
  }

  async remove(sha256: BlobHash): Promise<void> {
    await rm(this.pathOf(sha256), { force: true })
  }

  async *list(): AsyncIterable<BlobHash> {
    for (const first of await namesIn(this.#folder, /^[0-9a-f]{2}$/)) {
      for (const second of await namesIn(join(this.#folder, first), /^[0-9a-f]{2}$/)) {
        const names = await namesIn(join(this.#folder, first, second), /^[0-9a-f]{64}$/)
        for (const name of names) yield name as BlobHash
      }
    }
  }

  async freeSpace(): Promise<number> {
    const { bavail, bsize } = await statfs(this.#folder)
    return bavail * bsize
  }

  async takesByReflink(path: string | Buffer): Promise<boolean> {
    const stagedAs = newStagedName()
    const from = await openRegular(path)
    try {
      return await this.#clone(from, path, (await from.stat()).dev, stagedAs)
    } finally {
      await from.close()
      await rm(this.#staged(stagedAs), { force: true })
    }
  }

  #take(source: BlobSource, stagedAs: string): Promise<HashedBytes> {
    if (source.kind === 'file') return this.#takeFile(source.path, stagedAs, source)
    return this.#write(stagedAs, (to) => writeStream(source.chunks, to))
  }

  async #takeFile(path: string | Buffer, stagedAs: string, watch: CopyWatch): Promise<HashedBytes> {
    const from = await openRegular(path)
    try {
      const { size, dev } = await from.stat()
      // The hash is that of the bytes that were taken: of the clone, which nobody changes any more.
      if (await this.#clone(from, path, dev, stagedAs)) return await this.#hashClone(stagedAs, watch)
      return await this.#write(stagedAs, (to) => this.#copy(from, to, size, watch))
    } finally {
      await from.close()
    }
  }

  #copy(from: FileHandle, to: FileHandle | undefined, size: number, watch: CopyWatch): Promise<HashedBytes> {
    return size <= smallFile ? copySmall(from, to, size, watch) : this.#threads.copy(from, to, watch)
  }

  /** Whether the file was taken by reflink. */
  async #clone(from: FileHandle, path: string | Buffer, device: number, stagedAs: string): Promise<boolean> {
    if (this.#withoutReflink.has(device)) return false
    // By its handle, where the system lets one: the path may name something else by now.
    const source = process.platform === 'linux' ? `/proc/self/fd/${from.fd}` : path
    try {
      const { COPYFILE_EXCL, COPYFILE_FICLONE_FORCE } = constants
      await cloneFile(source, this.#staged(stagedAs), COPYFILE_EXCL | COPYFILE_FICLONE_FORCE)
      return true
    } catch (error) {
      if (isFull(error)) throw error
      this.#withoutReflink.add(device)
      return false
    }
  }

  async #hashClone(stagedAs: string, watch: CopyWatch): Promise<HashedBytes> {
    const path = this.#staged(stagedAs)
    await chmod(path, 0o400)
    const clone = await open(path, 'r')
    try {
      const hashed = await this.#copy(clone, undefined, (await clone.stat()).size, watch)
      await clone.datasync()
      return hashed
    } finally {
      await clone.close()
    }
  }

  async #write(stagedAs: string, fill: (to: FileHandle) => Promise<HashedBytes>): Promise<HashedBytes> {
    const to = await open(this.#staged(stagedAs), 'wx', 0o400)
    try {
      const hashed = await fill(to)
      await to.datasync()
      return hashed
    } finally {
      await to.close()
    }
  }

  async #name({ sha256, size, stagedAs }: StagedBlob): Promise<void> {
    try {
      if (this.#unfinished.holds(stagedAs)) await chmod(this.#staged(stagedAs), 0o400)
      await rename(this.#staged(stagedAs), this.pathOf(sha256))
    } catch (error) {
      const isPlaced = (error as NodeJS.ErrnoException).code === 'ENOENT' && (await this.sizeOf(sha256)) === size
      if (!isPlaced) throw error
    }
  }

  /** Makes folders that are not known to be there for good. Answers those that hold them, to be synced. */
  async #makeFolders(folders: ReadonlySet<string>): Promise<Set<string>> {
    const holders = new Set<string>()
    const missing = [...folders].filter((folder) => !this.#durable.has(folder))
    await inParallel(missing, atOnce, async (folder) => {
      await mkdir(folder, { recursive: true, mode: 0o700 })
      holders.add(dirname(folder)).add(this.#folder)
    })
    return holders
  }

  #staged(stagedAs: string): string {
    return join(this.#folder, stagedAs)
  }
}

function newStagedName(): string {
  return join('staged', randomUUID())
}

/** Opens a file for reading: no link, and nothing that would block. */
async function openRegular(path: string | Buffer): Promise<FileHandle> {
  // Windows has neither flag.
  const { O_RDONLY, O_NOFOLLOW, O_NONBLOCK } = constants as Partial<typeof constants> &
    Pick<typeof constants, 'O_RDONLY'>
  const file = await open(path, O_RDONLY | (O_NOFOLLOW ?? 0) | (O_NONBLOCK ?? 0)).catch(unreadable)
  const found = await file.stat()
  if (found.isFile()) return file
  await file.close()
  throw new VitrineError('import/unreadable', 'not a regular file')
}

async function namesIn(folder: string, pattern: RegExp): Promise<string[]> {
  const names = await readdir(folder).catch(ifMissing)
  return (names ?? []).filter((name) => pattern.test(name))
}

function ifMissing(error: NodeJS.ErrnoException): undefined {
  if (error.code !== 'ENOENT' && error.code !== 'ENOTDIR') throw error
}
