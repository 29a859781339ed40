import type { BlobHash } from '@vitrine/domain'
import { inTransaction } from '../db/transaction.ts'
import type { Parts } from '../parts.ts'
import { selectWaiting } from './rendition-store.ts'

/** Priority of what someone is looking at now. Imports queue with 0. */
export const lookedAt = 10

/**
 * Lets renditions that somebody looks at come before those that an import queued.
 *
 * Cheap enough for each page of a listing: one statement when nothing waits. It may be called again while
 * the visitor waits, for each source that is still queued: a source waits at most once in front.
 */
export async function raisePriority(parts: Pick<Parts, 'db' | 'queue'>, sources: readonly BlobHash[]): Promise<void> {
  if (sources.length === 0) return
  const waiting = await selectWaiting(parts.db, sources)
  if (waiting.length === 0) return
  // A job of its own: the one that waits behind finds the work done, and ends at once.
  await inTransaction(parts.db, (tx) =>
    parts.queue.enqueueAll(tx, 'make-renditions', waiting, {
      priority: lookedAt,
      onlyOne: ({ source }) => `looked-at/${source}`,
    }),
  )
}
