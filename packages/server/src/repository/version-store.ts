import type { BlobHash, NodeId, PrincipalId, VersionId } from '@vitrine/domain'
import { type Selectable, sql } from 'kysely'
import { bytesOfHash, hashOfBytes } from '../blobs/blob-hash.ts'
import type { Database, Transaction } from '../db/open.ts'
import type { Tables } from '../db/tables.ts'

/** One state of an asset's original. */
export interface StoredVersion {
  readonly id: VersionId
  readonly asset: NodeId
  /** 1, 2, 3 … within the asset. */
  readonly number: number
  readonly blob: BlobHash
  /** In bytes. */
  readonly size: number
  readonly mediaType: string
  /** When the content was last changed where it came from, in ms since the Unix epoch. */
  readonly modifiedAt: number
  /** In ms since the Unix epoch. */
  readonly createdAt: number
  readonly creator: { readonly id: PrincipalId; readonly name: string; readonly displayName: string }
}

/** The versions of an asset, the newest first. */
export async function versionsOf(db: Database | Transaction, asset: NodeId): Promise<StoredVersion[]> {
  const rows = await versionsWithCreators(db).where('asset_id', '=', asset).orderBy('number', 'desc').execute()
  return rows.map(versionOf)
}

/** A version of this asset, and of no other. */
export async function versionById(
  db: Database | Transaction,
  asset: NodeId,
  id: VersionId,
): Promise<StoredVersion | undefined> {
  const row = await versionsWithCreators(db)
    .where('versions.id', '=', id)
    .where('asset_id', '=', asset)
    .executeTakeFirst()
  return row && versionOf(row)
}

function versionsWithCreators(db: Database | Transaction) {
  return db
    .selectFrom('versions')
    .innerJoin('principals', 'principals.id', 'versions.created_by')
    .selectAll('versions')
    .select(['principals.name as creator_name', 'principals.display_name as creator_display_name'])
}

/** A version to be made, the asset's current one from then on. */
export interface NewVersionRow {
  readonly id: VersionId
  readonly asset: NodeId
  readonly blob: BlobHash
  readonly size: number
  readonly mediaType: string
  readonly modifiedAt: number
}

/**
 * Makes versions of assets, at most one of each asset, and lets the assets' rows say so. The caller holds the assets.
 */
export async function insertVersions(
  tx: Transaction,
  versions: readonly NewVersionRow[],
  by: PrincipalId,
  now: number,
): Promise<void> {
  if (versions.length === 0) return
  await sql`
    with wanted as (
      select * from unnest(
        ${versions.map(({ id }) => id)}::uuid[],
        ${versions.map(({ asset }) => asset)}::uuid[],
        ${versions.map(({ blob }) => bytesOfHash(blob))}::bytea[],
        ${versions.map(({ size }) => size)}::bigint[],
        ${versions.map(({ mediaType }) => mediaType)}::text[],
        ${versions.map(({ modifiedAt }) => new Date(modifiedAt))}::timestamptz[]
      ) as wanted (id, asset_id, blob_sha256, size, media_type, modified_at)
    ), inserted as (
      insert into versions (id, asset_id, number, blob_sha256, size, media_type, modified_at, created_at, created_by)
      select id, asset_id,
        coalesce((select max(number) from versions where versions.asset_id = wanted.asset_id), 0) + 1,
        blob_sha256, size, media_type, modified_at, ${new Date(now)}, ${by}::uuid
      from wanted
      returning id, asset_id, blob_sha256, size, media_type, modified_at
    )
    update nodes set version_id = inserted.id, size = inserted.size, media_type = inserted.media_type,
      blob_sha256 = inserted.blob_sha256, modified_at = inserted.modified_at
    from inserted where nodes.id = inserted.asset_id and nodes.version_id is distinct from inserted.id`.execute(tx)
}

interface VersionRow extends Selectable<Tables['versions']> {
  readonly creator_name: string
  readonly creator_display_name: string
}

function versionOf(row: VersionRow): StoredVersion {
  const creator = row.created_by as PrincipalId
  return {
    id: row.id as VersionId,
    asset: row.asset_id as NodeId,
    number: row.number,
    blob: hashOfBytes(row.blob_sha256),
    size: row.size,
    mediaType: row.media_type,
    modifiedAt: row.modified_at.getTime(),
    createdAt: row.created_at.getTime(),
    creator: { id: creator, name: row.creator_name, displayName: row.creator_display_name },
  }
}
