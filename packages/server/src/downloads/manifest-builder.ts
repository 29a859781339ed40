import { createHash } from 'node:crypto'
import {
  ArchivePaths,
  type BlobHash,
  hasRenditions,
  longestEntryPath,
  notIncludedName,
  renditionExtension,
} from '@vitrine/domain'
import { DEFAULT_PAGE_LENGTH, type FinishedManifest, ManifestWriter } from '@vitrine/zip'
import { hashOfBytes } from '../blobs/blob-hash.ts'
import { bytesOfUuid } from '../uuid-bytes.ts'
import type { GrantKind, PlainFile, SkippedFile, WantedContents } from './download.ts'
import { GrantColumn, nodeIdAt } from './grant-column.ts'
import type { SelectedRendition } from './selection-store.ts'
import type { AssetStep, FolderStep, WalkStep } from './walk-selection.ts'

/** Names that are kept of what was left out. */
const mostSkippedNames = 10_000

/** What is known of the renditions that a batch of steps needs. */
export type RenditionLookup = (source: BlobHash, name: string) => SelectedRendition | undefined

/** What is done about a rendition that is wanted and not made yet. It is left out, unless this throws. */
export type WhenMissing = () => void

/** A rendition that is wanted is not made yet: the manifest cannot be frozen. */
export class RenditionMissingError extends Error {
  override readonly name = 'RenditionMissingError'
}

/** A file that goes into the archive. */
interface Content {
  readonly path: string
  /** In bytes. */
  readonly size: number
  readonly crc32: number
  readonly sha256: Uint8Array
  readonly mediaType: string
}

/** A file and the asset that it belongs to, when it is the only one of a download. */
export interface OnlyFile extends PlainFile {
  readonly name: string
  readonly mediaType: string
  /** In bytes. */
  readonly size: number
}

/** Turns the steps of a walk into entries, and these into the pages of a manifest. */
export class ManifestBuilder {
  readonly #wanted: WantedContents
  readonly #whenMissing: WhenMissing
  readonly #paths: ArchivePaths
  readonly #writer: ManifestWriter
  readonly #grants = new GrantColumn(DEFAULT_PAGE_LENGTH)
  #pages: Uint8Array[] = []
  /** The present folder, as long as nothing was found in it. */
  #empty: FolderStep | undefined
  #latest = 0
  #first: OnlyFile | undefined
  #entries = 0
  readonly #skipped: SkippedFile[] = []
  #withoutRight = 0
  /** Number of files so far. */
  files = 0
  /** Bytes of their contents. */
  contentBytes = 0
  /** Files that were left out so far. */
  skippedCount = 0

  constructor(wanted: WantedContents, partLimit: number, whenMissing: WhenMissing) {
    this.#wanted = wanted
    this.#whenMissing = whenMissing
    this.#paths = new ArchivePaths(wanted.layout)
    this.#writer = new ManifestWriter({ newSha256: () => createHash('sha256'), partLimit })
  }

  /** What was left out, the first ten thousand. */
  get skipped(): readonly SkippedFile[] {
    return this.#skipped
  }

  /** How many files were left out because originals or renditions may not be had. */
  get withoutRight(): number {
    return this.#withoutRight
  }

  /** Whether all that was left out was left out because originals or renditions may not be had. */
  get skippedForRights(): boolean {
    return this.#withoutRight > 0 && this.#withoutRight === this.skippedCount
  }

  /** Whether no file is in it: empty folders alone make no download. */
  get isEmpty(): boolean {
    return this.files === 0
  }

  /** The file that all would be, if it is the only one and nothing was left out. */
  get onlyFile(): OnlyFile | undefined {
    return this.#entries === 1 && this.skippedCount === 0 ? this.#first : undefined
  }

  add(step: WalkStep, renditionOf: RenditionLookup): void {
    if (step.kind === 'folder') this.#enter(step)
    else this.#addAsset(step, renditionOf)
  }

  /** The pages that became full since the last call, each with its grants. */
  takePages(): Uint8Array[] {
    const pages = this.#pages
    this.#pages = []
    return pages
  }

  /** The last folder ends. Only {@link addNotIncluded} may follow. */
  endFolders(): void {
    this.#endEmpty()
  }

  /** Puts the list of what was left out at the root. */
  addNotIncluded(content: Pick<Content, 'size' | 'crc32' | 'sha256'>): void {
    this.#append({ ...content, path: this.#paths.fileAtRoot(notIncludedName) }, this.#latest, undefined, 'none')
  }

  /** The end of the manifest: grants and last page, index, footer. Its position counts nothing before. */
  finish(): FinishedManifest {
    const finished = this.#writer.finish()
    const grants = this.#grants.take()
    const bytes = new Uint8Array(grants.length + finished.bytes.length)
    bytes.set(grants)
    bytes.set(finished.bytes, grants.length)
    return { ...finished, bytes }
  }

  #enter(folder: FolderStep): void {
    if (this.#empty && folder.depth <= this.#empty.depth) this.#endEmpty()
    this.#paths.enterFolder(folder.depth, folder.name)
    this.#empty = folder
  }

  #endEmpty(): void {
    const path = this.#paths.folderEntry()
    if (this.#empty && path !== undefined) this.#appendFolder(this.#empty, path)
    this.#empty = undefined
  }

  #appendFolder(folder: FolderStep, path: string): void {
    if (isTooLong(path)) return this.#skip(path, tooLong)
    this.#append({ path, size: 0, crc32: 0 }, folder.modifiedAt, bytesOfUuid(folder.id), 'folder')
  }

  #addAsset(asset: AssetStep, renditionOf: RenditionLookup): void {
    const { originals, renditions } = this.#wanted
    this.#paths.beginAsset(asset.name)
    if (originals && asset.offer.originals) this.#addOriginal(asset)
    else if (originals) this.#skipForRights(asset.name, 'The original may not be downloaded.')
    if (renditions.length === 0) return
    const source = hashOfBytes(asset.key.subarray(16))
    for (const name of renditions) this.#addRendition(asset, name, renditionOf(source, name))
  }

  #addOriginal(asset: AssetStep): void {
    const { size, crc32, mediaType, key } = asset
    const content = { path: this.#paths.original(), size, crc32, mediaType, sha256: key.subarray(16) }
    this.#addFile(content, asset, 'original')
  }

  #addRendition(asset: AssetStep, name: string, rendition: SelectedRendition | undefined): void {
    const wanted = `${asset.name} (${name})`
    if (!asset.offer.renditions) return this.#skipForRights(wanted, 'Renditions may not be downloaded.')
    if (!rendition && hasRenditions(asset.mediaType)) return this.#whenMissing()
    if (!rendition) return this.#skip(wanted, 'There is no such rendition of this type of file.')
    if (rendition.state === 'failed') return this.#skip(wanted, rendition.failure ?? 'It could not be made.')
    const { sha256, size, crc32, mediaType } = rendition
    if (sha256 === null || size === null || crc32 === null || mediaType === null) return this.#whenMissing()
    const path = this.#paths.rendition(name, renditionExtension(mediaType))
    this.#addFile({ path, size, crc32, mediaType, sha256 }, asset, 'rendition')
  }

  #addFile(content: Content, asset: AssetStep, grant: 'original' | 'rendition'): void {
    if (isTooLong(content.path)) return this.#skip(content.path, tooLong)
    this.#empty = undefined
    this.#latest = Math.max(this.#latest, asset.modifiedAt)
    this.files += 1
    this.contentBytes += content.size
    if (this.files === 1) this.#first = onlyFileOf(content, asset, grant)
    this.#append(content, asset.modifiedAt, asset.key, grant)
  }

  #append(
    content: { readonly path: string; readonly size: number; readonly crc32: number; readonly sha256?: Uint8Array },
    modifiedAt: number,
    ids: Uint8Array | undefined,
    kind: GrantKind,
  ): void {
    const { path, size, crc32, sha256 } = content
    const page = this.#writer.add({ name: path, size, crc32, modifiedAt, ...(sha256 && { contentKey: sha256 }) })
    if (page) this.#pages.push(this.#grants.take(), page)
    this.#grants.append(ids, kind)
    this.#entries += 1
  }

  #skipForRights(name: string, reason: string): void {
    this.#withoutRight += 1
    this.#skip(name, reason)
  }

  #skip(name: string, reason: string): void {
    this.skippedCount += 1
    if (this.#skipped.length < mostSkippedNames) this.#skipped.push({ name, reason })
  }
}

const tooLong = 'Its path is too long for an archive.'

function isTooLong(path: string): boolean {
  return path.length * 3 > longestEntryPath && Buffer.byteLength(path) > longestEntryPath
}

function onlyFileOf(content: Content, { key }: AssetStep, grant: 'original' | 'rendition'): OnlyFile {
  return {
    name: content.path.slice(content.path.lastIndexOf('/') + 1),
    mediaType: content.mediaType,
    size: content.size,
    blob: hashOfBytes(Buffer.from(content.sha256)),
    node: nodeIdAt(key, 0),
    grant,
  }
}
