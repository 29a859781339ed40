import type { BlobHash } from '@vitrine/domain'

/** A hash as the database keeps it: 32 bytes. */
export function bytesOfHash(hash: BlobHash): Buffer {
  return Buffer.from(hash, 'hex')
}

/** The strong entity tag of a blob's bytes, with its quotes. */
export function etagOfBlob(hash: BlobHash): string {
  return `"${bytesOfHash(hash).toString('base64url')}"`
}

/** A hash that the database keeps as 32 bytes. */
export function hashOfBytes(bytes: Buffer): BlobHash {
  return bytes.toString('hex') as BlobHash
}
