import { VitrineError } from '@vitrine/domain'
import { freeRoom, noRoom } from '../blobs/room.ts'
import { inTransaction } from '../db/transaction.ts'
import type { SignedIn } from '../people/signed-in.ts'
import { requireMayUpload } from './may-upload.ts'
import { ownUpload, type UploadParts } from './own-upload.ts'
import { noPiece, type Piece } from './piece.ts'
import { receivePiece } from './receive-piece.ts'
import { removeUpload } from './remove-upload.ts'
import { holdUnfinishedOf, insertUpload, type StoredUpload, type WantedUpload } from './upload-store.ts'

/**
 * Begins an upload; takes its first piece, when that is sent along; finishes it, when it has no bytes or all were sent. What
 * is refused leaves nothing; of a piece that broke off, what came is kept.
 *
 * @throws {VitrineError} `node/not-found`, `access/denied`, `node/not-a-folder`, `node/name-taken`, `upload/too-many`,
 * `storage/full`; with a piece, what {@link receivePiece} throws
 */
export async function createUpload(
  parts: UploadParts,
  signedIn: SignedIn,
  wanted: WantedUpload,
  piece: Piece | undefined,
): Promise<StoredUpload> {
  await requireMayUpload(parts.db, signedIn.subject, wanted)
  const id = await begin(parts, signedIn, wanted)
  const first = wanted.size === 0 ? (piece ?? noPiece) : piece
  if (first === undefined) return ownUpload(parts, signedIn.userId, id)
  try {
    return await receivePiece(parts, signedIn, id, first)
  } catch (error) {
    if (!first.isBrokenOff()) await removeUpload(parts, id)
    throw error
  }
}

/** Keeps a new upload, if there is room for it. Answers its id. */
async function begin(parts: UploadParts, { userId }: SignedIn, wanted: WantedUpload): Promise<string> {
  const { clock, config, db } = parts
  const [id, now, room] = [parts.newId(), clock(), await freeRoom(parts)]
  await inTransaction(db, async (tx) => {
    const { count, missing } = await holdUnfinishedOf(tx, userId, now)
    if (count >= config.unfinishedUploads) throw tooMany(config.unfinishedUploads)
    const needed = missing + wanted.size
    if (room !== undefined && needed > room) throw noRoom('what you upload', needed, room)
    await insertUpload(tx, id, userId, wanted, { now, expiresAt: now + config.uploadRetention })
  })
  return id
}

function tooMany(limit: number): VitrineError {
  return new VitrineError(
    'upload/too-many',
    `You have ${limit} uploads that are not finished. Finish or cancel some of them first.`,
    { limit },
  )
}
