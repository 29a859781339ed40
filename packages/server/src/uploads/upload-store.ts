import { type BlobHash, type ErrorCode, type NodeId, type PrincipalId } from '@vitrine/domain'
import { type Selectable, sql } from 'kysely'
import { bytesOfHash, hashOfBytes } from '../blobs/blob-hash.ts'
import type { BlobFacts } from '../blobs/blob-store.ts'
import type { Database, Transaction } from '../db/open.ts'
import type { Tables } from '../db/tables.ts'
import type { Ingested, WhenTaken } from '../repository/ingest-files.ts'

/** What somebody wants to upload. */
export interface WantedUpload {
  /** The folder below which the path begins. */
  readonly folder: NodeId
  /** Names in NFC, checked: folders on the way, and the asset's last. */
  readonly path: readonly string[]
  readonly conflict: WhenTaken
  /** In ms since the Unix epoch; null: when it finishes. */
  readonly modifiedAt: number | null
  /** SHA-256 that the bytes must have; null: not told. */
  readonly expected: BlobHash | null
  /** `Upload-Metadata` as it was sent. */
  readonly metadata: string
  /** In bytes. */
  readonly size: number
}

/** An upload, as it is kept. */
export interface StoredUpload extends WantedUpload {
  readonly id: string
  readonly user: PrincipalId
  /** So many bytes are durable. */
  readonly received: number
  /** What is known of the bytes, once all of them came. */
  readonly facts: BlobFacts | null
  /** What became of it, when it is finished. */
  readonly done: Pick<Ingested, 'node' | 'outcome'> | null
  /** Why all bytes are there and it is not finished. */
  readonly failure: { readonly code: ErrorCode; readonly detail: string } | null
  /** In ms since the Unix epoch. */
  readonly createdAt: number
  /** In ms since the Unix epoch. */
  readonly expiresAt: number
}

/** How much somebody has begun to upload. */
export interface UnfinishedOf {
  readonly count: number
  /** Bytes that are still to come. */
  readonly missing: number
}

/** How much of somebody's uploads is not finished. Nobody begins another one for them until the transaction ends. */
export async function holdUnfinishedOf(tx: Transaction, user: PrincipalId, now: number): Promise<UnfinishedOf> {
  await sql`select from principals where id = ${user} for no key update`.execute(tx)
  const { rows } = await sql<UnfinishedOf>`
    select count(*) as count, coalesce(sum(size - received), 0)::bigint as missing from uploads
    where user_id = ${user} and node_id is null and expires_at > ${new Date(now)}`.execute(tx)
  return rows[0] ?? { count: 0, missing: 0 }
}

/** Begins an upload. */
export async function insertUpload(
  tx: Transaction,
  id: string,
  user: PrincipalId,
  wanted: WantedUpload,
  times: { readonly now: number; readonly expiresAt: number },
): Promise<void> {
  await tx
    .insertInto('uploads')
    .values({
      id,
      user_id: user,
      folder_id: wanted.folder,
      path: [...wanted.path],
      conflict: wanted.conflict,
      modified_at: wanted.modifiedAt === null ? null : new Date(wanted.modifiedAt),
      expected_sha256: wanted.expected && bytesOfHash(wanted.expected),
      metadata: wanted.metadata,
      size: wanted.size,
      created_at: new Date(times.now),
      expires_at: new Date(times.expiresAt),
    })
    .execute()
}

/** An upload of somebody's, also an expired one. */
export async function selectUpload(
  db: Database | Transaction,
  user: PrincipalId,
  id: string,
): Promise<StoredUpload | undefined> {
  const row = await db
    .selectFrom('uploads')
    .selectAll()
    .where('id', '=', id)
    .where('user_id', '=', user)
    .executeTakeFirst()
  return row && storedOf(row)
}

/** Somebody's uploads that are neither finished nor expired, the newest first. */
export async function selectUnfinished(db: Database, user: PrincipalId, now: number): Promise<StoredUpload[]> {
  const rows = await db
    .selectFrom('uploads')
    .selectAll()
    .where('user_id', '=', user)
    .where('node_id', 'is', null)
    .where('expires_at', '>', new Date(now))
    .orderBy('created_at', 'desc')
    .orderBy('id', 'desc')
    .execute()
  return rows.map(storedOf)
}

/**
 * Notes how many bytes are durable.
 *
 * @param before so many were noted last: says false, and notes nothing, when somebody else has noted other ones since
 */
export async function noteReceived(
  db: Database,
  id: string,
  before: number,
  received: number,
  expiresAt: number,
): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('uploads')
    .set({ received, expires_at: new Date(expiresAt) })
    .where('id', '=', id)
    .where('received', '=', before)
    .where('sha256', 'is', null)
    .executeTakeFirst()
  return numUpdatedRows === 1n
}

/** Notes what is known of the bytes, all of which came: from now on the blob of this hash is kept for it. */
export async function noteFacts(db: Database, id: string, { sha256, crc32, mediaType }: BlobFacts): Promise<void> {
  await db
    .updateTable('uploads')
    .set({ sha256: bytesOfHash(sha256), crc32, media_type: mediaType })
    .where('id', '=', id)
    .execute()
}

/** Begins anew with an upload whose bytes are lost. */
export async function forgetBytes(db: Database, id: string): Promise<void> {
  await db
    .updateTable('uploads')
    .set({ received: 0, sha256: null, crc32: null, media_type: null, failure_code: null, failure: null })
    .where('id', '=', id)
    .where('node_id', 'is', null)
    .execute()
}

/** Notes why an upload could not be finished. */
export async function noteFailure(
  db: Database,
  id: string,
  failure: { readonly code: ErrorCode; readonly detail: string },
): Promise<void> {
  await db
    .updateTable('uploads')
    .set({ failure_code: failure.code, failure: failure.detail })
    .where('id', '=', id)
    .where('node_id', 'is', null)
    .execute()
}

/** Notes what became of an upload. Says false, and notes nothing, when it is finished already or gone. */
export async function noteDone(tx: Transaction, id: string, { node, outcome }: Ingested): Promise<boolean> {
  const { numUpdatedRows } = await tx
    .updateTable('uploads')
    .set({ node_id: node, outcome, failure_code: null, failure: null })
    .where('id', '=', id)
    .where('node_id', 'is', null)
    .executeTakeFirst()
  return numUpdatedRows === 1n
}

/** Changes where an unfinished upload goes. */
export async function updateWanted(
  db: Database,
  id: string,
  { folder, path, conflict }: Pick<WantedUpload, 'folder' | 'path' | 'conflict'>,
): Promise<void> {
  await db
    .updateTable('uploads')
    .set({ folder_id: folder, path: [...path], conflict })
    .where('id', '=', id)
    .where('node_id', 'is', null)
    .execute()
}

/** Removes an upload's row. */
export async function deleteUpload(db: Database, id: string): Promise<void> {
  await db.deleteFrom('uploads').where('id', '=', id).execute()
}

/** Ids of expired uploads, finished ones too: the first of them. */
export async function selectExpired(db: Database, now: number, limit: number): Promise<string[]> {
  const rows = await db
    .selectFrom('uploads')
    .select('id')
    .where('expires_at', '<=', new Date(now))
    .orderBy('expires_at')
    .limit(limit)
    .execute()
  return rows.map(({ id }) => id)
}

/** Those of the ids that no unfinished upload has. */
export async function withoutUpload(db: Database, ids: readonly string[]): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select wanted.id from unnest(${ids}::text[]) as wanted (id)
    where not exists (select from uploads where uploads.id::text = wanted.id and node_id is null)`.execute(db)
  return rows.map(({ id }) => id)
}

function storedOf(row: Selectable<Tables['uploads']>): StoredUpload {
  return {
    id: row.id,
    user: row.user_id as PrincipalId,
    folder: row.folder_id as NodeId,
    path: row.path,
    conflict: row.conflict as WhenTaken,
    modifiedAt: row.modified_at && row.modified_at.getTime(),
    expected: row.expected_sha256 && hashOfBytes(row.expected_sha256),
    metadata: row.metadata,
    size: row.size,
    received: row.received,
    facts: factsOf(row),
    done: row.node_id === null ? null : { node: row.node_id as NodeId, outcome: row.outcome as Ingested['outcome'] },
    failure: row.failure_code === null ? null : { code: row.failure_code as ErrorCode, detail: row.failure ?? '' },
    createdAt: row.created_at.getTime(),
    expiresAt: row.expires_at.getTime(),
  }
}

function factsOf({ sha256, crc32, media_type: mediaType, size }: Selectable<Tables['uploads']>): BlobFacts | null {
  if (sha256 === null || crc32 === null || mediaType === null) return null
  return { sha256: hashOfBytes(sha256), size, crc32, mediaType }
}
