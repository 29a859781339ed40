import type { ImportBody } from '@vitrine/api'
import type { NodeId, PrincipalId } from '@vitrine/domain'
import { type Selectable, sql } from 'kysely'
import { hashOfBytes } from '../blobs/blob-hash.ts'
import type { Database, Transaction } from '../db/open.ts'
import type { Tables } from '../db/tables.ts'
import type { KeptReport } from './import-report.ts'
import type { KnownChild, KnownContent } from './plan-folder.ts'

/** An import, as it is kept. */
export interface StoredImport {
  readonly id: string
  readonly folder: NodeId
  /** Path on the server's disk. */
  readonly source: Buffer
  readonly state: ImportBody['state']
  readonly progress: ImportBody['progress']
  readonly report: KeptReport | null
  readonly failure: string | null
  readonly startedBy: PrincipalId
  /** In ms since the Unix epoch. */
  readonly startedAt: number
  /** In ms since the Unix epoch. */
  readonly endedAt: number | null
}

/** An import by its id. */
export async function importById(db: Database | Transaction, id: string): Promise<StoredImport | undefined> {
  const row = await db.selectFrom('imports').selectAll().where('id', '=', id).executeTakeFirst()
  return row && importOf(row)
}

/** The import into a folder that has not ended. */
export async function runningInto(tx: Transaction, folder: NodeId): Promise<StoredImport | undefined> {
  const row = await tx
    .selectFrom('imports')
    .selectAll()
    .where('folder_id', '=', folder)
    .where('state', '=', 'running')
    .executeTakeFirst()
  return row && importOf(row)
}

/** Ids of every import that has not ended, the oldest first. */
export async function runningImports(db: Database): Promise<string[]> {
  const rows = await db.selectFrom('imports').select('id').where('state', '=', 'running').orderBy('id').execute()
  return rows.map(({ id }) => id)
}

/** The imports of a person that have not ended, the newest first. */
export async function runningImportsBy(db: Database, person: PrincipalId): Promise<StoredImport[]> {
  const rows = await db
    .selectFrom('imports')
    .selectAll()
    .where('started_by', '=', person)
    .where('state', '=', 'running')
    .orderBy('started_at', 'desc')
    .execute()
  return rows.map(importOf)
}

/** Records that an import begins. */
export async function insertImport(
  tx: Transaction,
  begun: Pick<StoredImport, 'id' | 'folder' | 'source' | 'startedBy' | 'startedAt'>,
): Promise<void> {
  await tx
    .insertInto('imports')
    .values({
      id: begun.id,
      folder_id: begun.folder,
      source: begun.source,
      state: 'running',
      started_by: begun.startedBy,
      started_at: new Date(begun.startedAt),
      files_total: null,
      bytes_total: null,
      report: null,
      failure: null,
      ended_at: null,
    })
    .execute()
}

/** Records how far an import is. Answers whether it still runs: somebody may have cancelled it. */
export async function updateProgress(tx: Transaction, id: string, progress: ImportBody['progress']): Promise<boolean> {
  const { numUpdatedRows } = await tx
    .updateTable('imports')
    .set({
      files_done: progress.filesDone,
      bytes_done: progress.bytesDone,
      files_total: progress.filesTotal,
      bytes_total: progress.bytesTotal,
    })
    .where('id', '=', id)
    .where('state', '=', 'running')
    .executeTakeFirstOrThrow()
  return numUpdatedRows === 1n
}

/** Records that an import has ended. One that was cancelled stays so, and gets its report. */
export async function endImport(
  tx: Transaction,
  id: string,
  end: { readonly state: 'done' | 'failed'; readonly report: KeptReport; readonly failure: string | null },
  progress: ImportBody['progress'],
  now: number,
): Promise<void> {
  await sql`
    update imports set
      state = case when state = 'running' then ${end.state} else state end,
      failure = case when state = 'running' then ${end.failure} else failure end,
      report = ${JSON.stringify(end.report)}::jsonb,
      files_done = ${progress.filesDone}, bytes_done = ${progress.bytesDone},
      files_total = ${progress.filesTotal}, bytes_total = ${progress.bytesTotal},
      ended_at = coalesce(ended_at, ${new Date(now)})
    where id = ${id}`.execute(tx)
}

/** Cancels an import that has not ended. Answers whether it did. */
export async function cancelRunning(tx: Transaction, id: string, now: number): Promise<boolean> {
  const { numUpdatedRows } = await tx
    .updateTable('imports')
    .set({ state: 'cancelled', ended_at: new Date(now) })
    .where('id', '=', id)
    .where('state', '=', 'running')
    .executeTakeFirstOrThrow()
  return numUpdatedRows === 1n
}

interface ChildRow {
  readonly id: NodeId
  readonly kind: 'folder' | 'asset'
  readonly name: string
  readonly source_name: Buffer | null
  readonly size: number | null
  readonly modified_at: Date
  readonly blob_sha256: Buffer | null
  readonly stored_at: Date | null
}

/** The children of a folder that are not in the trash, and what their versions say. Two statements. */
export async function knownChildren(db: Database, folder: NodeId): Promise<KnownChild[]> {
  const { rows } = await sql<ChildRow>`
    select nodes.id, nodes.kind, nodes.name, nodes.source_name, nodes.size, nodes.modified_at, nodes.blob_sha256,
           versions.created_at as stored_at
    from nodes left join versions on versions.id = nodes.version_id
    where nodes.parent_id = ${folder} and nodes.trashed_at is null`.execute(db)
  const earlier = rows.length === 0 ? new Map<NodeId, KnownContent[]>() : await earlierVersions(db, folder)
  return rows.map((row) => childOf(row, earlier.get(row.id) ?? []))
}

function childOf(row: ChildRow, earlier: readonly KnownContent[]): KnownChild {
  const child = { id: row.id, kind: row.kind, name: row.name, sourceName: row.source_name }
  if (row.blob_sha256 === null || row.size === null || row.stored_at === null) return child
  const current = {
    size: row.size,
    modifiedAt: row.modified_at.getTime(),
    sha256: hashOfBytes(row.blob_sha256),
    storedAt: row.stored_at.getTime(),
  }
  return { ...child, current, earlier }
}

async function earlierVersions(db: Database, folder: NodeId): Promise<Map<NodeId, KnownContent[]>> {
  const { rows } = await sql<{ asset_id: NodeId; size: number; modified_at: Date }>`
    select versions.asset_id, versions.size, versions.modified_at
    from nodes join versions on versions.asset_id = nodes.id
    where nodes.parent_id = ${folder} and nodes.trashed_at is null and versions.id <> nodes.version_id`.execute(db)
  const found = new Map<NodeId, KnownContent[]>()
  for (const { asset_id: asset, size, modified_at: modifiedAt } of rows) {
    const list = found.get(asset) ?? []
    found.set(asset, list)
    list.push({ size, modifiedAt: modifiedAt.getTime() })
  }
  return found
}

function importOf(row: Selectable<Tables['imports']>): StoredImport {
  return {
    id: row.id,
    folder: row.folder_id as NodeId,
    source: row.source,
    state: row.state as StoredImport['state'],
    progress: {
      filesDone: row.files_done,
      bytesDone: row.bytes_done,
      filesTotal: row.files_total,
      bytesTotal: row.bytes_total,
    },
    report: row.report as KeptReport | null,
    failure: row.failure,
    startedBy: row.started_by as PrincipalId,
    startedAt: row.started_at.getTime(),
    endedAt: row.ended_at && row.ended_at.getTime(),
  }
}
