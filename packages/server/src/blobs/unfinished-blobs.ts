import { readdir, open, rm, stat } from 'node:fs/promises'
import type { FileHandle } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { BoundedMap } from '../bounded-map.ts'
import { type FileLock, tryLock } from '../db/file-lock.ts'
import type { AppendOptions, BlobFacts, UnfinishedBlob } from './blob-store.ts'
import { GatheredWrites, hashFile } from './copy-bytes.ts'
import { factsOf } from './facts-of.ts'
import { asFull } from './full-disk.ts'
import { BlobReader } from './hash-bytes.ts'
import { syncFolder } from './sync-folder.ts'

/** Blobs of which is remembered what is known of their bytes: some 17 kB each at most. */
const remembered = 500
/** After so many bytes, or so much time (in ms), what came is made durable while more comes. */
const durableEvery = { bytes: 64 * 1024 * 1024, time: 2000 }

/** What is known of the bytes of an unfinished blob that nobody has open. */
interface Known {
  readonly size: number
  readonly reader: BlobReader
}

/**
 * Unfinished blobs as files of one folder. Beside each lies its lock, an empty file: the kernel lets go of it however
 * its holder ends.
 */
export class UnfinishedBlobs {
  readonly #folder: string
  readonly #known = new BoundedMap<string, Known>(remembered)

  /** @param folder exists */
  constructor(folder: string) {
    this.#folder = folder
  }

  async open(name: string, size: number): Promise<UnfinishedBlob | undefined> {
    const lock = tryLock(this.#lockPath(name))
    if (!lock) return undefined
    try {
      const file = await open(this.#path(name), 'a+', 0o600)
      try {
        return await this.#opened(name, file, lock, size)
      } catch (error) {
        await file.close()
        throw error
      }
    } catch (error) {
      lock.release()
      throw asFull(error)
    }
  }

  /** How the store names its bytes among all that is staged. */
  stagedAs(name: string): string {
    return join(basename(this.#folder), name)
  }

  /** Whether what is staged under this name is one of these. */
  holds(stagedAs: string): boolean {
    return dirname(stagedAs) === basename(this.#folder)
  }

  async sizeOf(name: string): Promise<number | undefined> {
    const found = await stat(this.#path(name)).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'ENOENT') throw error
    })
    return found?.size
  }

  async remove(name: string): Promise<boolean> {
    const lock = tryLock(this.#lockPath(name))
    if (!lock) return false
    this.#known.delete(name)
    await rm(this.#path(name), { force: true })
    // Let go first: some systems remove no file that is open.
    lock.release()
    await rm(this.#lockPath(name), { force: true })
    return true
  }

  async *list(): AsyncIterable<string> {
    const names = await readdir(this.#folder)
    yield* new Set(names.map((name) => basename(name, lockEnding)))
  }

  async #opened(name: string, file: FileHandle, lock: FileLock, wanted: number): Promise<UnfinishedBlob> {
    const there = (await file.stat()).size
    const size = Math.min(there, wanted)
    if (there > size) await file.truncate(size)
    // Before its first bytes count, its name is durable.
    if (size === 0) await syncFolder(this.#folder)
    const known = this.#known.get(name)
    this.#known.delete(name)
    const reader = known?.size === size ? known.reader : await readAgain(file, size)
    return new OpenBlob(file, { size, reader }, (last) => {
      if (last) this.#known.set(name, last)
      lock.release()
    })
  }

  #path(name: string): string {
    return join(this.#folder, name)
  }

  #lockPath(name: string): string {
    return this.#path(name) + lockEnding
  }
}

const lockEnding = '.lock'

async function readAgain(file: FileHandle, size: number): Promise<BlobReader> {
  const reader = new BlobReader()
  if (size > 0) await hashFile(file, reader, size)
  return reader
}

class OpenBlob implements UnfinishedBlob {
  readonly #file: FileHandle
  readonly #onClose: (known: Known | undefined) => void
  #reader: BlobReader
  #size: number
  /** Whether the reader knows the bytes of the file: not after a write that failed. */
  #isKnown = true

  constructor(file: FileHandle, { size, reader }: Known, onClose: (known: Known | undefined) => void) {
    this.#file = file
    this.#size = size
    this.#reader = reader
    this.#onClose = onClose
  }

  get size(): number {
    return this.#size
  }

  async append(chunks: AsyncIterable<Uint8Array>, options: AppendOptions = {}): Promise<void> {
    const before = options.allOrNothing === true ? { size: this.#size, reader: this.#reader.copy() } : undefined
    try {
      await this.#write(chunks, before ? undefined : options.onDurable)
    } catch (error) {
      if (before) await this.#goBack(before)
      throw asFull(error)
    }
  }

  facts(): Promise<BlobFacts> {
    if (!this.#isKnown) throw new Error('the bytes are not known after a write that failed')
    // A copy: what was digested cannot go on.
    return factsOf(this.#reader.copy().end())
  }

  async close(): Promise<void> {
    try {
      await this.#file.close()
    } finally {
      this.#onClose(this.#isKnown ? { size: this.#size, reader: this.#reader } : undefined)
    }
  }

  async #write(chunks: AsyncIterable<Uint8Array>, onDurable: AppendOptions['onDurable']): Promise<void> {
    const writes = new GatheredWrites(this.#file)
    const marks = onDurable && new DurableMarks(this.#file, onDurable, this.#size)
    let size = this.#size
    try {
      for await (const chunk of chunks) {
        this.#reader.add(chunk)
        size += chunk.length
        await writes.add(chunk)
        if (marks?.isDue(size) !== true) continue
        await writes.flush()
        marks.begin(size)
      }
    } finally {
      await marks?.ended
      await this.#settle(writes)
    }
    marks?.throwFailure()
  }

  /** Makes durable what came, and counts it: also when the source, or the disk, failed. */
  async #settle(writes: GatheredWrites): Promise<void> {
    try {
      await writes.flush()
    } catch (error) {
      this.#isKnown = false
      throw error
    } finally {
      const { size } = await this.#file.stat()
      await this.#file.datasync()
      this.#size = size
    }
  }

  async #goBack({ size, reader }: Known): Promise<void> {
    await this.#file.truncate(size)
    await this.#file.datasync()
    this.#size = size
    this.#reader = reader
    this.#isKnown = true
  }
}

/** Makes bytes durable now and then, one time after the other, while more are written. */
class DurableMarks {
  readonly #file: FileHandle
  readonly #onDurable: (size: number) => Promise<void>
  #last: number
  #lastAt = performance.now()
  #isRunning = false
  #failure: { readonly error: unknown } | undefined
  /** Resolves when none is running any more. Never rejects. */
  ended = Promise.resolve()

  constructor(file: FileHandle, onDurable: (size: number) => Promise<void>, size: number) {
    this.#file = file
    this.#onDurable = onDurable
    this.#last = size
  }

  /** Whether it is time again. Throws what the last time failed with. */
  isDue(size: number): boolean {
    this.throwFailure()
    if (this.#isRunning) return false
    return size - this.#last >= durableEvery.bytes || performance.now() - this.#lastAt >= durableEvery.time
  }

  /** @param size so many bytes were handed to the system */
  begin(size: number): void {
    this.#last = size
    this.#lastAt = performance.now()
    this.#isRunning = true
    this.ended = this.#mark(size)
  }

  throwFailure(): void {
    if (this.#failure) throw this.#failure.error
  }

  async #mark(size: number): Promise<void> {
    try {
      await this.#file.datasync()
      await this.#onDurable(size)
    } catch (error) {
      this.#failure = { error }
    } finally {
      this.#isRunning = false
    }
  }
}
