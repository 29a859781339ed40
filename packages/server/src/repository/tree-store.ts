import { type NodeId, type PrincipalId, sortKey } from '@vitrine/domain'
import { sql } from 'kysely'
import type { Transaction } from '../db/open.ts'
import { nodeOf, type NodeRow, type StoredNode } from './node-store.ts'

/**
 * How writers of the tree keep out of each other's way, without a lock of the whole tree:
 * - Whoever puts a node into a folder holds that folder's row `for share` until the commit.
 * - Whoever moves, trashes or restores a folder first holds the rows of it and of every folder below it
 *   `for no key update`. So nothing comes in meanwhile, and none of them goes elsewhere.
 * Two moves that would make a cycle each hold what the other one wants: PostgreSQL ends one of them as a
 * deadlock, `inTransaction` runs it again, and it finds the cycle.
 */

/** Makes the root, unless there is one. */
export async function insertRoot(tx: Transaction, root: NodeId, createdBy: PrincipalId, now: number): Promise<void> {
  const { numInsertedOrUpdatedRows } = await tx
    .insertInto('nodes')
    .values(folderRow({ id: root, parent: null, name: '', sourceName: null, modifiedAt: now, createdBy }, now))
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirstOrThrow()
  if (numInsertedOrUpdatedRows === 0n) return
  await tx.insertInto('folder_tree').values({ ancestor_id: root, descendant_id: root, depth: 0 }).execute()
}

/** Holds folders against being moved or trashed until the commit. Answers those that exist, as they are now. */
export async function holdFolders(tx: Transaction, ids: readonly NodeId[]): Promise<Map<NodeId, StoredNode>> {
  const { rows } = await sql<NodeRow>`
    select * from nodes where id = any(${[...new Set(ids)]}::uuid[]) order by id for share`.execute(tx)
  return new Map(rows.map((row) => [row.id as NodeId, nodeOf(row)]))
}

/** Holds a node against any other change of it until the commit. */
export async function holdNode(tx: Transaction, id: NodeId): Promise<StoredNode | undefined> {
  const { rows } = await sql<NodeRow>`select * from nodes where id = ${id} for no key update`.execute(tx)
  return rows[0] && nodeOf(rows[0])
}

/** Holds a folder and every folder below it against any other change until the commit. */
export async function holdSubtree(tx: Transaction, folder: NodeId): Promise<void> {
  // A folder that was made while this waited for its parent is not in the answer: look again until none comes.
  for (let held = ''; ;) {
    const { rows } = await sql<{ sum: string }>`
      with held as (
        select id from nodes
        where id in (select descendant_id from folder_tree where ancestor_id = ${folder})
        order by id for no key update
      )
      select count(*) || ' ' || coalesce(sum(hashtextextended(id::text, 0)::numeric), 0) as sum from held`.execute(tx)
    const now = rows[0]?.sum ?? ''
    if (now === held) return
    held = now
  }
}

/** A folder to be made. */
export interface NewFolder {
  readonly id: NodeId
  readonly parent: NodeId
  readonly name: string
  readonly sourceName: Buffer | null
  /** In ms since the Unix epoch. */
  readonly modifiedAt: number
  readonly createdBy: PrincipalId
}

/** Makes a folder whose parent is held. Answers false, and makes none, when the name is taken. */
export async function insertFolder(tx: Transaction, folder: NewFolder, now: number): Promise<boolean> {
  const { numInsertedOrUpdatedRows } = await tx
    .insertInto('nodes')
    .values(folderRow(folder, now))
    .onConflict((conflict) => conflict.columns(['parent_id', 'name']).where('trashed_at', 'is', null).doNothing())
    .executeTakeFirstOrThrow()
  if (numInsertedOrUpdatedRows === 0n) return false
  await sql`
    insert into folder_tree (ancestor_id, descendant_id, depth)
    select ancestor_id, ${folder.id}::uuid, depth + 1 from folder_tree where descendant_id = ${folder.parent}
    union all select ${folder.id}::uuid, ${folder.id}::uuid, 0`.execute(tx)
  return true
}

function folderRow(folder: Omit<NewFolder, 'parent'> & { readonly parent: NodeId | null }, now: number) {
  return {
    id: folder.id,
    parent_id: folder.parent,
    kind: 'folder',
    name: folder.name,
    sort_key: sortKey(folder.name),
    source_name: folder.sourceName,
    created_at: new Date(now),
    created_by: folder.createdBy,
    modified_at: new Date(folder.modifiedAt),
    trashed_at: null,
    trashed_from: null,
    trashed_by: null,
    removed_at: null,
    version_id: null,
    size: null,
    media_type: null,
    blob_sha256: null,
  }
}

/** Whether a folder lies in another one, or is it. */
export async function liesWithin(tx: Transaction, folder: NodeId, ancestor: NodeId): Promise<boolean> {
  const row = await tx
    .selectFrom('folder_tree')
    .select('depth')
    .where('ancestor_id', '=', ancestor)
    .where('descendant_id', '=', folder)
    .executeTakeFirst()
  return row !== undefined
}

/** Gives a held node another place and name. The folders below it, and it, are rewritten in the closure. */
export async function updatePlace(
  tx: Transaction,
  node: Pick<StoredNode, 'id' | 'kind' | 'parent'>,
  parent: NodeId,
  name: string,
): Promise<void> {
  await tx
    .updateTable('nodes')
    .set({ parent_id: parent, name, sort_key: sortKey(name) })
    .where('id', '=', node.id)
    .execute()
  if (node.kind === 'asset' || node.parent === parent) return
  await sql`
    delete from folder_tree
    where descendant_id in (select descendant_id from folder_tree where ancestor_id = ${node.id})
      and ancestor_id in (select ancestor_id from folder_tree where descendant_id = ${node.id} and depth > 0)`.execute(
    tx,
  )
  await sql`
    insert into folder_tree (ancestor_id, descendant_id, depth)
    select above.ancestor_id, below.descendant_id, above.depth + below.depth + 1
    from folder_tree as above cross join folder_tree as below
    where above.descendant_id = ${parent} and below.ancestor_id = ${node.id}`.execute(tx)
}

/** The names in a folder that begin with this text, of what is not in the trash itself. Takes time by the size of the folder. */
export async function takenNames(tx: Transaction, folder: NodeId, beginning: string): Promise<Set<string>> {
  const rows = await tx
    .selectFrom('nodes')
    .select('name')
    .where('parent_id', '=', folder)
    .where('trashed_at', 'is', null)
    .where(sql<boolean>`starts_with(name, ${beginning})`)
    .execute()
  return new Set(rows.map(({ name }) => name))
}
