import type { DownloadId, PrincipalId } from '@vitrine/domain'
import { sql } from 'kysely'
import type { Database, Transaction } from '../db/open.ts'

/** States in which a download may still give something. */
const living = ['queued', 'preparing', 'ready'] as const

/** The channel on which it is told that a download was cancelled or withdrawn, with its id as the payload. */
export const endedChannel = 'vitrine_download_ended'

/** A download that has ended. */
export interface EndedDownload {
  readonly id: DownloadId
  /** Whose it is; null for a visitor's. */
  readonly user: PrincipalId | null
}

/**
 * Ends a download before its time, for good; its blobs are no longer needed for it. Every process that sends of it hears
 * of it after the commit, on {@link endedChannel}.
 *
 * @returns whether it was living
 */
export async function endDownload(
  tx: Transaction,
  id: DownloadId,
  state: 'cancelled' | 'withdrawn',
  withdrawn = 0,
): Promise<boolean> {
  const { numUpdatedRows } = await tx
    .updateTable('downloads')
    .set({ state, withdrawn, manifest_sha256: null })
    .where('id', '=', id)
    .where('state', 'in', living)
    .executeTakeFirst()
  if (numUpdatedRows !== 1n) return false
  await tx.updateTable('download_parts').set({ blob_sha256: null }).where('download_id', '=', id).execute()
  await sql`select pg_notify(${endedChannel}, ${id})`.execute(tx)
  return true
}

/** Those of the downloads of which nothing may be sent any more: cancelled, withdrawn, or gone. */
export async function selectEnded(db: Database, ids: readonly DownloadId[]): Promise<ReadonlySet<DownloadId>> {
  const { rows } = await sql<{ id: DownloadId }>`
    select wanted.id from unnest(${ids}::text[]) as wanted (id) left join downloads using (id)
    where state is null or state in ('cancelled', 'withdrawn')`.execute(db)
  return new Set(rows.map(({ id }) => id))
}

/**
 * Ends the downloads whose time is over, at most so many.
 *
 * @param grace in ms, after their link's expiry
 * @returns one for each, in no order
 */
export async function expireSome(
  tx: Transaction,
  now: number,
  grace: number,
  limit: number,
): Promise<readonly EndedDownload[]> {
  const { rows } = await sql<{ id: DownloadId; user: PrincipalId | null }>`
    update downloads set state = 'expired', manifest_sha256 = null
    where id in (
      select downloads.id from downloads left join share_links on share_links.id = share_link_id
      where state in ('queued', 'preparing', 'ready') and (
        downloads.expires_at <= ${new Date(now)} or share_links.expires_at <= ${new Date(now - grace)}
      )
      limit ${limit} for update of downloads skip locked
    )
    returning id, user_id as user`.execute(tx)
  const ids = rows.map(({ id }) => id)
  if (ids.length > 0) {
    await tx.updateTable('download_parts').set({ blob_sha256: null }).where('download_id', 'in', ids).execute()
  }
  return rows
}

/** Removes the rows of downloads that ended long ago. */
export async function removeEnded(db: Database, before: number): Promise<void> {
  await db.deleteFrom('downloads').where('expires_at', '<', new Date(before)).where('state', 'not in', living).execute()
}
