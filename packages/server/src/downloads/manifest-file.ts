import type { BlobHash } from '@vitrine/domain'
import {
  decodeManifestIndex,
  indexRangeOf,
  MANIFEST_FOOTER_LENGTH,
  ManifestFormatError,
  type ManifestIndex,
  PageCache,
  type PageSource,
} from '@vitrine/zip'
import type { BlobStore } from '../blobs/blob-store.ts'
import { BoundedMap } from '../bounded-map.ts'
import { grantColumnLength, readGrants, type Grants } from './grant-column.ts'

/** Bytes of pages that are kept for transfers, of all manifests. A page has some 120 kB. */
const pageMemory = 32 * 1024 * 1024
/** Manifests whose index is kept. Of a million entries an index has 24 kB. */
const mostIndexes = 200

/**
 * A manifest as it lies in its blob: before each page of packages/zip stands its column of grants, and at the end the
 * index and footer, whose positions count the pages alone.
 */
export interface ManifestFile {
  readonly index: ManifestIndex
  /** The pages, through the cache: for transfers. */
  readonly pages: PageSource
  /** The pages past the cache, one after another: for looking at all once. */
  readonly uncachedPages: PageSource
  /** What the entries of page `number` were given by. */
  grants(number: number): Promise<Grants>
}

/** Reads manifests, and keeps what transfers ask for again within bounds. */
export class Manifests {
  readonly #blobs: Pick<BlobStore, 'read' | 'sizeOf'>
  readonly #cache = new PageCache(pageMemory)
  readonly #files = new BoundedMap<BlobHash, Promise<ManifestFile>>(mostIndexes)

  constructor(blobs: Pick<BlobStore, 'read' | 'sizeOf'>) {
    this.#blobs = blobs
  }

  /**
   * Opens a manifest: two reads the first time.
   *
   * @throws {VitrineError} `blob/damaged`
   */
  open(manifest: BlobHash): Promise<ManifestFile> {
    const file = this.#files.get(manifest) ?? this.#begin(manifest)
    // Set again each time: what was not asked for the longest goes first.
    this.#files.set(manifest, file)
    return file
  }

  #begin(manifest: BlobHash): Promise<ManifestFile> {
    const opening = this.#read(manifest)
    opening.catch(() => this.#files.delete(manifest))
    return opening
  }

  async #read(manifest: BlobHash): Promise<ManifestFile> {
    const size = (await this.#blobs.sizeOf(manifest)) ?? 0
    const read = (start: number, end: number) => this.#bytes(manifest, start, end)
    const { start, end } = indexRangeOf(await read(Math.max(0, size - MANIFEST_FOOTER_LENGTH), size))
    const index = decodeManifestIndex(await read(size - (end - start), size))
    const places = new Places(index)
    const readPage = (from: number, to: number) => read(from + places.shiftAt(from), to + places.shiftAt(from))
    return {
      index,
      pages: this.#cache.source(manifest, index, readPage),
      uncachedPages: new PageCache(0).source(manifest, index, readPage),
      grants: async (number) => {
        const column = places.grants(number)
        return readGrants(await read(column.start, column.end), places.entriesOf(number))
      },
    }
  }

  async #bytes(manifest: BlobHash, start: number, end: number): Promise<Uint8Array> {
    const bytes = new Uint8Array(end - start)
    let at = 0
    for await (const chunk of this.#blobs.read(manifest, { start, end })) {
      bytes.set(chunk, at)
      at += chunk.length
    }
    if (at !== bytes.length) throw new ManifestFormatError('a manifest is cut short')
    return bytes
  }
}

/** Where pages and columns of grants lie. */
class Places {
  readonly #index: ManifestIndex

  constructor(index: ManifestIndex) {
    this.#index = index
  }

  entriesOf(number: number): number {
    const { pageLength, entryCount } = this.#index
    return Math.min(pageLength, entryCount - number * pageLength)
  }

  /** How many bytes of grants stand before the page whose position in the index is `position`. */
  shiftAt(position: number): number {
    return this.#columnsBefore(this.#pageAt(position) + 1)
  }

  grants(number: number): { readonly start: number; readonly end: number } {
    const start = (this.#index.positions[number] ?? 0) + this.#columnsBefore(number)
    return { start, end: start + grantColumnLength(this.entriesOf(number)) }
  }

  #columnsBefore(number: number): number {
    const full = grantColumnLength(this.#index.pageLength)
    return number === 0 ? 0 : (number - 1) * full + grantColumnLength(this.entriesOf(number - 1))
  }

  #pageAt(position: number): number {
    const { positions } = this.#index
    let low = 0
    let high = positions.length
    while (high - low > 1) {
      const middle = (low + high) >>> 1
      if ((positions[middle] ?? Infinity) <= position) low = middle
      else high = middle
    }
    return low
  }
}

const ofStore = new WeakMap<object, Manifests>()

/** The manifests of a blob store, with the one cache that all requests share. */
export function manifestsOf(blobs: BlobStore): Manifests {
  const known = ofStore.get(blobs) ?? new Manifests(blobs)
  ofStore.set(blobs, known)
  return known
}
