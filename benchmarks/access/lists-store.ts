import { ROOT_ID } from '@vitrine/domain'
import type { Database } from '@vitrine/server/db/open'
import { sql } from 'kysely'

/** Makes a folder below the root with so many folders in it, and answers its id. */
export async function makeFolders(db: Database, name: string, count: number): Promise<string> {
  const { rows } = await sql<{ id: string }>`
    insert into nodes (id, parent_id, kind, name, sort_key, created_at, created_by, modified_at)
    select gen_random_uuid(), id, 'folder', ${name}, ${name}, now(), created_by, now() from nodes where id = ${ROOT_ID}
    returning id`.execute(db)
  const id = rows[0]?.id ?? ''
  await sql`
    insert into folder_tree (ancestor_id, descendant_id, depth) values (${ROOT_ID}, ${id}, 1), (${id}, ${id}, 0)`.execute(
    db,
  )
  await sql`
    with made as (
      insert into nodes (id, parent_id, kind, name, sort_key, created_at, created_by, modified_at)
      select gen_random_uuid(), ${id}, 'folder', 'Shooting ' || i, 'shooting ' || lpad(i::text, 8, '0'), now(),
             (select created_by from nodes where id = ${ROOT_ID}), now()
        from generate_series(1, ${count}::int) i
      returning id
    )
    insert into folder_tree (ancestor_id, descendant_id, depth)
    select unnest(array[${ROOT_ID}::uuid, ${id}::uuid, id]), id, unnest(array[2, 1, 0]) from made`.execute(db)
  await sql`vacuum analyze nodes, folder_tree`.execute(db)
  return id
}

/** Gives every folder in a folder two entries of its own for a user. */
export async function giveLists(db: Database, folder: string, user: string): Promise<void> {
  await sql`
    insert into acl_entries (node_id, position, principal_id, effect, privileges)
    select id, position, ${user}, effect, '{read,share}'
      from nodes, (values (0, 'allow'), (1, 'deny')) as entries (position, effect) where parent_id = ${folder}`.execute(
    db,
  )
  await sql`update nodes set has_acl = true where parent_id = ${folder}`.execute(db)
  await sql`vacuum analyze nodes, acl_entries`.execute(db)
}

/** Takes them away again. */
export async function takeLists(db: Database, folder: string): Promise<void> {
  await sql`delete from acl_entries where node_id in (select id from nodes where parent_id = ${folder})`.execute(db)
  await sql`update nodes set has_acl = false where parent_id = ${folder}`.execute(db)
  await sql`vacuum analyze nodes, acl_entries`.execute(db)
}

/** Ids of the folders in a folder. */
export async function foldersIn(db: Database, folder: string): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`select id from nodes where parent_id = ${folder}`.execute(db)
  return rows.map(({ id }) => id)
}
