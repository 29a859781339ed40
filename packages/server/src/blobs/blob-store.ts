import type { BlobHash } from '@vitrine/domain'

/** What is known of a blob once its bytes have been read through. */
export interface BlobFacts {
  readonly sha256: BlobHash
  /** In bytes. */
  readonly size: number
  /** Unsigned CRC-32 (ISO-HDLC). */
  readonly crc32: number
  /** Media type told from the first bytes; `application/octet-stream` when they tell nothing. */
  readonly mediaType: string
}

/** Bytes that are written and durable, but that nobody can read yet: place them, or discard them. */
export interface StagedBlob extends BlobFacts {
  /** Names the staged bytes within the store that made them. */
  readonly stagedAs: string
}

/** Where the bytes of a new blob come from. */
export type BlobSource = { readonly kind: 'stream'; readonly chunks: AsyncIterable<Uint8Array> } | FileSource

/** A file of this machine. It is taken by reflink where the file system can, else copied; never by hard link. */
export interface FileSource {
  readonly kind: 'file'
  readonly path: string | Buffer
  /** Told of bytes as they are taken. */
  readonly onBytes?: (length: number) => void
  /** Ends it early: its reason is thrown. */
  readonly signal?: AbortSignal
}

/**
 * Keeps immutable bytes under the SHA-256 of their content.
 *
 * Who guarantees what:
 * - `stage` has made the bytes durable (fsync) before it answers; a crash leaves at most a staged
 *   file, which `open` of the store clears away.
 * - `place` gives staged bytes their name. When it has answered, the name is durable too. Equal
 *   bytes placed twice, also at the same time, are kept once.
 * - The caller holds the shared blob lock from before `place` until its row is committed
 *   (`withBlobsShared`), so that garbage collection cannot take the bytes in between.
 * - `BlobStore` knows no rows: who names a blob is the database's business.
 */
export interface BlobStore {
  /**
   * Takes bytes in. When the source fails, its error is thrown on and what was written is gone again.
   *
   * @throws {VitrineError} `storage/full` when there is no room; what was written is gone again
   * @throws {VitrineError} `import/unreadable` when the file is no regular one (symbolic links are not followed) or cannot be read
   */
  stage(source: BlobSource): Promise<StagedBlob>
  /** Gives the staged bytes their name. Cheaper for many at once: folders are synced once each. */
  place(staged: readonly StagedBlob[]): Promise<void>
  /** Removes staged bytes that will not be placed. */
  discard(staged: readonly StagedBlob[]): Promise<void>
  /** Size in bytes, or undefined when there is no such blob. */
  sizeOf(sha256: BlobHash): Promise<number | undefined>
  /**
   * The bytes of a half-open range, in chunks.
   *
   * @throws {VitrineError} `blob/damaged` when the blob is not there or is shorter than asked for
   */
  read(sha256: BlobHash, range?: { readonly start: number; readonly end: number }): AsyncIterable<Uint8Array>
  /** The file that holds the blob, for readers of local files. */
  pathOf(sha256: BlobHash): string
  /** Removes a blob. The caller holds the blob lock exclusively. Not an error when it is not there. */
  remove(sha256: BlobHash): Promise<void>
  /** Every blob of the store, in no order. */
  list(): AsyncIterable<BlobHash>
  /** Bytes that can still be stored, or undefined when unknown. */
  freeSpace(): Promise<number | undefined>
  /** Whether this file of this machine would be taken by reflink, so that it needs no room. */
  takesByReflink(path: string | Buffer): Promise<boolean>
}
