import { VitrineError } from '@vitrine/domain'
import type { BlobFacts, UnfinishedBlob } from '../blobs/blob-store.ts'
import { freeRoom, noRoom } from '../blobs/room.ts'
import type { SignedIn } from '../people/signed-in.ts'
import { finishUpload } from './finish-upload.ts'
import { bytesThere, offsetOf, ownUpload, type UploadParts } from './own-upload.ts'
import { after, atMost, tooLong, withChecksum } from './piece-checks.ts'
import type { Piece } from './piece.ts'
import { locked } from './running-uploads.ts'
import { forgetBytes, noteReceived, type StoredUpload } from './upload-store.ts'

/**
 * Adds a piece to an upload, and finishes it when that was the last one. What came of a piece that broke off is kept,
 * unless it had a checksum.
 *
 * @returns the upload afterwards
 * @throws {VitrineError} `upload/not-found`, `upload/expired`, `upload/locked`, `upload/offset-conflict` when the piece
 * begins elsewhere than the bytes end, `upload/checksum-mismatch`, `request/too-large`, `storage/full`; and what
 * {@link finishUpload} throws
 */
export async function receivePiece(
  parts: UploadParts,
  signedIn: SignedIn,
  id: string,
  piece: Piece,
): Promise<StoredUpload> {
  await ownUpload(parts, signedIn.userId, id)
  await parts.running.alone(id, piece, async () => {
    const upload = await ownUpload(parts, signedIn.userId, id)
    if (upload.done !== null) return requireOffset(piece, upload.size)
    const facts = upload.facts === null ? await append(parts, upload, piece) : await repeatEnd(parts, upload, piece)
    if (facts) await finishUpload(parts, signedIn, upload, facts)
  })
  return ownUpload(parts, signedIn.userId, id)
}

/** Answers what is known of all bytes, if this was the last piece. */
async function append(parts: UploadParts, upload: StoredUpload, piece: Piece): Promise<BlobFacts | undefined> {
  const blob = await parts.blobs.openUnfinished(upload.id, upload.received)
  if (blob === undefined) throw locked()
  try {
    const received = new Received(parts, upload)
    await received.note(blob.size)
    const offset = offsetOf(upload, blob.size)
    requireOffset(piece, offset)
    await requireFits(parts, piece, upload.size - offset)
    await appendTo(blob, piece, upload.size - offset, blob.size - offset, received)
    return blob.size === upload.size ? await blob.facts() : undefined
  } finally {
    await blob.close()
  }
}

/**
 * @param rest bytes from the piece's beginning to the end of the upload
 * @param dropped bytes at the beginning of the piece that are there already
 */
async function appendTo(
  blob: UnfinishedBlob,
  piece: Piece,
  rest: number,
  dropped: number,
  received: Received,
): Promise<void> {
  try {
    await blob.append(after(chunksOf(piece, rest), dropped), {
      allOrNothing: piece.checksum !== undefined,
      onDurable: (size) => received.noteWhileComing(size),
    })
  } finally {
    await received.note(blob.size)
  }
}

/** All bytes are there, but it could not be finished: the client sends the last one again, and it is tried again. */
async function repeatEnd(parts: UploadParts, upload: StoredUpload, piece: Piece): Promise<BlobFacts | undefined> {
  if ((await bytesThere(parts, upload)) < upload.size) {
    await forgetBytes(parts.db, upload.id)
    throw elsewhere(piece, 0)
  }
  const offset = offsetOf(upload, upload.size)
  requireOffset(piece, offset)
  let length = 0
  for await (const chunk of chunksOf(piece, upload.size - offset)) length += chunk.length
  return length === upload.size - offset ? (upload.facts ?? undefined) : undefined
}

/** The bytes of a piece, checked, as long as they are not more than so many. */
function chunksOf(piece: Piece, most: number): AsyncIterable<Uint8Array> {
  const { checksum } = piece
  return atMost(checksum ? withChecksum(piece.chunks(), checksum) : piece.chunks(), most)
}

function requireOffset(piece: Piece, expected: number): void {
  if (piece.offset !== expected) throw elsewhere(piece, expected)
}

function elsewhere({ offset }: Piece, expected: number): VitrineError {
  return new VitrineError('upload/offset-conflict', `The upload goes on at byte ${expected}, not ${offset}.`)
}

/** Looks before the bytes come. */
async function requireFits(parts: UploadParts, { length }: Piece, rest: number): Promise<void> {
  if (length !== undefined && length > rest) throw tooLong()
  const room = await freeRoom(parts)
  if (room !== undefined && (length ?? 0) > room) throw noRoom('the upload', rest, room)
}

/** Keeps the count of bytes that are durable. */
class Received {
  readonly #parts: UploadParts
  readonly #upload: StoredUpload
  #noted: number

  constructor(parts: UploadParts, upload: StoredUpload) {
    this.#parts = parts
    this.#upload = upload
    this.#noted = upload.received
  }

  /** @throws {VitrineError} `upload/locked` when somebody else has noted another number since */
  async note(size: number): Promise<void> {
    if (size === this.#noted) return
    const { db, clock, config } = this.#parts
    const expiresAt = clock() + config.uploadRetention
    if (!(await noteReceived(db, this.#upload.id, this.#noted, size, expiresAt))) throw locked()
    this.#noted = size
  }

  /** The same while more comes, which ends when the disk has no room to spare: the database is on it, too. */
  async noteWhileComing(size: number): Promise<void> {
    await this.note(size)
    const room = await freeRoom(this.#parts)
    if (room !== undefined && room < 0) throw noRoom('the upload', this.#upload.size - size, room)
  }
}
