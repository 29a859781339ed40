import { inTransaction } from '../db/transaction.ts'
import type { Parts } from '../parts.ts'
import { announceDownload } from './announce-download.ts'
import type { StoredDownload } from './download.ts'
import { selectDownload } from './download-store.ts'
import { endDownload } from './ended-download-store.ts'

/**
 * Ends a download because its owner does not want it any more, and cuts what is being sent of it, on whatever node. One
 * that has ended already stays as it is.
 */
export async function cancelDownload(parts: Pick<Parts, 'db'>, { id, owner }: StoredDownload): Promise<StoredDownload> {
  await inTransaction(parts.db, async (tx) => {
    if (await endDownload(tx, id, 'cancelled')) await announceDownload(tx, owner)
  })
  const download = await selectDownload(parts.db, id)
  if (!download) throw new Error('a download is gone that was there just now')
  return download
}
