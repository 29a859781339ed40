import { inTransaction } from '../db/transaction.ts'
import type { Parts } from '../parts.ts'
import type { StoredDownload } from './download.ts'
import { endDownload, selectDownload } from './download-store.ts'

/**
 * Ends a download because its visitor does not want it any more. One that has ended already stays as it is; a transfer
 * that runs goes on.
 */
export async function cancelDownload(parts: Pick<Parts, 'db'>, { id }: StoredDownload): Promise<StoredDownload> {
  await inTransaction(parts.db, (tx) => endDownload(tx, id, 'cancelled'))
  const download = await selectDownload(parts.db, id)
  if (!download) throw new Error('a download is gone that was there just now')
  return download
}
