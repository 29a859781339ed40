import { CONTENT_KEY_LENGTH, type EntryPage, ManifestFormatError } from './entry-page.ts'
import type { PageIndex } from './manifest-index.ts'
import type { PageSource } from './page-source.ts'
import type { ArchivePart } from './plan-parts.ts'
import {
  directoryHeaderLength,
  endRecords,
  localHeaderLength,
  LONGEST_RECORD,
  nameLengthOf,
  writeDirectoryHeader,
  writeLocalHeader,
} from './records.ts'

/**
 * Puts bytes `offset` to `offset + length` of a content into `buffer` at `at`.
 *
 * Gives nothing when they are there on return, else a promise for when they are. Must give exactly
 * `length` bytes or throw: an archive that breaks off is seen by the client, one that is quietly wrong
 * is not.
 *
 * @param keys holds the content's 32-byte key at `keyAt`
 * @param size length of the whole content, in bytes
 */
export type ReadContent = (
  keys: Uint8Array,
  keyAt: number,
  size: number,
  offset: number,
  buffer: Uint8Array,
  at: number,
  length: number,
) => Promise<void> | undefined

/** A record that crosses a buffer's border is made here, and the half that is wanted copied. Used only within one call. */
const scratch = new Uint8Array(LONGEST_RECORD)

/**
 * Gives any range of a part's bytes. The part itself is stored nowhere.
 *
 * Headers are made in the buffer that is being filled, and contents read into it: for small files many
 * entries go out in one write. Going on where the last call ended costs no search.
 *
 * One call of {@link fill} at a time.
 */
export class PartReader {
  readonly #part: ArchivePart
  readonly #index: PageIndex
  readonly #pages: PageSource
  readonly #readContent: ReadContent
  #page: EntryPage | undefined
  /** The entry, counted in the page, that the last call ended in. */
  #entry = 0
  #buffer: Uint8Array = scratch
  #start = 0
  #position = 0
  #end = 0
  #pending: Promise<void>[] = []

  constructor(part: ArchivePart, index: PageIndex, pages: PageSource, readContent: ReadContent) {
    this.#part = part
    this.#index = index
    this.#pages = pages
    this.#readContent = readContent
  }

  /**
   * Fills the first `length` bytes of `buffer` with those of the part from `position` on.
   *
   * @returns nothing when they are there on return, else a promise for when they are. When it rejects,
   *   nothing writes to the buffer any more.
   * @throws {RangeError} the range is not within the part
   */
  fill(buffer: Uint8Array, position: number, length: number): Promise<void> | undefined {
    if (position < 0 || length > buffer.length || position + length > this.#part.byteLength) {
      throw new RangeError(`bytes ${position} to ${position + length} are not within the part`)
    }
    this.#buffer = buffer
    this.#start = position
    this.#position = position
    this.#end = position + length
    return this.#advance()
  }

  #advance(): Promise<void> | undefined {
    try {
      while (this.#position < this.#end) {
        const before = this.#position
        const page = this.#pageHere()
        if (page instanceof Promise) return this.#advanceWith(page)
        if (!page) this.#fillEnd()
        else if (this.#position < this.#part.directoryStart) this.#fillEntries(page)
        else this.#fillDirectory(page)
        if (this.#position === before) throw new ManifestFormatError(`no page of a manifest describes byte ${before}`)
      }
    } catch (error) {
      if (this.#pending.length === 0) throw error
      this.#pending.push(Promise.reject(error))
    }
    return this.#pending.length === 0 ? undefined : this.#settle()
  }

  /** Goes on when the page is there. */
  async #advanceWith(coming: Promise<EntryPage>): Promise<void> {
    try {
      await coming
    } catch (error) {
      this.#pending.push(Promise.reject(error))
      return this.#settle()
    }
    return this.#advance()
  }

  /** Waits for all contents, also when one has failed: what is not settled would write into the buffer later. */
  async #settle(): Promise<void> {
    const pending = this.#pending
    this.#pending = []
    for (const outcome of await Promise.allSettled(pending)) {
      if (outcome.status === 'rejected') throw outcome.reason
    }
  }

  /** The page that describes the present position, or nothing behind the directory. */
  #pageHere(): EntryPage | Promise<EntryPage> | undefined {
    const { directoryStart, directorySize } = this.#part
    const { headerOffsets, directoryOffsets, pageLength } = this.#index
    const inDirectory = this.#position - directoryStart
    if (inDirectory >= directorySize) return undefined
    const number =
      inDirectory < 0 ? this.#pageAt(headerOffsets, this.#position) : this.#pageAt(directoryOffsets, inDirectory)
    if (this.#page?.firstEntry === number * pageLength) return this.#page
    const page = this.#pages.page(number)
    return page instanceof Promise ? page.then((come) => this.#turnTo(come, number)) : this.#turnTo(page, number)
  }

  #turnTo(page: EntryPage, number: number): EntryPage {
    if (page.firstEntry !== number * this.#index.pageLength) {
      throw new ManifestFormatError(`page ${number} of a manifest begins with entry ${page.firstEntry}`)
    }
    this.#entry = 0
    this.#page = page
    return page
  }

  /** Number of the page, among those with entries of this part, that holds `offset`. */
  #pageAt(pageOffsets: Float64Array, offset: number): number {
    const { firstEntry, entryCount } = this.#part
    const first = Math.floor(firstEntry / this.#index.pageLength)
    const last = Math.floor((firstEntry + entryCount - 1) / this.#index.pageLength)
    return lastAtOrBefore(pageOffsets, first, last + 1, offset)
  }

  #fillEntries(page: EntryPage): void {
    const end = this.#entriesEnd(page)
    let i = this.#entryAt(page.headerOffsets, this.#position, page)
    for (; i < end && this.#position < this.#end; i++) {
      this.#entry = i
      const size = page.sizes[i] ?? 0
      const start = page.headerOffsets[i] ?? 0
      const length = localHeaderLength(nameLengthOf(page, i), size)
      this.#fillRecord(writeLocalHeader, page, i, start, length)
      this.#fillContent(page, i, size, start + length)
    }
  }

  #fillContent(page: EntryPage, i: number, size: number, contentStart: number): void {
    const offset = this.#position - contentStart
    const length = Math.min(size - offset, this.#end - this.#position)
    if (length <= 0) return
    const at = this.#position - this.#start
    this.#position += length
    const coming = this.#readContent(page.contentKeys, i * CONTENT_KEY_LENGTH, size, offset, this.#buffer, at, length)
    if (coming && this.#pending.at(-1) !== coming) this.#pending.push(coming)
  }

  #fillDirectory(page: EntryPage): void {
    const { directoryStart } = this.#part
    const end = this.#entriesEnd(page)
    let i = this.#entryAt(page.directoryOffsets, this.#position - directoryStart, page)
    for (; i < end && this.#position < this.#end; i++) {
      this.#entry = i
      const start = directoryStart + (page.directoryOffsets[i] ?? 0)
      const length = directoryHeaderLength(nameLengthOf(page, i), page.sizes[i] ?? 0, page.headerOffsets[i] ?? 0)
      this.#fillRecord(writeDirectoryHeader, page, i, start, length)
    }
  }

  #fillEnd(): void {
    const records = endRecords(this.#part)
    this.#copy(records, this.#part.byteLength - records.length, records.length)
  }

  /** Fills in what is wanted of the record that lies at `start`, if anything is. */
  #fillRecord(write: typeof writeLocalHeader, page: EntryPage, i: number, start: number, length: number): void {
    if (start >= this.#position && start + length <= this.#end) {
      write(this.#buffer, start - this.#start, page, i)
      this.#position = start + length
    } else if (this.#position < start + length) {
      write(scratch, 0, page, i)
      this.#copy(scratch, start, length)
    }
  }

  /** Copies what is wanted of a record that lies at `start`. */
  #copy(record: Uint8Array, start: number, length: number): void {
    const end = Math.min(start + length, this.#end)
    this.#buffer.set(record.subarray(this.#position - start, end - start), this.#position - this.#start)
    this.#position = end
  }

  /** The entry that holds `offset`, counted in the page: where the last call ended or the next one, else searched. */
  #entryAt(offsets: Float64Array, offset: number, page: EntryPage): number {
    const end = this.#entriesEnd(page)
    const startOf = (i: number) => (i < end ? (offsets[i] ?? Infinity) : Infinity)
    const first = Math.max(this.#part.firstEntry - page.firstEntry, 0)
    const hint = this.#entry
    if (hint >= first && startOf(hint) <= offset) {
      if (offset < startOf(hint + 1)) return hint
      if (offset < startOf(hint + 2)) return hint + 1
    }
    return lastAtOrBefore(offsets, first, end, offset)
  }

  /** Where the part's entries end, counted in the page. */
  #entriesEnd(page: EntryPage): number {
    return Math.min(page.entryCount, this.#part.firstEntry + this.#part.entryCount - page.firstEntry)
  }
}

/** Index of the last of the ascending `starts`, within `low` to `high` (half-open), that is not after `offset`. */
function lastAtOrBefore(starts: Float64Array, low: number, high: number, offset: number): number {
  while (high - low > 1) {
    const middle = (low + high) >>> 1
    if ((starts[middle] ?? Infinity) <= offset) low = middle
    else high = middle
  }
  return low
}
