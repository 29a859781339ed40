import { ADMIN_ID, ROOT_ID } from '@vitrine/domain'
import type { Database } from '@vitrine/server/db/open'
import { CompiledQuery, sql } from 'kysely'

/** How the folders below a folder are found. */
export const ways = ['closure', 'recursion', 'path', 'ltree'] as const

/** One of {@link ways}. */
export type Way = (typeof ways)[number]

/** Fills the repository: folder i lies in a random one before it, so that the tree is some 12 deep; assets anywhere. */
export async function fillTree(db: Database, folders: number, assets: number): Promise<void> {
  const uuid = (of: string) => `md5(${of})::uuid`
  const made = `now(), '${ADMIN_ID}'::uuid, now() - random() * interval '1000 days'`
  const columns = 'id, parent_id, kind, name, sort_key, created_at, created_by, modified_at'
  await run(db, `select setseed(0.5)`)
  await run(
    db,
    `insert into nodes (${columns})
     select ${uuid(`'f' || i`)},
       case when i <= 20 then '${ROOT_ID}'::uuid else ${uuid(`'f' || (1 + floor(random() * (i - 1)))::int`)} end,
       'folder', 'folder ' || i, 'folder ' || lpad(i::text, 8, '0'), ${made}
     from generate_series(1, ${folders}) as i`,
  )
  await run(db, `insert into blobs values (sha256('x'), 1, 0, 'image/jpeg', 1, 1, now(), null) on conflict do nothing`)
  await run(
    db,
    `insert into nodes (${columns}, version_id, size, media_type, blob_sha256)
     select ${uuid(`'a' || i`)}, ${uuid(`'f' || (1 + floor(random() * ${folders}))::int`)},
       'asset', 'asset ' || i, 'asset ' || lpad(i::text, 8, '0'), ${made}, ${uuid(`'v' || i`)}, 1, 'image/jpeg', sha256('x')
     from generate_series(1, ${assets}) as i`,
  )
  await run(
    db,
    `insert into folder_tree
     with recursive walk as (
       select id as ancestor_id, id as descendant_id, 0 as depth from nodes where kind = 'folder' and id <> '${ROOT_ID}'
       union all
       select nodes.parent_id, walk.descendant_id, walk.depth + 1
       from walk join nodes on nodes.id = walk.ancestor_id where nodes.parent_id is not null
     ) select * from walk`,
  )
}

/** The same tree for the other ways: a path of short labels for each folder. */
export async function addPaths(db: Database): Promise<void> {
  await run(db, 'create extension if not exists ltree')
  await run(
    db,
    `create table bench_paths as
     with recursive walk (id, path) as (
       select id, 'r' from nodes where id = '${ROOT_ID}'
       union all
       select nodes.id, walk.path || '.' || substr(nodes.name, 8)
       from walk join nodes on nodes.parent_id = walk.id and nodes.kind = 'folder'
     ) select id, path collate "C" as path, path::ltree as labels from walk`,
  )
  await run(db, 'alter table bench_paths add primary key (id)')
  await run(db, 'create index on bench_paths (path)')
  await run(db, 'create index on bench_paths using gist (labels)')
  await run(db, 'vacuum (analyze) nodes, folder_tree, bench_paths')
}

/** A folder with as many folders below it as possible, up to so many, and how many those are. */
export async function folderOfSize(db: Database, most: number): Promise<{ id: string; folders: number }> {
  const { rows } = await sql<{ id: string; folders: number }>`
    select ancestor_id as id, count(*) as folders from folder_tree group by ancestor_id
    having count(*) <= ${most} order by count(*) desc, ancestor_id limit 1`.execute(db)
  return rows[0] ?? { id: '', folders: 0 }
}

const below: { readonly [One in Way]: (folder: string) => string } = {
  closure: (folder) => `select descendant_id as id from folder_tree where ancestor_id = '${folder}'`,
  recursion: (folder) => `
    with recursive walk as (
      select '${folder}'::uuid as id
      union all select nodes.id from walk join nodes on nodes.parent_id = walk.id and nodes.kind = 'folder' and not in_trash
    ) select id from walk`,
  path: (folder) => `
    select below.id from bench_paths as top join bench_paths as below
      on below.path >= top.path and below.path < top.path || '/' where top.id = '${folder}'`,
  ltree: (folder) => `
    select below.id from bench_paths as top join bench_paths as below on below.labels <@ top.labels where top.id = '${folder}'`,
}

/** The newest hundred assets of a subtree, and how many there are. */
export async function listSubtree(db: Database, way: Way, folder: string): Promise<void> {
  const rows = `nodes where parent_id in (${below[way](folder)}) and kind = 'asset' and not in_trash`
  await run(db, `select id, name from ${rows} order by modified_at desc limit 100`)
  await run(db, `select count(*) from ${rows}`)
}

/** Ids of the ancestors of a folder. */
export async function listAncestors(db: Database, way: Way, folder: string): Promise<void> {
  if (way === 'closure')
    await run(db, `select ancestor_id from folder_tree where descendant_id = '${folder}' order by depth desc`)
  else if (way === 'recursion') {
    await run(
      db,
      `with recursive walk as (
         select id, parent_id from nodes where id = '${folder}'
         union all select nodes.id, nodes.parent_id from walk join nodes on nodes.id = walk.parent_id
       ) select id from walk`,
    )
  } else await run(db, `select path from bench_paths where id = '${folder}'`)
}

/** Moves a folder, with all below it, for the ways that have something to rewrite: prefix or ltree labels. */
export async function movePaths(db: Database, folder: string, to: string): Promise<void> {
  await run(
    db,
    `update bench_paths as moved set
       path = target.path || substr(moved.path, length(top.path) - strpos(reverse(top.path), '.') + 1),
       labels = (target.path || substr(moved.path, length(top.path) - strpos(reverse(top.path), '.') + 1))::ltree
     from bench_paths as top, bench_paths as target
     where top.id = '${folder}' and target.id = '${to}' and moved.path >= top.path and moved.path < top.path || '/'`,
  )
}

/** Names on the way to a folder, the root's left out. */
export async function namesTo(db: Database, folder: string): Promise<string[]> {
  const { rows } = await sql<{ name: string }>`
    select nodes.name from folder_tree join nodes on nodes.id = folder_tree.ancestor_id
    where descendant_id = ${folder} and parent_id is not null order by depth desc`.execute(db)
  return rows.map(({ name }) => name)
}

/** A folder that lies as deep as any. */
export async function deepestFolder(db: Database): Promise<string> {
  const { rows } = await sql<{ id: string }>`
    select descendant_id as id from folder_tree where ancestor_id = ${ROOT_ID} order by depth desc, descendant_id limit 1`.execute(
    db,
  )
  return rows[0]?.id ?? ''
}

async function run(db: Database, text: string): Promise<void> {
  await db.executeQuery(CompiledQuery.raw(text))
}
