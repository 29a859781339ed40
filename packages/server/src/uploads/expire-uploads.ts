import { batches } from '../batches.ts'
import type { Parts } from '../parts.ts'
import { deleteUpload, selectExpired, withoutUpload } from './upload-store.ts'

/** Uploads that are looked at in one query. */
const batch = 500

/**
 * Removes uploads whose time is over, with their bytes; forgets finished ones; and removes bytes that no upload has: of
 * one that was finished when its process died, or whose person was removed. A task of the job `expire`.
 */
export async function expireUploads(parts: Pick<Parts, 'db' | 'blobs' | 'clock' | 'log'>): Promise<void> {
  let removed = 0
  for (let expired = await someExpired(parts); expired.length > 0; expired = await someExpired(parts)) {
    const gone = await removeAll(parts, expired)
    removed += gone
    // What bytes are arriving for is left to the next time.
    if (gone < expired.length) break
  }
  const names = await Array.fromAsync(parts.blobs.listUnfinished())
  for (const some of batches(names, batch)) {
    for (const name of await withoutUpload(parts.db, some)) await parts.blobs.removeUnfinished(name)
  }
  if (removed > 0) parts.log.info({ removed }, 'removed uploads whose time is over')
}

function someExpired({ db, clock }: Pick<Parts, 'db' | 'clock'>): Promise<string[]> {
  return selectExpired(db, clock(), batch)
}

async function removeAll({ db, blobs }: Pick<Parts, 'db' | 'blobs'>, ids: readonly string[]): Promise<number> {
  let gone = 0
  for (const id of ids) {
    if (!(await blobs.removeUnfinished(id))) continue
    await deleteUpload(db, id)
    gone += 1
  }
  return gone
}
