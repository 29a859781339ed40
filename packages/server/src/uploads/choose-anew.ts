import { type NodeId, requireName, VitrineError } from '@vitrine/domain'
import type { BlobFacts } from '../blobs/blob-store.ts'
import type { SignedIn } from '../people/signed-in.ts'
import type { WhenTaken } from '../repository/ingest-files.ts'
import { finishUpload } from './finish-upload.ts'
import { bytesThere, ownUpload, type UploadParts } from './own-upload.ts'
import { noPiece } from './piece.ts'
import { locked } from './running-uploads.ts'
import { type StoredUpload, updateWanted } from './upload-store.ts'

/** What is chosen anew; what is absent stays. */
export interface NewChoice {
  readonly conflict?: WhenTaken | undefined
  readonly name?: string | undefined
  readonly folder?: NodeId | undefined
}

/**
 * Finishes an upload whose bytes are all there, otherwise than it was wanted at first. One that is finished stays as it is.
 *
 * @returns the upload afterwards
 * @throws {VitrineError} `upload/not-found`, `upload/expired`, `upload/locked`, `upload/offset-conflict` when bytes are
 * missing, `node/name-invalid`; and what {@link finishUpload} throws
 */
export async function chooseAnew(
  parts: UploadParts,
  signedIn: SignedIn,
  id: string,
  choice: NewChoice,
): Promise<StoredUpload> {
  await ownUpload(parts, signedIn.userId, id)
  await parts.running.alone(id, noPiece, async () => {
    const upload = await ownUpload(parts, signedIn.userId, id)
    if (upload.done !== null) return
    const facts = await requireWhole(parts, upload)
    const wanted = changed(upload, choice)
    await updateWanted(parts.db, id, wanted)
    await finishUpload(parts, signedIn, { ...upload, ...wanted }, facts)
  })
  return ownUpload(parts, signedIn.userId, id)
}

function changed({ folder, path, conflict }: StoredUpload, choice: NewChoice) {
  return {
    folder: choice.folder ?? folder,
    path: choice.name === undefined ? path : [...path.slice(0, -1), requireName(choice.name)],
    conflict: choice.conflict ?? conflict,
  }
}

async function requireWhole(parts: UploadParts, upload: StoredUpload): Promise<BlobFacts> {
  const there = await bytesThere(parts, upload)
  if (there < upload.size) {
    throw new VitrineError('upload/offset-conflict', `Only ${there} of ${upload.size} bytes are there.`)
  }
  if (upload.facts !== null) return upload.facts
  const blob = await parts.blobs.openUnfinished(upload.id, upload.received)
  if (blob === undefined) throw locked()
  try {
    return await blob.facts()
  } finally {
    await blob.close()
  }
}
