import { type ManifestPart, type PageIndex, type PageSource, PartReader } from '@vitrine/zip'
import { BlobContentReader } from './blob-content-reader.ts'
import type { ContentPath } from './blob-paths.ts'
import type { ByteSource } from './send-bytes.ts'

/** The bytes of a part of a download, computed from its manifest and read from the blobs it names. */
export function partSource(part: ManifestPart, index: PageIndex, pages: PageSource, pathOf: ContentPath): ByteSource {
  const contents = new BlobContentReader(pathOf)
  const reader = new PartReader(part, index, pages, contents.read)
  return {
    fill: (buffer, position, length) => reader.fill(buffer, position, length),
    close: () => contents.close(),
  }
}

/**
 * The bytes of one blob.
 *
 * @param sha256 the blob's hash, 32 bytes
 * @param size its length, in bytes
 */
export function blobSource(sha256: Uint8Array, size: number, pathOf: ContentPath): ByteSource {
  const contents = new BlobContentReader(pathOf)
  return {
    fill: (buffer, position, length) => contents.read(sha256, 0, size, position, buffer, 0, length),
    close: () => contents.close(),
  }
}
