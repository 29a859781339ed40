import { type NodeId, type Subject, VitrineError } from '@vitrine/domain'
import { subjectOf } from '../access/subject-store.ts'
import type { BlobFacts } from '../blobs/blob-store.ts'
import type { Database, Transaction } from '../db/open.ts'
import type { SignedIn } from '../people/signed-in.ts'
import { ensureFolders } from '../repository/ensure-folder.ts'
import { type Ingested, ingestFiles } from '../repository/ingest-files.ts'
import { requireMayPut } from '../repository/upload-asset.ts'
import { requireMayUpload } from './may-upload.ts'
import type { UploadParts } from './own-upload.ts'
import { removeUpload } from './remove-upload.ts'
import { noteDone, noteFacts, noteFailure, selectUpload, type StoredUpload } from './upload-store.ts'

/**
 * Makes an asset, or a version, of an upload whose bytes are all there. Nobody else does anything with it meanwhile.
 *
 * When it fails, all is kept, and it may be tried again; but bytes that are not those that were announced are removed.
 *
 * @throws {VitrineError} `upload/digest-mismatch`, `node/not-found`, `access/denied`, `node/not-a-folder`,
 * `node/name-taken`, `storage/full`
 */
export async function finishUpload(
  parts: UploadParts,
  signedIn: SignedIn,
  upload: StoredUpload,
  facts: BlobFacts,
): Promise<void> {
  if (upload.expected !== null && upload.expected !== facts.sha256) await refuseBytes(parts, upload, facts)
  if (upload.facts === null) await noteFacts(parts.db, upload.id, facts)
  try {
    await ingest(parts, signedIn, upload, facts)
  } catch (error) {
    // A connection that broke during the commit: it may have happened.
    const now = await selectUpload(parts.db, upload.user, upload.id)
    if (now?.done) return
    if (error instanceof VitrineError) {
      await noteFailure(parts.db, upload.id, { code: error.code, detail: error.message })
    }
    throw error
  }
  // The bytes are in their place: what is left is the lock.
  await parts.blobs.removeUnfinished(upload.id)
}

async function refuseBytes(parts: UploadParts, upload: StoredUpload, { sha256 }: BlobFacts): Promise<never> {
  await removeUpload(parts, upload.id)
  throw new VitrineError(
    'upload/digest-mismatch',
    'The bytes that arrived are not those that were announced. Nothing was stored; please send them again.',
    { announced: upload.expected, arrived: sha256 },
  )
}

async function ingest(
  parts: UploadParts,
  signedIn: SignedIn,
  { id, folder, path, conflict, modifiedAt }: StoredUpload,
  facts: BlobFacts,
): Promise<void> {
  // The request may have begun hours ago, and rights may have been lost since.
  const subject = await subjectNow(parts.db, signedIn)
  await requireMayUpload(parts.db, subject, { folder, path, conflict })
  const place: NodeId = await ensureFolders(parts, subject, folder, path.slice(0, -1))
  const asset = {
    kind: 'asset',
    folder: place,
    name: path.at(-1) ?? '',
    sourceName: null,
    content: parts.blobs.stagedUnfinished(id, facts),
    modifiedAt: modifiedAt ?? parts.clock(),
    whenTaken: conflict,
  } as const
  const recheck = async (tx: Transaction) => requireMayPut(tx, await subjectNow(tx, signedIn), asset)
  await ingestFiles(parts, subject.user, [asset], recheck, (tx, [ingested]) => conclude(tx, id, ingested))
}

/** What was ingested is noted with it: so an upload comes to one asset, however often its end is repeated. */
async function conclude(tx: Transaction, id: string, ingested: Ingested | undefined): Promise<void> {
  if (ingested && (await noteDone(tx, id, ingested))) return
  throw new VitrineError('upload/not-found', 'This upload was cancelled, or finished, meanwhile.')
}

/** Whoever holds the local token acts as an administrator, also when the account is disabled. */
async function subjectNow(db: Database | Transaction, { by, userId, subject }: SignedIn): Promise<Subject> {
  return by === 'local-token' ? subject : subjectOf(db, userId)
}
