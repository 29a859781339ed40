import { EntryPageBuilder } from './entry-page.ts'
import { encodeManifestIndex, type ManifestPart } from './manifest-index.ts'
import type { NewEntry } from './new-entry.ts'
import { PartDigest, type Sha256, strongETag } from './part-digest.ts'
import { DEFAULT_PART_LIMIT, PartPlanner } from './plan-parts.ts'

/**
 * Entries per page when nothing else is asked for. A page of usual names is about 120 kB: one read,
 * and 256 readers that are each at another place hold 30 MB.
 */
export const DEFAULT_PAGE_LENGTH = 1024

/** How a manifest is to be written. */
export interface ManifestOptions {
  /** A new SHA-256; `() => createHash('sha256')` with `node:crypto`. */
  readonly newSha256: () => Sha256
  /** The most bytes a part may have, unless it is a single entry. @default 100e9 */
  readonly partLimit?: number
  /** Entries per page. @default 1024 */
  readonly pageLength?: number
}

/** The end of a manifest. */
export interface FinishedManifest {
  /** The last page, the index and the footer. */
  readonly bytes: Uint8Array
  readonly parts: readonly ManifestPart[]
  /** How many entries all parts have. */
  readonly entryCount: number
  /** Length of the whole manifest, in bytes. */
  readonly byteLength: number
}

/**
 * Writes a manifest while its entries stream by: lays them out into parts, gathers them in pages,
 * and digests each part. Holds one page, and 28 bytes of every page before.
 */
export class ManifestWriter {
  readonly #newSha256: () => Sha256
  readonly #pageLength: number
  readonly #planner: PartPlanner
  readonly #page: EntryPageBuilder
  readonly #positions = [0]
  readonly #headerOffsets: number[] = []
  readonly #directoryOffsets: number[] = []
  readonly #digests: Uint8Array[] = []
  #digest: PartDigest
  /** Entries of the present page that are in a digest already. */
  #digested = 0
  #entryCount = 0

  constructor({ newSha256, partLimit = DEFAULT_PART_LIMIT, pageLength = DEFAULT_PAGE_LENGTH }: ManifestOptions) {
    this.#newSha256 = newSha256
    this.#pageLength = pageLength
    this.#planner = new PartPlanner(partLimit)
    this.#page = new EntryPageBuilder(pageLength)
    this.#digest = new PartDigest(newSha256)
  }

  /**
   * Adds an entry after those before.
   *
   * @returns a page to append to the manifest, when this entry began the next one
   * @throws {RangeError} the archive format cannot hold the entry
   */
  add(entry: NewEntry): Uint8Array | undefined {
    const full = this.#page.isFull ? this.#takePage() : undefined
    refuseImpossible(entry)
    const nameLength = this.#page.writeName(entry.name)
    if (nameLength === 0 || nameLength > 0xffff) throw new RangeError('a name in an archive has 1 to 65,535 bytes')
    const { part, headerOffset, directoryOffset } = this.#planner.add(nameLength, entry.size)
    if (part > this.#digests.length + 1) this.#endDigest()
    if (this.#page.entryCount === 0) {
      this.#headerOffsets.push(headerOffset)
      this.#directoryOffsets.push(directoryOffset)
    }
    this.#page.append(entry, headerOffset, directoryOffset)
    this.#entryCount += 1
    return full
  }

  /** Ends the manifest. Without entries it has one part, an empty archive. */
  finish(): FinishedManifest {
    const lastPage = this.#page.entryCount > 0 ? this.#takePage() : new Uint8Array(0)
    const parts = this.#planner.finish()
    this.#digests.push(this.#digest.digest())
    const index = {
      pageLength: this.#pageLength,
      entryCount: this.#entryCount,
      positions: Float64Array.from(this.#positions),
      headerOffsets: Float64Array.from(this.#headerOffsets),
      directoryOffsets: Float64Array.from(this.#directoryOffsets),
    }
    const indexBytes = encodeManifestIndex(index, parts, this.#digests)
    const bytes = new Uint8Array(lastPage.length + indexBytes.length)
    bytes.set(lastPage)
    bytes.set(indexBytes, lastPage.length)
    return {
      bytes,
      parts: Array.from(parts, (part, i) => ({ ...part, etag: strongETag(this.#digests[i] ?? new Uint8Array(0)) })),
      entryCount: this.#entryCount,
      byteLength: (this.#positions.at(-1) ?? 0) + indexBytes.length,
    }
  }

  #takePage(): Uint8Array {
    this.#digest.add(this.#page.peek(), this.#digested)
    this.#digested = 0
    const bytes = this.#page.take()
    this.#positions.push((this.#positions.at(-1) ?? 0) + bytes.length)
    return bytes
  }

  /** The present part is complete: the entries so far are its last. */
  #endDigest(): void {
    const page = this.#page.peek()
    this.#digest.add(page, this.#digested)
    this.#digested = page.entryCount
    this.#digests.push(this.#digest.digest())
    this.#digest = new PartDigest(this.#newSha256)
  }
}

function refuseImpossible({ name, size, crc32, contentKey }: NewEntry): void {
  if (!Number.isSafeInteger(size) || size < 0) throw new RangeError('a size is a whole number of bytes from 0')
  if (name.endsWith('/') && (size !== 0 || crc32 !== 0)) throw new RangeError('a folder in an archive has no content')
  if (contentKey && contentKey.length !== 32) throw new RangeError('a content key has 32 bytes')
}
