import { ManifestFormatError } from './entry-page.ts'
import { strongETag } from './part-digest.ts'
import { type ArchivePart, partLength } from './plan-parts.ts'
import { needsZip64 } from './records.ts'

/** A part of a manifest, with its validator. */
export interface ManifestPart extends ArchivePart {
  /** Strong entity tag of the part's bytes, with its quotes. */
  readonly etag: string
}

/** Where the pages of a manifest begin: what is kept in memory of it (28 bytes per page). */
export interface PageIndex {
  /** How many entries each page has; the last may have fewer. */
  readonly pageLength: number
  /** How many entries all pages have. */
  readonly entryCount: number
  /** Where each encoded page starts in the manifest, in bytes; one more item, for where the last ends. */
  readonly positions: Float64Array
  /** Header offset, in its part, of each page's first entry. */
  readonly headerOffsets: Float64Array
  /** Directory offset, in its part, of each page's first entry. */
  readonly directoryOffsets: Float64Array
}

/** All of a manifest but its pages. */
export interface ManifestIndex extends PageIndex {
  readonly parts: readonly ManifestPart[]
}

const MAGIC = 0x3149_5a56 // "VZI1"
const PART_LENGTH = 4 * 8 + 32

/** How many bytes from its end say where a manifest's index lies. */
export const MANIFEST_FOOTER_LENGTH = 40

/** Where the index of a manifest lies in it, as a half-open range of bytes. */
export interface IndexRange {
  readonly start: number
  readonly end: number
}

/** The index and the footer, as bytes to append to the last page. `digests` has one of 32 bytes per part. */
export function encodeManifestIndex(
  index: PageIndex,
  parts: readonly ArchivePart[],
  digests: readonly Uint8Array[],
): Uint8Array<ArrayBuffer> {
  const pageCount = index.headerOffsets.length
  const bytes = new Uint8Array(indexLength(pageCount, parts.length) + MANIFEST_FOOTER_LENGTH)
  const columns = [index.positions, index.headerOffsets, index.directoryOffsets]
  let at = 0
  for (const column of columns) {
    new Float64Array(bytes.buffer, at, column.length).set(column)
    at += column.length * 8
  }
  for (const [i, part] of parts.entries()) {
    const numbers = [part.firstEntry, part.entryCount, part.directoryStart, part.directorySize]
    new Float64Array(bytes.buffer, at, 4).set(numbers)
    bytes.set(digests[i] ?? [], at + 4 * 8)
    at += PART_LENGTH
  }
  const footer = new DataView(bytes.buffer, at)
  footer.setFloat64(0, index.positions[pageCount] ?? 0, true)
  footer.setFloat64(8, index.entryCount, true)
  footer.setFloat64(16, index.pageLength, true)
  footer.setUint32(24, pageCount, true)
  footer.setUint32(28, parts.length, true)
  footer.setUint32(36, MAGIC, true)
  return bytes
}

/**
 * Where the index lies, from the last {@link MANIFEST_FOOTER_LENGTH} bytes of a manifest.
 *
 * @throws {ManifestFormatError}
 */
export function indexRangeOf(footer: Uint8Array): IndexRange {
  const { indexStart, pageCount, partCount } = readFooter(footer)
  return { start: indexStart, end: indexStart + indexLength(pageCount, partCount) + MANIFEST_FOOTER_LENGTH }
}

/**
 * The index, from the bytes of {@link indexRangeOf}.
 *
 * @throws {ManifestFormatError}
 */
export function decodeManifestIndex(bytes: Uint8Array): ManifestIndex {
  const own = new Uint8Array(bytes)
  const footer = readFooter(own.subarray(-MANIFEST_FOOTER_LENGTH))
  const { entryCount, pageLength, pageCount, partCount } = footer
  if (own.length !== indexLength(pageCount, partCount) + MANIFEST_FOOTER_LENGTH) {
    throw new ManifestFormatError('the index of a manifest has another length than its footer says')
  }
  const columnAt = (position: number, length: number) => new Float64Array(own.buffer, position * 8, length)
  return {
    pageLength,
    entryCount,
    positions: columnAt(0, pageCount + 1),
    headerOffsets: columnAt(pageCount + 1, pageCount),
    directoryOffsets: columnAt(pageCount * 2 + 1, pageCount),
    parts: Array.from({ length: partCount }, (_, i) => readPart(own, i, indexLength(pageCount, i))),
  }
}

function readPart(bytes: Uint8Array, i: number, at: number): ManifestPart {
  const view = new DataView(bytes.buffer, bytes.byteOffset + at, PART_LENGTH)
  const entryCount = view.getFloat64(8, true)
  const directoryStart = view.getFloat64(16, true)
  const directorySize = view.getFloat64(24, true)
  return {
    number: i + 1,
    firstEntry: view.getFloat64(0, true),
    entryCount,
    directoryStart,
    directorySize,
    byteLength: partLength(entryCount, directoryStart, directorySize),
    zip64: needsZip64(entryCount, directoryStart, directorySize),
    etag: strongETag(bytes.subarray(at + 32, at + PART_LENGTH)),
  }
}

function readFooter(footer: Uint8Array) {
  if (footer.length !== MANIFEST_FOOTER_LENGTH) throw new ManifestFormatError('a manifest is cut short')
  const view = new DataView(footer.buffer, footer.byteOffset)
  if (view.getUint32(36, true) !== MAGIC) throw new ManifestFormatError('a manifest has no end mark')
  return {
    indexStart: view.getFloat64(0, true),
    entryCount: view.getFloat64(8, true),
    pageLength: view.getFloat64(16, true),
    pageCount: view.getUint32(24, true),
    partCount: view.getUint32(28, true),
  }
}

function indexLength(pageCount: number, partCount: number): number {
  return (pageCount * 3 + 1) * 8 + partCount * PART_LENGTH
}
