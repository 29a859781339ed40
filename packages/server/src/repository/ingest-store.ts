import { type BlobHash, type NodeId, type PrincipalId, sortKey, type VersionId } from '@vitrine/domain'
import { sql } from 'kysely'
import { bytesOfHash } from '../blobs/blob-hash.ts'
import type { Database, Transaction } from '../db/open.ts'
import { nodeOf, type NodeRow, type StoredNode } from './node-store.ts'

/** An asset to be made. */
export interface NewAssetRow {
  readonly id: NodeId
  /** Its first version, which is inserted in the same transaction. */
  readonly version: VersionId
  readonly folder: NodeId
  readonly name: string
  readonly sourceName: Buffer | null
  readonly content: { readonly blob: BlobHash; readonly size: number; readonly mediaType: string }
  /** In ms since the Unix epoch. */
  readonly modifiedAt: number
}

/** Makes assets in folders that are held. Answers the ids of those that were made: of the others, the name is taken. */
export async function insertAssets(
  tx: Transaction,
  assets: readonly NewAssetRow[],
  by: PrincipalId,
  now: number,
): Promise<Set<NodeId>> {
  if (assets.length === 0) return new Set()
  const { rows } = await sql<{ id: NodeId }>`
    insert into nodes (id, parent_id, kind, name, sort_key, source_name, created_at, created_by,
                       modified_at, version_id, size, media_type, blob_sha256)
    select id, parent_id, 'asset', name, sort_key, source_name, ${new Date(now)}, ${by}::uuid,
           modified_at, version_id, size, media_type, blob_sha256
    from unnest(
      ${assets.map(({ id }) => id)}::uuid[],
      ${assets.map(({ folder }) => folder)}::uuid[],
      ${assets.map(({ name }) => name)}::text[],
      ${assets.map(({ name }) => sortKey(name))}::text[],
      ${assets.map(({ sourceName }) => sourceName)}::bytea[],
      ${assets.map(({ modifiedAt }) => new Date(modifiedAt))}::timestamptz[],
      ${assets.map(({ version }) => version)}::uuid[],
      ${assets.map(({ content }) => content.size)}::bigint[],
      ${assets.map(({ content }) => content.mediaType)}::text[],
      ${assets.map(({ content }) => bytesOfHash(content.blob))}::bytea[]
    ) as wanted (id, parent_id, name, sort_key, source_name, modified_at, version_id, size, media_type, blob_sha256)
    on conflict (parent_id, name) where trashed_at is null do nothing
    returning id`.execute(tx)
  return new Set(rows.map(({ id }) => id))
}

/** Holds assets against any other change until the commit. Answers those that exist, as they are now. */
export async function holdAssets(tx: Transaction, ids: readonly NodeId[]): Promise<Map<NodeId, StoredNode>> {
  const { rows } = await sql<NodeRow>`
    select * from nodes where id = any(${ids}::uuid[]) order by id for no key update`.execute(tx)
  return new Map(rows.map((row) => [row.id as NodeId, nodeOf(row)]))
}

/** What has this name in a folder, and is not in the trash itself. */
export async function childNamed(
  tx: Database | Transaction,
  folder: NodeId,
  name: string,
): Promise<StoredNode | undefined> {
  const row = await tx
    .selectFrom('nodes')
    .selectAll()
    .where('parent_id', '=', folder)
    .where('name', '=', name)
    .where('trashed_at', 'is', null)
    .executeTakeFirst()
  return row && nodeOf(row)
}

/** What has these names in these folders, each as {@link childNamed}. Without those that nothing has. */
export async function childrenNamed(
  db: Database | Transaction,
  wanted: readonly { readonly folder: NodeId; readonly name: string }[],
): Promise<StoredNode[]> {
  const { rows } = await sql<NodeRow>`
    select nodes.* from unnest(
      ${wanted.map(({ folder }) => folder)}::uuid[],
      ${wanted.map(({ name }) => name)}::text[]
    ) as wanted (folder, name)
    join nodes on nodes.parent_id = wanted.folder and nodes.name = wanted.name and nodes.trashed_at is null`.execute(db)
  return rows.map(nodeOf)
}
