import { close, closeSync, open, openSync, read, readSync } from 'node:fs'
import { promisify } from 'node:util'
import type { ContentPath } from './blob-paths.ts'
import { ContentDamagedError } from './content-damaged-error.ts'
import { ReadPace } from './read-pace.ts'
import { LONGEST_SHARED, type SharedContents, sharedContents } from './shared-contents.ts'

const CLOSED = -1
const NO_KEYS = new Uint8Array(0)
/** How many files are read at the same time when reading takes its time. */
const LANES = 4

const closeLater = promisify(close)
const openLater = promisify(open)
const readLater = promisify(read)

/** What readers of contents have in common, and how they go about it. */
export interface ReadingMeans {
  readonly shared: SharedContents
  readonly pace: ReadPace
}

/**
 * Reads contents from files for one transfer.
 *
 * - What the system has in memory is read at once, in place: handing it to another thread and back costs
 *   more than copying it, also for the dozen small files of a chunk together. When a read has taken long,
 *   the files are not in memory, and the next ones are read by other threads (see {@link ReadPace}).
 * - Small contents are copied when another transfer has just read them (see {@link SharedContents}).
 *
 * Between calls at most one file is open: the one whose content was not read to its end.
 */
export class BlobContentReader {
  readonly #pathOf: ContentPath
  readonly #shared: SharedContents
  readonly #pace: ReadPace
  readonly #lanes: Promise<void>[] = Array.from({ length: LANES }, () => Promise.resolve())
  #fd = CLOSED
  #keys: Uint8Array = NO_KEYS
  #keyAt = 0
  #lane = 0

  constructor(pathOf: ContentPath, means: Partial<ReadingMeans> = {}) {
    this.#pathOf = pathOf
    this.#shared = means.shared ?? sharedContents
    this.#pace = means.pace ?? new ReadPace()
    this.#shared.enter()
  }

  /**
   * Puts bytes `offset` to `offset + length` of a content of `size` bytes into `buffer` at `at`.
   *
   * @throws {ContentDamagedError} at once, or as a rejection
   */
  readonly read = (
    keys: Uint8Array,
    keyAt: number,
    size: number,
    offset: number,
    buffer: Uint8Array,
    at: number,
    length: number,
  ): Promise<void> | undefined => {
    const toEnd = offset + length === size
    const kept = this.#takeKept(keys, keyAt)
    const path = kept === CLOSED ? this.#pathOf(keys, keyAt) : ''
    const isSmall = kept === CLOSED && size <= LONGEST_SHARED
    if (isSmall && this.#shared.copy(path, offset, buffer, at, length)) return undefined
    if (this.#pace.isSlow) return this.#readLater({ kept, path, keys, keyAt, offset, buffer, at, length, toEnd })
    const startedAt = performance.now()
    if (isSmall && this.#shared.hasCompany) this.#readToShare(path, size, offset, buffer, at, length)
    else this.#readNow({ kept, path, keys, keyAt, offset, buffer, at, length, toEnd })
    this.#pace.tookNow(performance.now() - startedAt)
    return undefined
  }

  /** Reads the whole content where others find it, and copies what is wanted now. */
  #readToShare(path: string, size: number, offset: number, buffer: Uint8Array, at: number, length: number): void {
    const fd = openNow(path)
    try {
      this.#shared.add(path, size, (ring, ringAt) => readFully(fd, ring, ringAt, size, 0))
    } finally {
      closeSync(fd)
    }
    this.#shared.copy(path, offset, buffer, at, length)
  }

  #readNow({ kept, path, keys, keyAt, offset, buffer, at, length, toEnd }: Piece): void {
    const fd = kept === CLOSED ? openNow(path) : kept
    let keep = false
    try {
      readFully(fd, buffer, at, length, offset)
      keep = !toEnd
    } finally {
      if (keep) this.#keep(fd, keys, keyAt)
      else closeSync(fd)
    }
  }

  /** Closes the file that is open, if one is. Once, and not while a read is under way. */
  close(): void {
    if (this.#fd !== CLOSED) closeSync(this.#fd)
    this.#fd = CLOSED
    this.#shared.leave()
  }

  /** The open file, when it is this content's; else closes it. */
  #takeKept(keys: Uint8Array, keyAt: number): number {
    if (this.#fd === CLOSED) return CLOSED
    const fd = this.#fd
    this.#fd = CLOSED
    if (this.#keys === keys && this.#keyAt === keyAt) return fd
    closeSync(fd)
    return CLOSED
  }

  #keep(fd: number, keys: Uint8Array, keyAt: number): void {
    this.#fd = fd
    this.#keys = keys
    this.#keyAt = keyAt
  }

  /** Reads in another thread, as one of a few at a time. */
  #readLater(piece: Piece): Promise<void> {
    this.#pace.tookLater()
    this.#lane = (this.#lane + 1) % LANES
    const before = this.#lanes[this.#lane] ?? Promise.resolve()
    const done = before.catch(() => undefined).then(() => this.#readPiece(piece))
    this.#lanes[this.#lane] = done
    return done
  }

  async #readPiece({ kept, path, keys, keyAt, offset, buffer, at, length, toEnd }: Piece): Promise<void> {
    const fd = kept === CLOSED ? await openSoon(path) : kept
    let keep = false
    try {
      await readFullyLater(fd, buffer, at, length, offset)
      keep = !toEnd
    } finally {
      if (keep) this.#keep(fd, keys, keyAt)
      else await closeLater(fd)
    }
  }
}

interface Piece {
  /** The file when it is open already. */
  readonly kept: number
  readonly path: string
  readonly keys: Uint8Array
  readonly keyAt: number
  readonly offset: number
  readonly buffer: Uint8Array
  readonly at: number
  readonly length: number
  readonly toEnd: boolean
}

function openNow(path: string): number {
  try {
    return openSync(path, 'r')
  } catch (cause) {
    throw new ContentDamagedError('a content cannot be opened', { cause })
  }
}

async function openSoon(path: string): Promise<number> {
  try {
    return await openLater(path, 'r')
  } catch (cause) {
    throw new ContentDamagedError('a content cannot be opened', { cause })
  }
}

function readFully(fd: number, buffer: Uint8Array, at: number, length: number, position: number): void {
  for (let done = 0; done < length;) {
    const bytesRead = readSync(fd, buffer, at + done, length - done, position + done)
    if (bytesRead === 0) throw tooShort(position + done)
    done += bytesRead
  }
}

async function readFullyLater(
  fd: number,
  buffer: Uint8Array,
  at: number,
  length: number,
  position: number,
): Promise<void> {
  for (let done = 0; done < length;) {
    const { bytesRead } = await readLater(fd, buffer, at + done, length - done, position + done)
    if (bytesRead === 0) throw tooShort(position + done)
    done += bytesRead
  }
}

function tooShort(end: number): ContentDamagedError {
  return new ContentDamagedError(`a content ends after ${end} bytes, before the end its row gives`)
}
