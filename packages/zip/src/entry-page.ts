import { type NewEntry, modifiedSeconds } from './new-entry.ts'

/** Bytes of one content key: a SHA-256. */
export const CONTENT_KEY_LENGTH = 32

/**
 * A run of entries as columns: item `i` of every column belongs to entry `firstEntry + i` of the
 * manifest. Pages are how an archive of a million entries is read without holding a million entries.
 */
export interface EntryPage {
  /** Index in the manifest of the page's first entry. */
  readonly firstEntry: number
  /** How many entries the page has. */
  readonly entryCount: number
  /** Length of each content, in bytes. */
  readonly sizes: Float64Array
  /** Where each local header starts, in bytes from the start of the part the entry is in. */
  readonly headerOffsets: Float64Array
  /** Where each directory header starts, in bytes from the start of that part's central directory. */
  readonly directoryOffsets: Float64Array
  /** CRC-32 of each content, unsigned. */
  readonly crc32s: Uint32Array
  /** Last modification of each entry, in whole seconds since the Unix epoch, at most 2^31 - 1. */
  readonly modifiedSeconds: Uint32Array
  /** Where each name starts in `names`; one more item, for where the last one ends. */
  readonly nameOffsets: Uint32Array
  /** SHA-256 of each content, 32 bytes each; zeros for a folder. */
  readonly contentKeys: Uint8Array
  /** The names in UTF-8, one after another. A name that ends in `/` is a folder. */
  readonly names: Uint8Array
}

const MAGIC = 0x3150_5a56 // "VZP1"
const HEADER_LENGTH = 24
const FIXED_PER_ENTRY = 3 * 8 + 3 * 4 + CONTENT_KEY_LENGTH
const hostIsLittleEndian = new Uint8Array(Uint32Array.of(1).buffer)[0] === 1

/** The bytes are not an encoded page (or manifest) of this format version. */
export class ManifestFormatError extends Error {
  override readonly name = 'ManifestFormatError'
}

/** How many bytes a page of `entryCount` entries with `nameBytes` bytes of names takes when encoded. */
export function encodedPageLength(entryCount: number, nameBytes: number): number {
  return roundUpTo8(HEADER_LENGTH + entryCount * FIXED_PER_ENTRY + 4 + nameBytes)
}

/**
 * Gathers entries into a page, and gives it encoded.
 *
 * Holds one page of columns, and uses them again for the next page.
 */
export class EntryPageBuilder {
  readonly #capacity: number
  readonly #columns: Columns
  readonly #utf8 = new TextEncoder()
  #names = new Uint8Array(64 * 1024)
  #count = 0
  #firstEntry = 0

  /** @param capacity how many entries fill a page */
  constructor(capacity: number) {
    this.#capacity = capacity
    this.#columns = columnsFor(capacity)
  }

  /** Whether {@link take} must be called before the next {@link append}. */
  get isFull(): boolean {
    return this.#count === this.#capacity
  }

  /** How many entries were appended since the last {@link take}. */
  get entryCount(): number {
    return this.#count
  }

  /** Appends an entry's name, and gives its length in bytes of UTF-8. Follow it with {@link append}. */
  writeName(name: string): number {
    const start = this.#columns.nameOffsets[this.#count] ?? 0
    this.#reserveNames(start + name.length * 3)
    const { written } = this.#utf8.encodeInto(name, this.#names.subarray(start))
    this.#columns.nameOffsets[this.#count + 1] = start + written
    return written
  }

  /** Appends the rest of the entry whose name was written last. */
  append(entry: NewEntry, headerOffset: number, directoryOffset: number): void {
    const { sizes, headerOffsets, directoryOffsets, crc32s, modifiedSeconds: times, contentKeys } = this.#columns
    const i = this.#count
    sizes[i] = entry.size
    headerOffsets[i] = headerOffset
    directoryOffsets[i] = directoryOffset
    crc32s[i] = entry.crc32
    times[i] = modifiedSeconds(entry)
    if (entry.contentKey) contentKeys.set(entry.contentKey, i * CONTENT_KEY_LENGTH)
    else contentKeys.fill(0, i * CONTENT_KEY_LENGTH, (i + 1) * CONTENT_KEY_LENGTH)
    this.#count += 1
  }

  /** The page as it stands: a view that the next {@link append} after {@link take} changes. */
  peek(): EntryPage {
    const n = this.#count
    const c = this.#columns
    return {
      firstEntry: this.#firstEntry,
      entryCount: n,
      sizes: c.sizes.subarray(0, n),
      headerOffsets: c.headerOffsets.subarray(0, n),
      directoryOffsets: c.directoryOffsets.subarray(0, n),
      crc32s: c.crc32s.subarray(0, n),
      modifiedSeconds: c.modifiedSeconds.subarray(0, n),
      nameOffsets: c.nameOffsets.subarray(0, n + 1),
      contentKeys: c.contentKeys.subarray(0, n * CONTENT_KEY_LENGTH),
      names: this.#names.subarray(0, c.nameOffsets[n]),
    }
  }

  /** The page, encoded; then begins the next one. */
  take(): Uint8Array<ArrayBuffer> {
    const bytes = encodeEntryPage(this.peek())
    this.#firstEntry += this.#count
    this.#count = 0
    return bytes
  }

  #reserveNames(length: number): void {
    if (length <= this.#names.length) return
    const longer = new Uint8Array(Math.max(length, this.#names.length * 2))
    longer.set(this.#names)
    this.#names = longer
  }
}

/** A page as bytes, in the layout that the package's README gives. The length is a multiple of 8. */
export function encodeEntryPage(page: EntryPage): Uint8Array<ArrayBuffer> {
  refuseBigEndianHosts()
  const bytes = new Uint8Array(encodedPageLength(page.entryCount, page.names.length))
  const header = new DataView(bytes.buffer)
  header.setUint32(0, MAGIC, true)
  header.setUint32(4, page.entryCount, true)
  header.setUint32(8, page.names.length, true)
  header.setFloat64(16, page.firstEntry, true)
  const to = viewsOf(bytes, page.entryCount, page.names.length)
  to.sizes.set(page.sizes)
  to.headerOffsets.set(page.headerOffsets)
  to.directoryOffsets.set(page.directoryOffsets)
  to.crc32s.set(page.crc32s)
  to.modifiedSeconds.set(page.modifiedSeconds)
  to.nameOffsets.set(page.nameOffsets)
  to.contentKeys.set(page.contentKeys)
  to.names.set(page.names)
  return bytes
}

/**
 * The page that {@link encodeEntryPage} gave. The columns are views of `bytes`, copied only when
 * these do not start at a multiple of 8 in their buffer.
 *
 * @throws {ManifestFormatError} the bytes are not exactly one page of this format
 */
export function decodeEntryPage(bytes: Uint8Array): EntryPage {
  refuseBigEndianHosts()
  const aligned = bytes.byteOffset % 8 === 0 ? bytes : new Uint8Array(bytes)
  if (aligned.length < HEADER_LENGTH) throw new ManifestFormatError('a page of a manifest is cut short')
  const header = new DataView(aligned.buffer, aligned.byteOffset, HEADER_LENGTH)
  if (header.getUint32(0, true) !== MAGIC) throw new ManifestFormatError('a page of a manifest has no page mark')
  const entryCount = header.getUint32(4, true)
  const nameBytes = header.getUint32(8, true)
  if (aligned.length !== encodedPageLength(entryCount, nameBytes)) {
    throw new ManifestFormatError('a page of a manifest has another length than its header says')
  }
  return { firstEntry: header.getFloat64(16, true), entryCount, ...viewsOf(aligned, entryCount, nameBytes) }
}

/** Name of entry `i`, counted in the page. */
export function entryName(page: EntryPage, i: number): string {
  return new TextDecoder().decode(page.names.subarray(page.nameOffsets[i], page.nameOffsets[i + 1]))
}

/** Content key of entry `i`, counted in the page: a view of 32 bytes; zeros for a folder. */
export function entryContentKey(page: EntryPage, i: number): Uint8Array {
  return page.contentKeys.subarray(i * CONTENT_KEY_LENGTH, (i + 1) * CONTENT_KEY_LENGTH)
}

type Columns = Omit<EntryPage, 'firstEntry' | 'entryCount' | 'names'>

function columnsFor(capacity: number): Columns {
  return {
    sizes: new Float64Array(capacity),
    headerOffsets: new Float64Array(capacity),
    directoryOffsets: new Float64Array(capacity),
    crc32s: new Uint32Array(capacity),
    modifiedSeconds: new Uint32Array(capacity),
    nameOffsets: new Uint32Array(capacity + 1),
    contentKeys: new Uint8Array(capacity * CONTENT_KEY_LENGTH),
  }
}

/** The columns of an encoded page, in the order in which they lie; 8-byte numbers first, so all are aligned. */
function viewsOf(bytes: Uint8Array, n: number, nameBytes: number): Columns & { names: Uint8Array } {
  const { buffer } = bytes
  let at = bytes.byteOffset + HEADER_LENGTH
  const next = (length: number) => (at += length) - length
  return {
    sizes: new Float64Array(buffer, next(n * 8), n),
    headerOffsets: new Float64Array(buffer, next(n * 8), n),
    directoryOffsets: new Float64Array(buffer, next(n * 8), n),
    crc32s: new Uint32Array(buffer, next(n * 4), n),
    modifiedSeconds: new Uint32Array(buffer, next(n * 4), n),
    nameOffsets: new Uint32Array(buffer, next((n + 1) * 4), n + 1),
    contentKeys: new Uint8Array(buffer, next(n * CONTENT_KEY_LENGTH), n * CONTENT_KEY_LENGTH),
    names: new Uint8Array(buffer, next(nameBytes), nameBytes),
  }
}

function roundUpTo8(length: number): number {
  return Math.ceil(length / 8) * 8
}

function refuseBigEndianHosts(): void {
  if (!hostIsLittleEndian) throw new ManifestFormatError('manifests can be read on little-endian machines only')
}
