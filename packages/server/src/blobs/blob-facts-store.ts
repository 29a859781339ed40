import type { PixelSize } from '@vitrine/domain'
import { sql } from 'kysely'
import type { Transaction } from '../db/open.ts'
import { bytesOfHash } from './blob-hash.ts'
import type { BlobFacts } from './blob-store.ts'

/**
 * Records placed blobs, with their sizes in pixels where these are known. One that has a row keeps what that says; when
 * garbage collection had marked it, it is marked no more.
 *
 * The caller holds the shared blob lock since before the blobs were placed.
 */
export async function insertBlobs(
  tx: Transaction,
  blobs: readonly (BlobFacts & Partial<PixelSize>)[],
  now: number,
): Promise<void> {
  // In one order everywhere: two transactions that record the same blobs must not wait for each other.
  const distinct = [...new Map(blobs.map((blob) => [blob.sha256, blob])).values()].toSorted((a, b) =>
    a.sha256 < b.sha256 ? -1 : 1,
  )
  await sql`
    insert into blobs (sha256, size, crc32, media_type, width, height, created_at)
    select wanted.*, ${new Date(now)} from unnest(
      ${distinct.map(({ sha256 }) => bytesOfHash(sha256))}::bytea[],
      ${distinct.map(({ size }) => size)}::bigint[],
      ${distinct.map(({ crc32 }) => crc32)}::bigint[],
      ${distinct.map(({ mediaType }) => mediaType)}::text[],
      ${distinct.map(({ width }) => width ?? null)}::integer[],
      ${distinct.map(({ height }) => height ?? null)}::integer[]
    ) as wanted
    on conflict (sha256) do update set unreferenced_since = null where blobs.unreferenced_since is not null`.execute(tx)
}
