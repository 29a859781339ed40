import { sql } from 'kysely'
import type { BlobHash, ErrorCode, NodeId, PixelSize, RenditionName } from '@vitrine/domain'
import { renditionNames } from '@vitrine/domain'
import { insertBlobs } from '../blobs/blob-facts-store.ts'
import { bytesOfHash, hashOfBytes } from '../blobs/blob-hash.ts'
import type { BlobFacts } from '../blobs/blob-store.ts'
import type { Database, Transaction } from '../db/open.ts'

/** A rendition as it is now. */
export type Rendition =
  | { readonly state: 'queued' }
  | ({
      readonly state: 'ready'
      readonly blob: BlobHash
      readonly mediaType: string
      /** In bytes. */
      readonly size: number
    } & PixelSize)
  | {
      /** It will not come: the source is not what a picture should be. */
      readonly state: 'failed'
      readonly code: ErrorCode
      /** A sentence for a person. */
      readonly failure: string
    }

/** The renditions of one blob, by name. A name that is missing was never asked for. */
export type Renditions = Partial<Record<RenditionName, Rendition>>

/** A rendition whose blob has been placed. */
export interface MadeRendition extends PixelSize {
  readonly name: RenditionName
  readonly blob: BlobFacts
}

/** Queues every rendition of the blobs that has no row yet. Answers the blobs that got one. */
export async function insertQueued(tx: Transaction, sources: readonly BlobHash[], now: number): Promise<BlobHash[]> {
  // In one order everywhere: two transactions that queue the same blobs must not wait for each other.
  const ordered = sources.toSorted().map(bytesOfHash)
  const { rows } = await sql<{ source_sha256: Buffer }>`
    insert into renditions (source_sha256, name, state, updated_at)
    select source, name, 'queued', ${new Date(now)}
    from unnest(${ordered}::bytea[]) as source, unnest(${[...renditionNames]}::text[]) as name
    on conflict do nothing
    returning source_sha256`.execute(tx)
  return [...new Set(rows.map((row) => hashOfBytes(row.source_sha256)))]
}

/** Reads the renditions of many blobs at once. */
export async function selectRenditions(
  db: Database | Transaction,
  sources: readonly BlobHash[],
): Promise<Map<BlobHash, Renditions>> {
  const rows = await db
    .selectFrom('renditions')
    .selectAll()
    .where(sql<boolean>`source_sha256 = any(${sources.map(bytesOfHash)}::bytea[])`)
    .execute()
  const bySource = new Map<BlobHash, Renditions>()
  for (const row of rows) {
    const source = hashOfBytes(row.source_sha256)
    bySource.set(source, { ...bySource.get(source), [row.name]: renditionOf(row) })
  }
  return bySource
}

interface RenditionRow {
  readonly state: string
  readonly blob_sha256: Buffer | null
  readonly media_type: string | null
  readonly size: number | null
  readonly width: number | null
  readonly height: number | null
  readonly failure_code: string | null
  readonly failure: string | null
}

function renditionOf(row: RenditionRow): Rendition {
  if (row.state === 'failed') {
    return { state: 'failed', code: (row.failure_code ?? 'rendition/failed') as ErrorCode, failure: row.failure ?? '' }
  }
  if (row.blob_sha256 === null) return { state: 'queued' }
  return {
    state: 'ready',
    blob: hashOfBytes(row.blob_sha256),
    mediaType: row.media_type ?? '',
    size: row.size ?? 0,
    width: row.width ?? 0,
    height: row.height ?? 0,
  }
}

/** Counts one more attempt at what is still queued. Answers how many there were with this one, or undefined when nothing is queued. */
export async function beginAttempt(db: Database, source: BlobHash, now: number): Promise<number | undefined> {
  const rows = await db
    .updateTable('renditions')
    .set({ attempts: sql`attempts + 1`, updated_at: new Date(now) })
    .where('source_sha256', '=', bytesOfHash(source))
    .where('state', '=', 'queued')
    .returning('attempts')
    .execute()
  return rows.length === 0 ? undefined : Math.max(...rows.map((row) => row.attempts))
}

/** Takes back what `beginAttempt` counted: nothing was wrong with the source. */
export async function forgetAttempt(db: Database, source: BlobHash): Promise<void> {
  await db
    .updateTable('renditions')
    .set({ attempts: sql`greatest(attempts - 1, 0)` })
    .where('source_sha256', '=', bytesOfHash(source))
    .where('state', '=', 'queued')
    .execute()
}

/**
 * Records placed renditions, and the picture's own size. Does nothing to renditions that are no longer queued.
 * The caller holds the shared blob lock since before the blobs were placed.
 */
export async function recordMade(
  tx: Transaction,
  source: BlobHash,
  picture: PixelSize,
  made: readonly MadeRendition[],
  now: number,
): Promise<void> {
  await insertBlobs(
    tx,
    made.map(({ blob, width, height }) => ({ ...blob, width, height })),
    now,
  )
  for (const { name, blob, width, height } of made) {
    await tx
      .updateTable('renditions')
      .set({
        state: 'ready',
        blob_sha256: bytesOfHash(blob.sha256),
        media_type: blob.mediaType,
        size: blob.size,
        width,
        height,
        updated_at: new Date(now),
      })
      .where('source_sha256', '=', bytesOfHash(source))
      .where('name', '=', name)
      .where('state', '=', 'queued')
      .execute()
  }
  await tx.updateTable('blobs').set(picture).where('sha256', '=', bytesOfHash(source)).execute()
}

/** Records that the source will never have renditions. Leaves alone what is not queued. */
export async function recordFailed(
  tx: Transaction,
  source: BlobHash,
  failure: { readonly code: ErrorCode; readonly message: string },
  now: number,
): Promise<void> {
  await tx
    .updateTable('renditions')
    .set({ state: 'failed', failure_code: failure.code, failure: failure.message, updated_at: new Date(now) })
    .where('source_sha256', '=', bytesOfHash(source))
    .where('state', '=', 'queued')
    .execute()
}

/** Assets whose present content is this blob and that are not in the trash, at most so many, each with its folder. */
export async function assetsShowing(
  tx: Transaction,
  source: BlobHash,
  limit: number,
): Promise<{ readonly id: NodeId; readonly folder: NodeId }[]> {
  const { rows } = await sql<{ id: NodeId; folder: NodeId }>`
    select id, parent_id as folder from nodes
    where blob_sha256 = ${bytesOfHash(source)} and not in_trash limit ${limit}`.execute(tx)
  return rows
}

/** A source that waits for its renditions. */
export interface WaitingSource {
  readonly source: BlobHash
  readonly mediaType: string
}

/**
 * Takes sources whose renditions are queued but perhaps without a job: those with an attempt that did not
 * end, and those that nothing happened to since `idleSince`, oldest first. Marks them as touched now.
 */
export async function takeStalled(
  tx: Transaction,
  bounds: { readonly idleSince: number; readonly limit: number; readonly onlyBegun: boolean },
  now: number,
): Promise<WaitingSource[]> {
  const { rows } = await sql<{ source_sha256: Buffer; media_type: string }>`
    with stalled as (
      select distinct source_sha256 from (
        select source_sha256 from renditions
        where state = 'queued' and (${!bounds.onlyBegun} or attempts > 0) and updated_at <= ${new Date(bounds.idleSince)}
        order by updated_at limit ${bounds.limit} for update skip locked
      ) as oldest
    )
    update renditions set updated_at = ${new Date(now)}
    from stalled join blobs on blobs.sha256 = stalled.source_sha256
    where renditions.source_sha256 = stalled.source_sha256 and renditions.state = 'queued'
    returning renditions.source_sha256, blobs.media_type`.execute(tx)
  return distinctSources(rows)
}

/** Those of the sources that still wait for a rendition. */
export async function selectWaiting(
  db: Database | Transaction,
  sources: readonly BlobHash[],
): Promise<WaitingSource[]> {
  const { rows } = await sql<{ source_sha256: Buffer; media_type: string }>`
    select distinct renditions.source_sha256, blobs.media_type
    from renditions join blobs on blobs.sha256 = renditions.source_sha256
    where renditions.state = 'queued' and renditions.source_sha256 = any(${sources.map(bytesOfHash)}::bytea[])`.execute(
    db,
  )
  return distinctSources(rows)
}

function distinctSources(rows: readonly { source_sha256: Buffer; media_type: string }[]): WaitingSource[] {
  const types = new Map(rows.map((row) => [hashOfBytes(row.source_sha256), row.media_type]))
  return [...types].map(([source, mediaType]) => ({ source, mediaType }))
}
