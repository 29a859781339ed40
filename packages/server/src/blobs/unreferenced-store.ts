import type { BlobHash } from '@vitrine/domain'
import { sql } from 'kysely'
import type { Database, Transaction } from '../db/open.ts'
import { bytesOfHash, hashOfBytes } from './blob-hash.ts'

/**
 * Whether a row names the blob. Renditions made from it do not count: they go with it. What manifests name is not in
 * rows: see `liveManifestHashes`.
 */
const isNamed = sql<boolean>`(
  exists (select from nodes where nodes.blob_sha256 = blobs.sha256)
  or exists (select from versions where versions.blob_sha256 = blobs.sha256)
  or exists (select from renditions where renditions.blob_sha256 = blobs.sha256)
  or exists (select from downloads where downloads.manifest_sha256 = blobs.sha256)
  or exists (select from download_parts where download_parts.blob_sha256 = blobs.sha256)
  or exists (select from uploads where uploads.sha256 = blobs.sha256 and uploads.node_id is null)
)`

/** Marks blobs that no row names, and takes the mark from those that one names again. */
export async function markUnreferenced(db: Database, now: number): Promise<void> {
  await sql`update blobs set unreferenced_since = null where unreferenced_since is not null and ${isNamed}`.execute(db)
  await sql`
    update blobs set unreferenced_since = ${new Date(now)} where unreferenced_since is null and not ${isNamed}`.execute(
    db,
  )
}

/** Blobs that were marked before then, the first of them. */
export async function unreferencedBefore(db: Database, before: number, limit: number): Promise<BlobHash[]> {
  const { rows } = await sql<{ sha256: Buffer }>`
    select sha256 from blobs where unreferenced_since <= ${new Date(before)}
    order by unreferenced_since, sha256 limit ${limit}`.execute(db)
  return rows.map(({ sha256 }) => hashOfBytes(sha256))
}

/** Removes the rows of blobs that are still marked, and that no row names now. Answers which. */
export async function deleteUnreferenced(
  tx: Transaction,
  blobs: readonly BlobHash[],
  before: number,
): Promise<BlobHash[]> {
  const { rows } = await sql<{ sha256: Buffer }>`
    delete from blobs
    where sha256 = any(${blobs.map(bytesOfHash)}::bytea[])
      and unreferenced_since <= ${new Date(before)} and not ${isNamed}
    returning sha256`.execute(tx)
  return rows.map(({ sha256 }) => hashOfBytes(sha256))
}

/** Those of the blobs that have no row, and that no upload is about to give one. */
export async function withoutRow(db: Database, blobs: readonly BlobHash[]): Promise<BlobHash[]> {
  const { rows } = await sql<{ sha256: Buffer }>`
    select wanted.sha256 from unnest(${blobs.map(bytesOfHash)}::bytea[]) as wanted (sha256)
    where not exists (select from blobs where blobs.sha256 = wanted.sha256)
      and not exists (select from uploads where uploads.sha256 = wanted.sha256 and uploads.node_id is null)`.execute(db)
  return rows.map(({ sha256 }) => hashOfBytes(sha256))
}

const lastSweep = 'blobs/files-without-row-looked-for'

/** Takes the turn to look for files without a row, when the last one was before then. Answers whether it is ours. */
export async function takeFileSweep(db: Database, before: number, now: number): Promise<boolean> {
  const { rows } = await sql`
    insert into settings (name, value) values (${lastSweep}, to_jsonb(${now}::bigint))
    on conflict (name) do update set value = excluded.value where (settings.value #>> '{}')::bigint <= ${before}
    returning name`.execute(db)
  return rows.length > 0
}
