import type { BlobHash } from '@vitrine/domain'
import type { Database, Transaction } from '../db/open.ts'
import { type Renditions, selectRenditions } from './rendition-store.ts'

/**
 * The renditions of many blobs, in one statement.
 *
 * A blob that is not in the answer has none and will have none, unless it was stored a moment ago in a
 * transaction that is not committed yet.
 */
export async function renditionsOf(
  db: Database | Transaction,
  blobs: readonly BlobHash[],
): Promise<ReadonlyMap<BlobHash, Renditions>> {
  return blobs.length === 0 ? new Map() : selectRenditions(db, blobs)
}
