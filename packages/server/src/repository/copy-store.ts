import type { NodeId } from '@vitrine/domain'
import { sql } from 'kysely'
import type { Transaction } from '../db/open.ts'
import { nodeOf, type NodeRow, type StoredNode } from './node-store.ts'

/** A folder and every folder below it that is not in the trash, each after its parent. */
export async function foldersWithin(tx: Transaction, folder: NodeId): Promise<StoredNode[]> {
  const { rows } = await sql<NodeRow>`
    select nodes.* from folder_tree join nodes on nodes.id = folder_tree.descendant_id
    where folder_tree.ancestor_id = ${folder} and not nodes.in_trash
    order by folder_tree.depth`.execute(tx)
  return rows.map(nodeOf)
}

/** Assets of a folder that are not in the trash, in the order of their ids, after this one. */
export async function assetsAfter(
  tx: Transaction,
  folder: NodeId,
  after: NodeId | undefined,
  limit: number,
): Promise<StoredNode[]> {
  const start = after === undefined ? sql`` : sql`and id > ${after}::uuid`
  const { rows } = await sql<NodeRow>`
    select * from nodes where parent_id = ${folder} and kind = 'asset' and not in_trash ${start}
    order by id limit ${limit}`.execute(tx)
  return rows.map(nodeOf)
}
