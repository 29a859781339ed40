import type { BlobHash, NodeId, ShareLinkId } from '@vitrine/domain'
import { sql } from 'kysely'
import { hashOfBytes } from '../blobs/blob-hash.ts'
import type { Database } from '../db/open.ts'

/** Something that a link shows or showed. */
export interface ShownItem {
  readonly id: NodeId
  /** Null for a folder. */
  readonly blob: BlobHash | null
}

/** An asset at or below a link's targets, wherever it is now; the first target where there is none. */
export async function selectShownItem(db: Database, shareLink: ShareLinkId): Promise<ShownItem | undefined> {
  const { rows } = await sql<{ id: NodeId; blob: Buffer | null }>`
    (select id, blob_sha256 as blob from share_link_targets join nodes on nodes.id = node_id
     where share_link_id = ${shareLink} and kind = 'asset' limit 1)
    union all
    (select nodes.id, blob_sha256 from share_link_targets
     join folder_tree on ancestor_id = node_id
     join nodes on parent_id = descendant_id and kind = 'asset'
     where share_link_id = ${shareLink} limit 1)
    union all
    (select node_id, null from share_link_targets where share_link_id = ${shareLink} order by position limit 1)
    limit 1`.execute(db)
  const [row] = rows
  return row && { id: row.id, blob: row.blob && hashOfBytes(row.blob) }
}
