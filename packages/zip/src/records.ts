/**
 * The fixed records of the ZIP format: their lengths, and their bytes.
 *
 * Source: PKWARE APPNOTE.TXT 6.3.10. Each function names its section; the order of the fields in the
 * code is the order in the section, so that the two can be read side by side.
 *
 * A stored entry is its local header followed by its content, nothing else: CRC and sizes are known
 * beforehand, so there is no data descriptor.
 */
import { dosDateTime } from './dos-time.ts'
import type { EntryPage } from './entry-page.ts'
import { put16, put32, put64 } from './little-endian.ts'
import type { ArchivePart } from './plan-parts.ts'

/**
 * Sizes and offsets from here up are written as ZIP64.
 *
 * Not 0xFFFFFFFF, where the format would have it: Info-ZIP's unzip 6.0 takes a size of 0xFFFFFFFE beside
 * a ZIP64 offset for corrupt. A field may always be given as ZIP64 (4.5.3), so this is valid, and every
 * reader we know of reads it.
 */
export const ZIP64_FROM = 0xffff_0000

/** A count of entries from here up is written as ZIP64 (4.4.21). */
export const ZIP64_FROM_COUNT = 0xffff

/** Length of the longest record that describes an entry: a directory header with all of its extra fields. */
export const LONGEST_RECORD = 46 + 0xffff + 28 + 9

const IN_ZIP64 = 0xffff_ffff
const UTF8_NAMES = 1 << 11
const STORED = 0
const VERSION_2_0 = 20
const VERSION_4_5 = 45
const MADE_ON_UNIX = 3 << 8
/** Unix mode in the high half, MS-DOS attributes in the low (4.4.15): a file, rw-r--r--. */
const FILE_ATTRIBUTES = 0o100_644 << 16
/** A folder, rwxr-xr-x, and the MS-DOS bit for a folder. */
const FOLDER_ATTRIBUTES = (0o040_755 << 16) | 0x10
const TIMESTAMP_LENGTH = 9
const SLASH = 0x2f

/** How many bytes {@link writeLocalHeader} writes. */
export function localHeaderLength(nameLength: number, size: number): number {
  return 30 + nameLength + (size >= ZIP64_FROM ? 4 + 16 : 0) + TIMESTAMP_LENGTH
}

/** How many bytes {@link writeDirectoryHeader} writes. */
export function directoryHeaderLength(nameLength: number, size: number, headerOffset: number): number {
  return 46 + nameLength + zip64Length(size, headerOffset) + TIMESTAMP_LENGTH
}

/** Whether a part needs the ZIP64 end records. */
export function needsZip64(entryCount: number, directoryStart: number, directorySize: number): boolean {
  return entryCount >= ZIP64_FROM_COUNT || directoryStart >= ZIP64_FROM || directorySize >= ZIP64_FROM
}

/** How many bytes {@link endRecords} gives. */
export function endRecordsLength(zip64: boolean): number {
  return zip64 ? 56 + 20 + 22 : 22
}

/** Local file header, section 4.3.7. */
export function writeLocalHeader(out: Uint8Array, at: number, page: EntryPage, i: number): void {
  const size = page.sizes[i] ?? 0
  const seconds = page.modifiedSeconds[i] ?? 0
  const nameLength = nameLengthOf(page, i)
  const large = size >= ZIP64_FROM
  put32(out, at, 0x0403_4b50)
  put16(out, at + 4, large ? VERSION_4_5 : VERSION_2_0)
  put16(out, at + 6, UTF8_NAMES)
  put16(out, at + 8, STORED)
  put32(out, at + 10, dosDateTime(seconds))
  put32(out, at + 14, page.crc32s[i] ?? 0)
  put32(out, at + 18, large ? IN_ZIP64 : size)
  put32(out, at + 22, large ? IN_ZIP64 : size)
  put16(out, at + 26, nameLength)
  put16(out, at + 28, (large ? 4 + 16 : 0) + TIMESTAMP_LENGTH)
  let end = writeName(out, at + 30, page, i)
  if (large) {
    put16(out, end, 0x0001) // ZIP64 extra field, section 4.5.3
    put16(out, end + 2, 16)
    put64(out, end + 4, size)
    put64(out, end + 12, size)
    end += 20
  }
  writeTimestamp(out, end, seconds)
}

/** Central directory header, section 4.3.12. */
export function writeDirectoryHeader(out: Uint8Array, at: number, page: EntryPage, i: number): void {
  const size = page.sizes[i] ?? 0
  const headerOffset = page.headerOffsets[i] ?? 0
  const seconds = page.modifiedSeconds[i] ?? 0
  const extra = zip64Length(size, headerOffset)
  const version = extra > 0 ? VERSION_4_5 : VERSION_2_0
  put32(out, at, 0x0201_4b50)
  put16(out, at + 4, MADE_ON_UNIX | version)
  put16(out, at + 6, version)
  put16(out, at + 8, UTF8_NAMES)
  put16(out, at + 10, STORED)
  put32(out, at + 12, dosDateTime(seconds))
  put32(out, at + 16, page.crc32s[i] ?? 0)
  put32(out, at + 20, clamp32(size))
  put32(out, at + 24, clamp32(size))
  put16(out, at + 28, nameLengthOf(page, i))
  put16(out, at + 30, extra + TIMESTAMP_LENGTH)
  put16(out, at + 32, 0) // comment length
  put16(out, at + 34, 0) // disk number
  put16(out, at + 36, 0) // internal attributes
  put32(out, at + 38, isFolder(page, i) ? FOLDER_ATTRIBUTES : FILE_ATTRIBUTES)
  put32(out, at + 42, clamp32(headerOffset))
  const end = writeName(out, at + 46, page, i)
  if (extra > 0) writeZip64(out, end, size, headerOffset)
  writeTimestamp(out, end + extra, seconds)
}

/** ZIP64 end of central directory record and locator where needed, then the end record: 4.3.14 to 4.3.16. */
export function endRecords(part: ArchivePart): Uint8Array {
  const out = new Uint8Array(endRecordsLength(part.zip64))
  if (part.zip64) writeZip64EndRecords(out, part)
  const at = part.zip64 ? 76 : 0
  const count = Math.min(part.entryCount, ZIP64_FROM_COUNT)
  put32(out, at, 0x0605_4b50)
  put16(out, at + 4, 0) // this disk
  put16(out, at + 6, 0) // disk of the directory
  put16(out, at + 8, count) // entries on this disk
  put16(out, at + 10, count)
  put32(out, at + 12, clamp32(part.directorySize))
  put32(out, at + 16, clamp32(part.directoryStart))
  put16(out, at + 20, 0) // comment length
  return out
}

/** Length of entry `i`'s name, in bytes. */
export function nameLengthOf(page: EntryPage, i: number): number {
  return (page.nameOffsets[i + 1] ?? 0) - (page.nameOffsets[i] ?? 0)
}

function isFolder(page: EntryPage, i: number): boolean {
  return page.names[(page.nameOffsets[i + 1] ?? 0) - 1] === SLASH
}

/** ZIP64 end of central directory record (4.3.14) and its locator (4.3.15). */
function writeZip64EndRecords(out: Uint8Array, part: ArchivePart): void {
  put32(out, 0, 0x0606_4b50)
  put64(out, 4, 44) // bytes that follow this field
  put16(out, 12, MADE_ON_UNIX | VERSION_4_5)
  put16(out, 14, VERSION_4_5)
  put32(out, 16, 0) // this disk
  put32(out, 20, 0) // disk of the directory
  put64(out, 24, part.entryCount) // entries on this disk
  put64(out, 32, part.entryCount)
  put64(out, 40, part.directorySize)
  put64(out, 48, part.directoryStart)
  put32(out, 56, 0x0706_4b50)
  put32(out, 60, 0) // disk of the ZIP64 end record
  put64(out, 64, part.directoryStart + part.directorySize)
  put32(out, 72, 1) // number of disks
}

/** ZIP64 extra field, section 4.5.3: only the values whose own field says so, in this order. */
function writeZip64(out: Uint8Array, at: number, size: number, headerOffset: number): void {
  put16(out, at, 0x0001)
  put16(out, at + 2, zip64Length(size, headerOffset) - 4)
  let end = at + 4
  if (size >= ZIP64_FROM) {
    put64(out, end, size)
    put64(out, end + 8, size)
    end += 16
  }
  if (headerOffset >= ZIP64_FROM) put64(out, end, headerOffset)
}

function zip64Length(size: number, headerOffset: number): number {
  const values = (size >= ZIP64_FROM ? 16 : 0) + (headerOffset >= ZIP64_FROM ? 8 : 0)
  return values > 0 ? 4 + values : 0
}

/** Extended timestamp (0x5455, Info-ZIP's extrafld.txt): the modification time in UTC, alike in both headers. */
function writeTimestamp(out: Uint8Array, at: number, seconds: number): void {
  put16(out, at, 0x5455)
  put16(out, at + 2, 5)
  out[at + 4] = 1 // only the modification time
  put32(out, at + 5, seconds)
}

/** Copies a name, and gives where it ends. A loop, because names are short and `set` needs a view. */
function writeName(out: Uint8Array, at: number, page: EntryPage, i: number): number {
  const { names, nameOffsets } = page
  const start = nameOffsets[i] ?? 0
  const end = nameOffsets[i + 1] ?? 0
  for (let from = start; from < end; from++) out[at + from - start] = names[from] ?? 0
  return at + end - start
}

function clamp32(value: number): number {
  return value >= ZIP64_FROM ? IN_ZIP64 : value
}
