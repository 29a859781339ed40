import { type PrincipalId, VitrineError } from '@vitrine/domain'
import type { IngestParts } from '../repository/ingest-files.ts'
import type { Parts } from '../parts.ts'
import type { RunningUploads } from './running-uploads.ts'
import { selectUpload, type StoredUpload } from './upload-store.ts'

/** What uploads need. */
export type UploadParts = IngestParts & Pick<Parts, 'config' | 'log'> & { readonly running: RunningUploads }

/**
 * An upload of somebody's own.
 *
 * @throws {VitrineError} `upload/not-found` also for those of others; `upload/expired`
 */
export async function ownUpload(
  { db, clock }: Pick<Parts, 'db' | 'clock'>,
  user: PrincipalId,
  id: string,
): Promise<StoredUpload> {
  const upload = await selectUpload(db, user, id)
  if (upload === undefined) throw new VitrineError('upload/not-found', 'There is no such upload.')
  if (clock() < upload.expiresAt) return upload
  throw new VitrineError('upload/expired', 'This upload was not gone on with for too long. Please begin again.')
}

/**
 * How many bytes are acknowledged. The last one is when the upload is finished: a client that sees all of them
 * acknowledged has nothing more to ask.
 */
export function offsetOf({ done, size }: Pick<StoredUpload, 'done' | 'size'>, received: number): number {
  return done === null ? Math.max(0, Math.min(received, size - 1)) : size
}

/** How many bytes there are of an unfinished upload, whatever was noted: none, when its file was lost. */
export async function bytesThere({ blobs }: Pick<Parts, 'blobs'>, upload: StoredUpload): Promise<number> {
  const unfinished = await blobs.sizeOfUnfinished(upload.id)
  if (unfinished !== undefined || upload.facts === null) return Math.min(upload.received, unfinished ?? 0)
  return (await blobs.sizeOf(upload.facts.sha256)) === upload.size ? upload.size : 0
}
