/** Archives for tests: entries with made-up contents, a manifest in memory, and ways to read ranges of it. */
import { createHash } from 'node:crypto'
import { crc32 } from 'node:zlib'
import { CONTENT_KEY_LENGTH } from './entry-page.ts'
import {
  decodeManifestIndex,
  indexRangeOf,
  MANIFEST_FOOTER_LENGTH,
  type ManifestIndex,
  type ManifestPart,
} from './manifest-index.ts'
import { ManifestWriter } from './manifest-writer.ts'
import type { NewEntry } from './new-entry.ts'
import { PageCache, type PageSource } from './page-source.ts'
import { PartReader, type ReadContent } from './part-reader.ts'

/** A manifest whose bytes are in memory. */
export interface ArchiveInMemory {
  readonly manifest: Uint8Array
  readonly index: ManifestIndex
  /** The pages, read anew each time: nothing is at hand. */
  readonly pages: PageSource
}

/** How an archive is cut up. */
export interface Cut {
  readonly pageLength?: number
  readonly partLimit?: number
}

/** Lays out `entries`, writes the manifest, and opens it. */
export function archiveOf(entries: Iterable<NewEntry>, cut: Cut = {}): ArchiveInMemory {
  const writer = new ManifestWriter({ newSha256: () => createHash('sha256'), ...cut })
  const written: Uint8Array[] = []
  for (const entry of entries) {
    const page = writer.add(entry)
    if (page) written.push(page)
  }
  const manifest = new Uint8Array(Buffer.concat([...written, writer.finish().bytes]))
  const at = indexRangeOf(manifest.subarray(-MANIFEST_FOOTER_LENGTH))
  const index = decodeManifestIndex(manifest.subarray(at.start, at.end))
  // Room for the page used last only, so that most pages come as a promise.
  const pages = new PageCache(1).source('m', index, async (start, end) => manifest.subarray(start, end))
  return { manifest, index, pages }
}

/** The only part of an archive that has one. */
export function onlyPart({ index }: ArchiveInMemory): ManifestPart {
  const [part, ...others] = index.parts
  if (!part || others.length > 0) throw new Error(`the archive has ${index.parts.length} parts`)
  return part
}

/** A file entry with the given content. */
export function fileEntry(name: string, content: Uint8Array, modifiedAt = Date.UTC(2024, 1, 29, 12, 34, 56)): NewEntry {
  return { name, size: content.length, crc32: crc32(content), modifiedAt, contentKey: keyOf(content) }
}

/** An empty folder. */
export function folderEntry(name: string): NewEntry {
  return { name, size: 0, crc32: 0, modifiedAt: Date.UTC(2024, 1, 29, 12, 34, 56) }
}

/** Reads contents from memory: at once, or a turn of the event loop later. */
export function contentsOf(contents: readonly Uint8Array[], when: 'hot' | 'cold' | 'mixed' = 'hot'): ReadContent {
  const byKey = new Map(contents.map((content) => [hexOf(keyOf(content)), content]))
  return (keys, keyAt, size, offset, buffer, at, length) => {
    const content = byKey.get(hexOf(keys.subarray(keyAt, keyAt + CONTENT_KEY_LENGTH)))
    if (content?.length !== size) throw new Error('no such content')
    const copy = () => buffer.set(content.subarray(offset, offset + length), at)
    if (when === 'cold' || (when === 'mixed' && offset % 2 === 1)) return Promise.resolve().then(copy)
    copy()
    return undefined
  }
}

/** Contents that are all zeros, of any length. */
export const zeros: ReadContent = (_keys, _keyAt, _size, _offset, buffer, at, length) => {
  buffer.fill(0, at, at + length)
  return undefined
}

/** Bytes `start` to `end` of a part, in pieces of `step` bytes, by one reader. */
export async function readRange(
  archive: ArchiveInMemory,
  part: ManifestPart,
  readContent: ReadContent,
  range: { readonly start: number; readonly end: number; readonly step?: number },
): Promise<Buffer> {
  const reader = new PartReader(part, archive.index, archive.pages, readContent)
  const pieces: Uint8Array[] = []
  for (let at = range.start; at < range.end; at += range.step ?? Infinity) {
    const length = Math.min(range.step ?? Infinity, range.end - at)
    const piece = Buffer.alloc(length)
    await reader.fill(piece, at, length)
    pieces.push(piece)
  }
  return Buffer.concat(pieces)
}

/** All bytes of a part. */
export function readWhole(archive: ArchiveInMemory, part: ManifestPart, readContent: ReadContent): Promise<Buffer> {
  return readRange(archive, part, readContent, { start: 0, end: part.byteLength })
}

function keyOf(content: Uint8Array): Uint8Array {
  return createHash('sha256').update(content).digest()
}

function hexOf(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('hex')
}
