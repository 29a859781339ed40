import type { BlobHash } from '@vitrine/domain'
import { entryContentKey, entryName } from '@vitrine/zip'
import { bytesOfHash } from '../blobs/blob-hash.ts'
import type { Parts } from '../parts.ts'
import type { StoredDownload, StoredPart } from './download.ts'
import { manifestsOf } from './manifest-file.ts'

/** An entry of a download, as it is described beside it. */
interface DescribedEntry {
  readonly part: number
  /** Path in the archive. */
  readonly name: string
  /** In bytes. */
  readonly size: number
  readonly sha256: Uint8Array
  /** In s since the Unix epoch. */
  readonly modifiedAt: number
}

/** A download that is ready, with its parts. */
export interface DescribedDownload {
  readonly download: StoredDownload
  readonly parts: readonly StoredPart[]
}

/** The file SHA256SUMS: one line for each file, as `sha256sum -c` reads it where the parts were unpacked. */
export async function* checksums(parts: Pick<Parts, 'blobs'>, described: DescribedDownload): AsyncGenerator<string> {
  for await (const entries of entriesOf(parts, described)) {
    const files = entries.filter(({ name }) => !name.endsWith('/'))
    // A backslash would need an escape; no name in an archive has one.
    yield files.map(({ name, sha256 }) => `${hex(sha256)}  ${name}\n`).join('')
  }
}

/** The file manifest.json: name, parts and every entry. */
export async function* manifestJson(parts: Pick<Parts, 'blobs'>, described: DescribedDownload): AsyncGenerator<string> {
  const { download } = described
  const files = described.parts.map(({ number, name, mediaType, size, etag }) => ({
    number,
    name,
    mediaType,
    size,
    etag,
  }))
  yield `{"name":${JSON.stringify(download.name)},"parts":${JSON.stringify(files)},"entries":[`
  let separator = '\n'
  for await (const entries of entriesOf(parts, described)) {
    const lines = entries.map((entry) => JSON.stringify(presentEntry(entry)))
    if (lines.length > 0) yield separator + lines.join(',\n')
    separator = ',\n'
  }
  yield '\n]}\n'
}

function presentEntry({ part, name, size, sha256, modifiedAt }: DescribedEntry) {
  const isFolder = name.endsWith('/')
  const modified = modifiedAt === 0 ? {} : { modifiedAt: new Date(modifiedAt * 1000).toISOString() }
  return { part, name, ...(!isFolder && { size, sha256: hex(sha256) }), ...modified }
}

/** The entries, a page at a time, past the cache that transfers use. */
async function* entriesOf(
  { blobs }: Pick<Parts, 'blobs'>,
  { download, parts }: DescribedDownload,
): AsyncGenerator<DescribedEntry[]> {
  if (download.manifest === null) {
    yield plainEntries(parts)
    return
  }
  const { index, uncachedPages } = await manifestsOf(blobs).open(download.manifest)
  let part = 0
  for (let number = 0; number < index.headerOffsets.length; number++) {
    const page = await uncachedPages.page(number)
    yield Array.from({ length: page.entryCount }, (_, i) => {
      while (page.firstEntry + i >= endOfPart(index.parts[part])) part += 1
      return {
        part: part + 1,
        name: entryName(page, i),
        size: page.sizes[i] ?? 0,
        sha256: entryContentKey(page, i),
        modifiedAt: page.modifiedSeconds[i] ?? 0,
      }
    })
  }
}

function endOfPart(part: { readonly firstEntry: number; readonly entryCount: number } | undefined): number {
  return part ? part.firstEntry + part.entryCount : Infinity
}

function plainEntries(parts: readonly StoredPart[]): DescribedEntry[] {
  const blobOf = ({ plain }: StoredPart): BlobHash => plain?.blob ?? ('' as BlobHash)
  return parts.map((part) => ({
    part: part.number,
    name: part.name,
    size: part.size,
    sha256: bytesOfHash(blobOf(part)),
    modifiedAt: 0,
  }))
}

function hex(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('hex')
}
