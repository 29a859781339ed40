import type { Database } from '@vitrine/server/db/open'
import { sql } from 'kysely'

/** What the database has of an import. */
export interface Kept {
  /** Assets that have a version, and a blob that has a row. */
  readonly assets: number
  /** Of these, the ones whose renditions are asked for. */
  readonly withRenditions: number
}

/** Counts what lies below a folder. */
export async function keptBelow(db: Database, folder: string): Promise<Kept> {
  const { rows } = await sql<Kept>`
    select count(*)::int as assets,
           (count(*) filter (where exists (
             select from renditions where renditions.source_sha256 = nodes.blob_sha256)))::int as "withRenditions"
    from folder_tree join nodes on nodes.parent_id = folder_tree.descendant_id
                     join versions on versions.id = nodes.version_id
                     join blobs on blobs.sha256 = nodes.blob_sha256
    where folder_tree.ancestor_id = ${folder}::uuid and nodes.kind = 'asset'`.execute(db)
  return rows[0]!
}

/** Forgets the jobs that still wait: what is measured next does not share the machine with them. */
export async function dropRenditionJobs(db: Database): Promise<void> {
  await sql`delete from jobs.job where name = 'make-renditions' and state in ('created', 'retry')`.execute(db)
}
