import type { DownloadId, ShareLinkId } from '@vitrine/domain'
import { sql } from 'kysely'
import type { Database } from '../db/open.ts'

/** A part whose address was given out at some time. */
export interface GivenPart {
  readonly download: DownloadId
  /** From 1. */
  readonly number: number
  /** Of the link when the download was queued. */
  readonly generation: number
  /** Strong, with its quotes. */
  readonly etag: string
}

/** The parts of a link's downloads in whatever state, the newest download first, at most so many; and how many there are. */
export async function selectGivenParts(
  db: Database,
  shareLink: ShareLinkId,
  limit: number,
): Promise<{ readonly parts: readonly GivenPart[]; readonly total: number }> {
  const { rows } = await sql<GivenPart & { total: number }>`
    select download_id as download, number, generation, etag, count(*) over () as total
    from downloads join download_parts on download_id = downloads.id
    where share_link_id = ${shareLink}
    order by created_at desc, download_id, number limit ${limit}`.execute(db)
  return {
    parts: rows.map(({ download, number, generation, etag }) => ({ download, number, generation, etag })),
    total: rows[0]?.total ?? 0,
  }
}

/** A link's newest download, in whatever state. */
export async function selectNewestDownload(db: Database, shareLink: ShareLinkId): Promise<DownloadId | undefined> {
  const row = await db
    .selectFrom('downloads')
    .select('id')
    .where('share_link_id', '=', shareLink)
    .orderBy('created_at', 'desc')
    .limit(1)
    .executeTakeFirst()
  return row?.id as DownloadId | undefined
}
