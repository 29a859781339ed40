import type { NodeId } from '@vitrine/domain'
import { sql } from 'kysely'
import type { Database, Transaction } from '../db/open.ts'

/** Deletes assets that were given up for good, `limit` of them at most. Answers how many. */
export async function deleteGivenUpAssets(tx: Transaction, limit: number): Promise<number> {
  const { numAffectedRows } = await sql`
    with doomed as (
      select id from nodes where removed_at is not null and kind = 'asset' order by id limit ${limit} for update
    )
    delete from nodes using doomed where nodes.id = doomed.id`.execute(tx)
  return Number(numAffectedRows)
}

/** A folder that was given up for good and is still there. */
export async function givenUpFolder(db: Database): Promise<NodeId | undefined> {
  const { rows } = await sql<{ id: NodeId }>`
    select id from nodes where removed_at is not null and kind = 'folder' order by removed_at, id limit 1`.execute(db)
  return rows[0]?.id
}

/**
 * Holds the deepest folders below one, it among them, against any change until the commit, and answers them. What has
 * just been taken out from below it is not among them.
 */
export async function holdDeepest(tx: Transaction, top: NodeId, limit: number): Promise<NodeId[]> {
  const { rows: held } = await sql<{ id: NodeId }>`
    select id from nodes where id in (
      select descendant_id from folder_tree where ancestor_id = ${top} order by depth desc, descendant_id limit ${limit}
    ) order by id for update`.execute(tx)
  const { rows } = await sql<{ id: NodeId }>`
    select descendant_id as id from folder_tree
    where ancestor_id = ${top} and descendant_id = any(${held.map(({ id }) => id)}::uuid[])`.execute(tx)
  return rows.map(({ id }) => id)
}

/** Deletes assets in folders that are held, `limit` of them at most. Answers how many. */
export async function deleteAssetsOf(tx: Transaction, folders: readonly NodeId[], limit: number): Promise<number> {
  const { numAffectedRows } = await sql`
    with doomed as (
      select id from nodes where parent_id = any(${folders}::uuid[]) and kind = 'asset' limit ${limit} for update
    )
    delete from nodes using doomed where nodes.id = doomed.id`.execute(tx)
  return Number(numAffectedRows)
}

/** Deletes folders that are held, and in which nothing lies but others of them. */
export async function deleteFolders(tx: Transaction, folders: readonly NodeId[]): Promise<void> {
  await sql`delete from nodes where id = any(${folders}::uuid[])`.execute(tx)
}
