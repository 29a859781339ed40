import { createHash } from 'node:crypto'
import { ROOT_ID } from '@vitrine/domain'
import type { Database } from '@vitrine/server/db/open'
import { type RawBuilder, sql } from 'kysely'

/** A folder full of assets, made at once. */
export interface Filling {
  /** Names the folder below the root, and tells its contents from those of other fillings. */
  readonly name: string
  readonly assets: number
  /** Assets of each folder; 0: all lie side by side in one. */
  readonly perFolder: number
  /** Of each asset, in bytes. */
  readonly size: number
}

/** Id of the folder that {@link fill} makes. */
export function folderOf({ name }: Pick<Filling, 'name'>): string {
  return idFrom(`folder ${name}`)
}

/** Puts rows of folders, assets and contents into the database, as an import would have, without the bytes. */
export async function fill(db: Database, filling: Filling): Promise<void> {
  const top = folderOf(filling)
  const folders = filling.perFolder === 0 ? 0 : Math.ceil(filling.assets / filling.perFolder)
  await sql`
    with made as (
      insert into nodes (id, parent_id, kind, name, sort_key, created_at, created_by, modified_at)
      select ${top}::uuid, ${ROOT_ID}::uuid, 'folder', ${filling.name}, lower(${filling.name}), now(), (select id from principals where name = 'admin'), now()
    )
    insert into folder_tree (ancestor_id, descendant_id, depth)
    values (${ROOT_ID}::uuid, ${top}::uuid, 1), (${top}::uuid, ${top}::uuid, 0)`.execute(db)
  await sql`
    insert into nodes (id, parent_id, kind, name, sort_key, created_at, created_by, modified_at)
    select ${idOf(filling, 'f')}, ${top}::uuid, 'folder', 'Shooting ' || i, 'shooting ' || lpad(i::text, 8, '0'), now(),
           (select id from principals where name = 'admin'), now()
    from generate_series(0, ${folders - 1}) as i`.execute(db)
  await sql`
    insert into folder_tree (ancestor_id, descendant_id, depth)
    select unnest(array[${ROOT_ID}::uuid, ${top}::uuid, ${idOf(filling, 'f')}]), ${idOf(filling, 'f')}, unnest(array[2, 1, 0])
    from generate_series(0, ${folders - 1}) as i`.execute(db)
  await sql`
    insert into blobs (sha256, size, crc32, media_type, created_at)
    select ${contentOf(filling)}, ${filling.size}, (i * 2654435761) % 4294967296, 'image/tiff', now()
    from generate_series(0, ${filling.assets - 1}) as i`.execute(db)
  await sql`
    insert into nodes (id, parent_id, kind, name, sort_key, created_at, created_by, modified_at, size, media_type, blob_sha256)
    select ${idOf(filling, 'a')},
           case when ${filling.perFolder} = 0 then ${top}::uuid else ${idOf(filling, 'f', sql`(i / ${Math.max(1, filling.perFolder)})`)} end,
           'asset', 'IMG_' || lpad(i::text, 7, '0') || ' Sommerkampagne.tif', 'img_007' || lpad(i::text, 7, '0') || ' sommerkampagne.tif',
           now(), (select id from principals where name = 'admin'), timestamptz '2026-01-01' + i * interval '1 second',
           ${filling.size}, 'image/tiff', ${contentOf(filling)}
    from generate_series(0, ${filling.assets - 1}) as i`.execute(db)
  // The database comes to rest: else its own upkeep would be measured with the first requests.
  await sql`vacuum (analyze) nodes, blobs, folder_tree`.execute(db)
  await sql`checkpoint`.execute(db)
}

/** The hashes of the contents of a filling: asset by asset. Nothing has these contents; nobody checks. */
export function contentHash({ name }: Pick<Filling, 'name'>, asset: number): string {
  return createHash('sha256').update(`${name} ${asset}`).digest('hex')
}

function contentOf({ name }: Pick<Filling, 'name'>) {
  return sql`sha256(convert_to(${`${name} `} || i, 'UTF8'))`
}

function idOf({ name }: Pick<Filling, 'name'>, kind: 'f' | 'a', number: RawBuilder<unknown> = sql`i`) {
  const digits = sql`md5(${`${name} ${kind} `} || ${number})`
  return sql`overlay(overlay(${digits} placing '7' from 13) placing '8' from 17)::uuid`
}

function idFrom(text: string): string {
  return createHash('md5')
    .update(text)
    .digest('hex')
    .replace(/^(.{8})(.{4}).(.{3}).(.{3})(.{12})$/, '$1-$2-7$3-8$4-$5')
}
