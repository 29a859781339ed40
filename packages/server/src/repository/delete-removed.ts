import type { NodeId } from '@vitrine/domain'
import { inTransaction } from '../db/transaction.ts'
import type { JobHandler } from '../jobs/job-handler.ts'
import { deleteAssetsOf, deleteFolders, deleteGivenUpAssets, givenUpFolder, holdDeepest } from './removal-store.ts'

/** Assets that are deleted in one transaction at most, and folders. */
const batch = { assets: 1000, folders: 200 }

/**
 * Deletes the rows of what was removed for good: assets first, folders from the deepest upwards, a batch at a time. What
 * is interrupted goes on with what is left. What somebody takes out of the trash meanwhile is left alone.
 */
export const deleteRemoved: JobHandler<'delete-removed'> = async ({ db }, _payload, signal) => {
  const next = async () => {
    signal.throwIfAborted()
    return givenUpFolder(db)
  }
  while ((await inTransaction(db, (tx) => deleteGivenUpAssets(tx, batch.assets))) > 0) signal.throwIfAborted()
  for (let top = await next(); top !== undefined; top = await next()) await deleteSome(db, top)
}

function deleteSome(db: Parameters<typeof givenUpFolder>[0], top: NodeId): Promise<void> {
  return inTransaction(db, async (tx) => {
    const folders = await holdDeepest(tx, top, batch.folders)
    const deleted = await deleteAssetsOf(tx, folders, batch.assets)
    // There may be more: the folders have to wait for them.
    if (deleted < batch.assets) await deleteFolders(tx, folders)
  })
}
