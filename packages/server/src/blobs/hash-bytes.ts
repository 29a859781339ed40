import { createHash, type Hash } from 'node:crypto'
import { crc32 } from '@node-rs/crc32'
import type { BlobHash } from '@vitrine/domain'
import type { BlobFacts, FileSource } from './blob-store.ts'
import { mediaTypeOfContent, typeSampleSize } from './media-type.ts'

/** Learns what there is to know of a blob while its bytes go by, once. */
export class BlobReader {
  #sha256: Hash = createHash('sha256')
  #sample: Uint8Array[] = []
  #sampled = 0
  readonly #watch: Pick<FileSource, 'onBytes' | 'signal'>
  #crc32 = 0
  #size = 0

  /** @param watch told of the bytes, and able to stop them */
  constructor(watch: Pick<FileSource, 'onBytes' | 'signal'> = {}) {
    this.#watch = watch
  }

  /** Takes the next bytes. They may be changed afterwards. */
  add(bytes: Uint8Array): void {
    this.#watch.signal?.throwIfAborted()
    this.#sha256.update(bytes)
    this.#crc32 = crc32(bytes, this.#crc32)
    this.#size += bytes.length
    this.#watch.onBytes?.(bytes.length)
    const wanted = typeSampleSize - this.#sampled
    if (wanted <= 0) return
    // Copied: the caller's buffer is used again.
    const piece = Uint8Array.from(bytes.subarray(0, wanted))
    this.#sample.push(piece)
    this.#sampled += piece.length
  }

  /** The same knowledge, to go on from with other bytes. */
  copy(): BlobReader {
    const copy = new BlobReader(this.#watch)
    copy.#sha256 = this.#sha256.copy()
    copy.#sample = [...this.#sample]
    copy.#sampled = this.#sampled
    copy.#crc32 = this.#crc32
    copy.#size = this.#size
    return copy
  }

  /** What is known after the last bytes. Once. */
  async facts(): Promise<BlobFacts> {
    return {
      sha256: this.#sha256.digest('hex') as BlobHash,
      size: this.#size,
      crc32: this.#crc32,
      mediaType: await mediaTypeOfContent(Buffer.concat(this.#sample)),
    }
  }
}
