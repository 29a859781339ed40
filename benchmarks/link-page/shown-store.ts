import type { Database } from '@vitrine/server/db/open'
import { sql } from 'kysely'

/** A picture that is stored. */
export interface Thumbnail {
  readonly sha256: Buffer
  /** In bytes. */
  readonly size: number
}

/** Gives every asset of a folder a thumbnail that is ready: the same for all. */
export async function makeThumbnails(db: Database, folder: string, { sha256, size }: Thumbnail): Promise<void> {
  await sql`
    insert into blobs (sha256, size, crc32, media_type, created_at)
    values (${sha256}, ${size}, 1, 'image/jpeg', now()) on conflict do nothing`.execute(db)
  await sql`
    insert into renditions (source_sha256, name, state, blob_sha256, media_type, size, width, height, updated_at)
    select blob_sha256, made.name, 'ready', ${sha256}, 'image/jpeg', ${size}, 319, 213, now()
    from nodes, unnest(array['thumbnail.319', 'web.1280']) as made (name)
    where parent_id = ${folder} and blob_sha256 is not null on conflict do nothing`.execute(db)
  await sql`update blobs set width = 6000, height = 4000 where width is null`.execute(db)
}

/** Gives some assets of a folder entries of their own: those of which the number is divisible hide them from a user. */
export async function addAcls(
  db: Database,
  folder: string,
  user: string,
  assets: number,
  hidden: number,
): Promise<void> {
  await sql`
    with chosen as (
      select id, row_number() over (order by id) as number from nodes where parent_id = ${folder} order by id limit ${assets}
    ), marked as (
      update nodes set has_acl = true where id in (select id from chosen)
    )
    insert into acl_entries (node_id, position, principal_id, effect, privileges)
    select id, 0, ${user}::uuid, case when number <= ${hidden} then 'deny' else 'allow' end, array['read'] from chosen`.execute(
    db,
  )
  await sql`analyze`.execute(db)
}

/** How many renditions are still to be made. */
export async function countWaiting(db: Database): Promise<number> {
  const { rows } = await sql<{
    waiting: number
  }>`select count(*) as waiting from renditions where state = 'queued'`.execute(db)
  return rows[0]?.waiting ?? 0
}

/** Lets nothing be rendered any more: jobs find that nothing is queued, and end. */
export async function giveUpRenditions(db: Database): Promise<void> {
  await sql`
    update renditions set state = 'failed', failure_code = 'rendition/failed', failure = 'given up' where state = 'queued'`.execute(
    db,
  )
}
