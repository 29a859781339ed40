import { createHash, type Hash } from 'node:crypto'
import { crc32 } from '@node-rs/crc32'
import type { BlobHash } from '@vitrine/domain'
import type { BlobFacts } from './blob-store.ts'

/** So many of the first bytes are kept: enough for the entries at the front of a document that is a ZIP archive. */
export const sampleSize = 16_384

/** What bytes came to that were read through once. */
export interface HashedBytes extends Omit<BlobFacts, 'mediaType'> {
  /** The first {@link sampleSize} of them: `factsOf` tells the media type from these. */
  readonly firstBytes: Uint8Array
}

/** Learns what there is to know of a blob while its bytes go by, once. Threads load this file: keep it light. */
export class BlobReader {
  #sha256: Hash = createHash('sha256')
  #sample: Uint8Array[] = []
  #sampled = 0
  #crc32 = 0
  #size = 0

  /** Takes the next bytes. They may be changed afterwards. */
  add(bytes: Uint8Array): void {
    this.#sha256.update(bytes)
    this.#crc32 = crc32(bytes, this.#crc32)
    this.#size += bytes.length
    const wanted = sampleSize - this.#sampled
    if (wanted <= 0) return
    // Copied: the caller's buffer is used again.
    const piece = Uint8Array.from(bytes.subarray(0, wanted))
    this.#sample.push(piece)
    this.#sampled += piece.length
  }

  /** The same knowledge, to go on from with other bytes. */
  copy(): BlobReader {
    const copy = new BlobReader()
    copy.#sha256 = this.#sha256.copy()
    copy.#sample = [...this.#sample]
    copy.#sampled = this.#sampled
    copy.#crc32 = this.#crc32
    copy.#size = this.#size
    return copy
  }

  /** What is known after the last bytes. Once. */
  end(): HashedBytes {
    return {
      sha256: this.#sha256.digest('hex') as BlobHash,
      size: this.#size,
      crc32: this.#crc32,
      firstBytes: Buffer.concat(this.#sample),
    }
  }
}
