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

/**
 * A blob whose bytes come in pieces, in several requests and over restarts of the process, until they are whole.
 * Who has it open is its only writer, among all processes. Nobody can read it.
 */
export interface UnfinishedBlob {
  /** How many bytes there are. They are durable, unless an append is running. */
  readonly size: number
  /**
   * Adds bytes at the end. When the source fails, what came before stays, is durable, and the source's error is thrown
   * on.
   *
   * @throws {VitrineError} `storage/full`; what was written before stays
   */
  append(chunks: AsyncIterable<Uint8Array>, options?: AppendOptions): Promise<void>
  /** What there is to know of the bytes so far. They were hashed as they came: nothing is read again. */
  facts(): Promise<BlobFacts>
  /** Lets others open it. What is known of the bytes so far is remembered for the next one. */
  close(): Promise<void>
}

/** How bytes are added to an unfinished blob. */
export interface AppendOptions {
  /** When the source fails, everything is as it was before. */
  readonly allOrNothing?: boolean
  /**
   * Told now and then, while more comes, how many bytes of the blob are durable; at the end and after failures its
   * `size` says it. What it throws ends the append. Never called with `allOrNothing`.
   */
  readonly onDurable?: (size: number) => Promise<void>
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
  /**
   * Gives the staged bytes their name. Cheaper for many at once: folders are synced once each. What was placed before
   * may be placed again.
   */
  place(staged: readonly StagedBlob[]): Promise<void>
  /** Removes staged bytes that will not be placed. Those of unfinished blobs stay: they may be placed later. */
  discard(staged: readonly StagedBlob[]): Promise<void>
  /**
   * Opens an unfinished blob, made when there is none of this name. Answers undefined while somebody has it open.
   *
   * Usually what is known of the bytes is remembered; after a restart they are read and hashed once.
   *
   * @param name a UUID
   * @param size so many of its bytes count: what lies beyond is cut off. It may have fewer: its `size` says it
   */
  openUnfinished(name: string, size: number): Promise<UnfinishedBlob | undefined>
  /** The bytes of an unfinished blob as staged ones, to be placed. It is not opened again. */
  stagedUnfinished(name: string, facts: BlobFacts): StagedBlob
  /** Size of an unfinished blob in bytes, or undefined when there is none of this name. */
  sizeOfUnfinished(name: string): Promise<number | undefined>
  /** Removes an unfinished blob, and what is left of one that was placed. Answers false, and does not, while it is open. */
  removeUnfinished(name: string): Promise<boolean>
  /** The name of every unfinished blob, in no order. */
  listUnfinished(): AsyncIterable<string>
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
