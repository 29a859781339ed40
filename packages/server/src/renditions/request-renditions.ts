import { type BlobHash, hasRenditions } from '@vitrine/domain'
import type { Transaction } from '../db/open.ts'
import type { Parts } from '../parts.ts'
import { insertQueued } from './rendition-store.ts'

/** A blob that may have renditions. */
export interface RenditionSource {
  readonly sha256: BlobHash
  /** Told from the content. */
  readonly mediaType: string
}

/**
 * Asks for the renditions of blobs, in the transaction that makes the blobs' rows. Cheap in bulk: two
 * statements for any number of blobs.
 *
 * Blobs of other types than JPEG, PNG, GIF, WebP and AVIF get none. Blobs that were asked for before are left
 * as they are: equal bytes are made once, and what failed is not tried again.
 */
export async function requestRenditions(
  tx: Transaction,
  parts: Pick<Parts, 'queue' | 'clock'>,
  blobs: readonly RenditionSource[],
): Promise<void> {
  const types = new Map(
    blobs.filter((blob) => hasRenditions(blob.mediaType)).map((blob) => [blob.sha256, blob.mediaType]),
  )
  if (types.size === 0) return
  const queued = await insertQueued(tx, [...types.keys()], parts.clock())
  if (queued.length === 0) return
  const payloads = queued.map((source) => ({ source, mediaType: types.get(source) ?? '' }))
  await parts.queue.enqueueAll(tx, 'make-renditions', payloads, { onlyOne: ({ source }) => source })
}
