import type { BlobHash, DownloadId, NodeId, PrincipalId, ShareLinkId, VisitorId } from '@vitrine/domain'
import { sql, type Insertable, type RawBuilder, type Selectable } from 'kysely'
import { batches } from '../batches.ts'
import { bytesOfHash, hashOfBytes } from '../blobs/blob-hash.ts'
import type { Database, Transaction } from '../db/open.ts'
import type { DownloadPartsTable, DownloadsTable } from '../db/tables.ts'
import type {
  DownloadOwner,
  DownloadState,
  PlainFile,
  SkippedFile,
  StoredDownload,
  StoredPart,
  WantedContents,
} from './download.ts'

/** What a new row says. */
export interface NewDownload {
  readonly id: DownloadId
  readonly owner: DownloadOwner
  readonly idempotencyKey: string | undefined
  readonly name: string
  readonly state: 'queued' | 'ready'
  readonly wanted: WantedContents
  /** In ms since the Unix epoch, as all times here. */
  readonly createdAt: number
  readonly expiresAt: number
}

/** What a download is once it is frozen. */
export interface ReadyFacts {
  readonly name: string
  readonly entries: number
  /** In bytes. */
  readonly size: number
  readonly skipped: readonly SkippedFile[]
  readonly manifest: BlobHash | null
  readonly checkedEpoch: number
  readonly parts: readonly StoredPart[]
  readonly readyAt: number
}

/** Inserts a download. Answers whether it did: not, when the owner's idempotency key has one already. */
export async function insertDownload(tx: Transaction, download: NewDownload): Promise<boolean> {
  const { numInsertedOrUpdatedRows } = await tx
    .insertInto('downloads')
    .values(rowOf(download))
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst()
  return numInsertedOrUpdatedRows === 1n
}

function rowOf(download: NewDownload): Insertable<DownloadsTable> {
  return {
    id: download.id,
    ...ownerColumns(download.owner),
    idempotency_key: download.idempotencyKey ?? null,
    name: download.name,
    state: download.state,
    request: JSON.stringify(download.wanted),
    created_at: new Date(download.createdAt),
    expires_at: new Date(download.expiresAt),
    ready_at: null,
    failure: null,
    manifest_sha256: null,
    completed_at: null,
  }
}

function ownerColumns(
  owner: DownloadOwner,
): Pick<Insertable<DownloadsTable>, 'share_link_id' | 'generation' | 'visitor_id' | 'member_id' | 'user_id'> {
  if (owner.kind === 'user') {
    return { share_link_id: null, generation: null, visitor_id: null, member_id: null, user_id: owner.user }
  }
  const { shareLink, generation, visitor, member = null } = owner
  return { share_link_id: shareLink, generation, visitor_id: visitor, member_id: member, user_id: null }
}

/** Rows of an owner. Those of a visitor are of every generation of their link. */
function ownedBy(owner: DownloadOwner): RawBuilder<boolean> {
  if (owner.kind === 'user') return sql`user_id = ${owner.user}`
  return sql`share_link_id = ${owner.shareLink} and visitor_id = ${owner.visitor}`
}

/** Makes a download ready, unless it was cancelled or is ready already. Answers whether it did. */
export async function markReady(
  tx: Transaction,
  id: DownloadId,
  from: readonly DownloadState[],
  facts: ReadyFacts,
): Promise<boolean> {
  const { numUpdatedRows } = await tx
    .updateTable('downloads')
    .set({
      state: 'ready',
      name: facts.name,
      entries: facts.entries,
      size: facts.size,
      progress_done: facts.entries,
      progress_total: facts.entries,
      skipped: JSON.stringify(facts.skipped),
      manifest_sha256: facts.manifest === null ? null : bytesOfHash(facts.manifest),
      checked_epoch: facts.checkedEpoch,
      ready_at: new Date(facts.readyAt),
    })
    .where('id', '=', id)
    .where('state', 'in', from)
    .executeTakeFirst()
  if (numUpdatedRows !== 1n) return false
  const rows = facts.parts.map((part) => partRowOf(id, part))
  for (const some of batches(rows, 1000)) await tx.insertInto('download_parts').values(some).execute()
  return true
}

function partRowOf(id: DownloadId, part: StoredPart): Insertable<DownloadPartsTable> {
  const { plain } = part
  return {
    download_id: id,
    number: part.number,
    name: part.name,
    media_type: part.mediaType,
    size: part.size,
    etag: part.etag,
    blob_sha256: plain && bytesOfHash(plain.blob),
    layout: plain && JSON.stringify({ node: plain.node, grant: plain.grant }),
  }
}

/** A download by its id. */
export async function selectDownload(db: Database, id: DownloadId): Promise<StoredDownload | undefined> {
  const row = await db.selectFrom('downloads').selectAll().where('id', '=', id).executeTakeFirst()
  return row && downloadOf(row)
}

/** The download that its owner made with this key. */
export async function selectByKey(
  db: Database,
  owner: DownloadOwner,
  idempotencyKey: string,
): Promise<StoredDownload | undefined> {
  const row = await db
    .selectFrom('downloads')
    .selectAll()
    .where(ownedBy(owner))
    .where('idempotency_key', '=', idempotencyKey)
    .executeTakeFirst()
  return row && downloadOf(row)
}

/** The downloads of an owner, the newest first, at most so many. */
export async function selectDownloadsOf(db: Database, owner: DownloadOwner, limit: number): Promise<StoredDownload[]> {
  const rows = await db
    .selectFrom('downloads')
    .selectAll()
    .where(ownedBy(owner))
    .orderBy('created_at', 'desc')
    .orderBy('id')
    .limit(limit)
    .execute()
  return rows.map(downloadOf)
}

/** How many downloads wait to be prepared: the owner's, and all of the visitor's link. */
export async function countWaiting(
  db: Database,
  owner: DownloadOwner,
): Promise<{ readonly all: number; readonly own: number }> {
  const among = owner.kind === 'user' ? ownedBy(owner) : sql`share_link_id = ${owner.shareLink}`
  const { rows } = await sql<{ all: number; own: number }>`
    select count(*) as all, count(*) filter (where ${ownedBy(owner)}) as own
    from downloads where ${among} and state in ('queued', 'preparing')`.execute(db)
  return rows[0] ?? { all: 0, own: 0 }
}

/** The parts of downloads, in order. */
export async function selectParts(
  db: Database,
  ids: readonly DownloadId[],
): Promise<ReadonlyMap<DownloadId, readonly StoredPart[]>> {
  if (ids.length === 0) return new Map()
  const rows = await db
    .selectFrom('download_parts')
    .selectAll()
    .where('download_id', 'in', ids)
    .orderBy('download_id')
    .orderBy('number')
    .execute()
  const parts = new Map<DownloadId, StoredPart[]>(ids.map((id) => [id, []]))
  for (const row of rows) parts.get(row.download_id as DownloadId)?.push(partOf(row))
  return parts
}

/** One part of a download. */
export async function selectPart(db: Database, id: DownloadId, number: number): Promise<StoredPart | undefined> {
  const row = await db
    .selectFrom('download_parts')
    .selectAll()
    .where('download_id', '=', id)
    .where('number', '=', number)
    .executeTakeFirst()
  return row && partOf(row)
}

/** Says how far the preparation is. Answers whether the download is still to be prepared. */
export async function recordProgress(tx: Transaction, id: DownloadId, done: number, total: number): Promise<boolean> {
  const { numUpdatedRows } = await tx
    .updateTable('downloads')
    .set({ state: 'preparing', progress_done: done, progress_total: total })
    .where('id', '=', id)
    .where('state', 'in', ['queued', 'preparing'])
    .executeTakeFirst()
  return numUpdatedRows === 1n
}

/** Ends the preparation of a download that cannot be made. */
export async function recordFailure(
  tx: Transaction,
  id: DownloadId,
  failure: string,
  skipped: readonly SkippedFile[] = [],
): Promise<void> {
  await tx
    .updateTable('downloads')
    .set({ state: 'failed', failure, skipped: JSON.stringify(skipped) })
    .where('id', '=', id)
    .where('state', 'in', ['queued', 'preparing'])
    .execute()
}

/** Says that everything in a download was found to be allowed at an access epoch. */
export async function recordChecked(db: Database, id: DownloadId, epoch: number): Promise<void> {
  await db
    .updateTable('downloads')
    .set({ checked_epoch: epoch })
    .where('id', '=', id)
    .where('checked_epoch', '<', epoch)
    .execute()
}

/** Adds to what was sent of a part, and notes when every part was sent whole for the first time. */
export async function recordSent(
  db: Database,
  id: DownloadId,
  number: number,
  bytes: number,
  now: number,
): Promise<void> {
  await sql`
    with sent as (
      update download_parts set bytes_sent = bytes_sent + ${bytes}
      where download_id = ${id} and number = ${number} returning bytes_sent >= size as whole
    )
    update downloads set completed_at = ${new Date(now)}
    where id = ${id} and completed_at is null and (select whole from sent) and not exists (
      select from download_parts where download_id = ${id} and number <> ${number} and bytes_sent < size
    )`.execute(db)
}

/** Manifests that downloads still need, each once, in pages. */
export async function* selectLiveManifests(db: Database): AsyncGenerator<BlobHash> {
  let after: Buffer = Buffer.alloc(0)
  for (;;) {
    const { rows } = await sql<{ manifest: Buffer }>`
      select distinct manifest_sha256 as manifest from downloads
      where manifest_sha256 > ${after} order by manifest_sha256 limit 500`.execute(db)
    for (const { manifest } of rows) yield hashOfBytes(manifest)
    const last = rows.at(-1)
    if (!last) return
    after = last.manifest
  }
}

function downloadOf(row: Selectable<DownloadsTable>): StoredDownload {
  return {
    id: row.id as DownloadId,
    owner: ownerOf(row),
    name: row.name,
    state: row.state as DownloadState,
    wanted: row.request as WantedContents,
    entries: row.entries,
    size: row.size,
    progress: { done: row.progress_done, total: row.progress_total },
    skipped: row.skipped as SkippedFile[],
    manifest: row.manifest_sha256 && hashOfBytes(row.manifest_sha256),
    checkedEpoch: row.checked_epoch,
    withdrawn: row.withdrawn,
    createdAt: row.created_at.getTime(),
    readyAt: row.ready_at && row.ready_at.getTime(),
    expiresAt: row.expires_at.getTime(),
  }
}

function ownerOf(row: Selectable<DownloadsTable>): DownloadOwner {
  const { user_id, share_link_id, generation, visitor_id, member_id } = row
  if (user_id !== null) return { kind: 'user', user: user_id as PrincipalId }
  if (share_link_id === null || generation === null || visitor_id === null) throw new Error('a download has no owner')
  return {
    kind: 'visitor',
    shareLink: share_link_id as ShareLinkId,
    generation,
    visitor: visitor_id as VisitorId,
    member: (member_id ?? undefined) as PrincipalId | undefined,
  }
}

function partOf(row: Selectable<DownloadPartsTable>): StoredPart {
  return {
    number: row.number,
    name: row.name,
    mediaType: row.media_type,
    size: row.size,
    etag: row.etag,
    plain: plainOf(row),
  }
}

function plainOf({ blob_sha256, layout }: Selectable<DownloadPartsTable>): PlainFile | null {
  if (blob_sha256 === null) return null
  const { node, grant } = layout as { node: NodeId; grant: 'original' | 'rendition' }
  return { blob: hashOfBytes(blob_sha256), node, grant }
}
