import { createHash } from 'node:crypto'
import { VitrineError } from '@vitrine/domain'
import type { PieceChecksum } from './tus-headers.ts'

type Chunks = AsyncIterable<Uint8Array>

/**
 * The chunks, unchanged, when they hash to this in the end.
 *
 * @throws {VitrineError} `upload/checksum-mismatch` after the last one
 */
export async function* withChecksum(chunks: Chunks, { algorithm, digest }: PieceChecksum): Chunks {
  const hash = createHash(algorithm)
  for await (const chunk of chunks) {
    hash.update(chunk)
    yield chunk
  }
  if (hash.digest().equals(digest)) return
  throw new VitrineError('upload/checksum-mismatch', 'The bytes that arrived are not those that were sent.')
}

/**
 * The chunks, as long as they come to so many bytes at most.
 *
 * @throws {VitrineError} `request/too-large` once they are more; what fits was let through
 */
export async function* atMost(chunks: Chunks, most: number): Chunks {
  let left = most
  for await (const chunk of chunks) {
    if (chunk.length > left) {
      if (left > 0) yield chunk.subarray(0, left)
      throw tooLong()
    }
    left -= chunk.length
    yield chunk
  }
}

/** The failure of bytes beyond the length that was declared. */
export function tooLong(): VitrineError {
  return new VitrineError('request/too-large', 'These are more bytes than the upload was declared to have.')
}

/** The chunks without their first so many bytes. */
export async function* after(chunks: Chunks, dropped: number): Chunks {
  let left = dropped
  for await (const chunk of chunks) {
    const rest = chunk.subarray(Math.min(left, chunk.length))
    left -= chunk.length - rest.length
    if (rest.length > 0) yield rest
  }
}
