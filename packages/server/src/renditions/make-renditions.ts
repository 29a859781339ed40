import { type BlobHash, VitrineError } from '@vitrine/domain'
import type { StagedBlob } from '../blobs/blob-store.ts'
import { withBlobsShared } from '../db/blob-lock.ts'
import type { Transaction } from '../db/open.ts'
import { inTransaction } from '../db/transaction.ts'
import { announceChange } from '../events/announce-change.ts'
import type { JobKinds } from '../jobs/job-kinds.ts'
import type { Parts } from '../parts.ts'
import type { MadeBytes, MadePicture } from './decoder/check-answer.ts'
import { assetsShowing, beginAttempt, forgetAttempt, recordFailed, recordMade } from './rendition-store.ts'

/** What making renditions needs. */
export type RenditionParts = Pick<Parts, 'db' | 'blobs' | 'clock' | 'decoders' | 'log'>

/** Assets with the same picture that are announced: whoever looks at another one asks again by themselves. */
const mostAnnounced = 1000

/**
 * How often a picture is tried at most. Only what lies outside of it leads to another attempt: the server or a decoder
 * was killed, or the database went away.
 */
const attemptLimit = 10

/**
 * Makes the renditions of one blob, all or none. Does nothing when they are there.
 *
 * What is wrong with the picture is recorded with the renditions and never tried again.
 */
export async function makeRenditions(
  parts: RenditionParts,
  { source }: JobKinds['make-renditions'],
  signal: AbortSignal,
): Promise<void> {
  const attempt = await beginAttempt(parts.db, source, parts.clock())
  if (attempt === undefined) return
  try {
    if (attempt > attemptLimit)
      throw new VitrineError('rendition/failed', 'This picture could not be shown.', { attempt })
    const made = await decodeBlob(parts, source, signal)
    await keep(parts, source, made)
  } catch (error) {
    if (isFinal(error)) return await giveUp(parts, source, error)
    // Broken off, or no room on the disk: that is not one of the picture's attempts.
    if (signal.aborted || (error instanceof VitrineError && error.code === 'storage/full')) {
      await forgetAttempt(parts.db, source)
    }
    throw error
  }
}

async function decodeBlob(parts: RenditionParts, source: BlobHash, signal: AbortSignal): Promise<MadePicture> {
  const size = await parts.blobs.sizeOf(source)
  if (size === undefined) throw new VitrineError('blob/damaged', 'The bytes of this picture are missing.', { source })
  return parts.decoders.decode({ bytes: parts.blobs.read(source), size }, signal)
}

/** Stages the bytes, then places them and names them by rows under the lock that keeps the collector out. */
async function keep(parts: RenditionParts, source: BlobHash, { picture, renditions }: MadePicture): Promise<void> {
  const staged: StagedBlob[] = []
  try {
    for (const { bytes } of renditions) staged.push(await parts.blobs.stage({ kind: 'stream', chunks: once(bytes) }))
  } catch (error) {
    await parts.blobs.discard(staged)
    throw error
  }
  const made = renditions.map((rendition, index) => describe(rendition, staged[index]))
  await withBlobsShared(parts.db, async (connection) => {
    await parts.blobs.place(staged)
    await inTransaction(connection, async (tx) => {
      await recordMade(tx, source, picture, made, parts.clock())
      await announceRenditions(tx, source)
    })
  })
}

function describe({ name, width, height, mediaType }: MadeBytes, staged: StagedBlob | undefined) {
  if (!staged) throw new Error(`the bytes of ${name} were not staged`)
  return { name, width, height, blob: { ...staged, mediaType } }
}

async function* once(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes
}

function isFinal(error: unknown): error is VitrineError {
  return error instanceof VitrineError && error.code.startsWith('rendition/')
}

async function giveUp(parts: RenditionParts, source: BlobHash, error: VitrineError): Promise<void> {
  parts.log.info({ source, code: error.code, facts: error.facts }, 'a picture has no renditions')
  await inTransaction(parts.db, async (tx) => {
    await recordFailed(tx, source, error, parts.clock())
    await announceRenditions(tx, source)
  })
}

/** Whoever looks at one of the assets can have its renditions now, or knows that there will be none. */
async function announceRenditions(tx: Transaction, source: BlobHash): Promise<void> {
  await announceChange(tx, { nodes: await assetsShowing(tx, source, mostAnnounced) })
}
