import type { NodeId, PrincipalId } from '@vitrine/domain'
import { sql } from 'kysely'
import type { Transaction } from '../db/open.ts'
import type { StoredNode } from './node-store.ts'

/** Puts a held node into the trash, and hides everything below it. */
export async function markTrashed(
  tx: Transaction,
  node: Pick<StoredNode, 'id' | 'kind' | 'parent'>,
  by: PrincipalId,
  now: number,
): Promise<void> {
  await tx
    .updateTable('nodes')
    .set({ trashed_at: new Date(now), trashed_from: node.parent, trashed_by: by, in_trash: true })
    .where('id', '=', node.id)
    .execute()
  if (node.kind === 'asset') return
  await sql`
    update nodes set in_trash = true
    where not in_trash
      and parent_id in (select descendant_id from folder_tree where ancestor_id = ${node.id})`.execute(tx)
}

/** Takes a held node out of the trash, with what lies below it, but for what was put into the trash by itself. */
export async function unmarkTrashed(tx: Transaction, node: Pick<StoredNode, 'id' | 'kind'>): Promise<void> {
  await tx
    .updateTable('nodes')
    .set({ trashed_at: null, trashed_from: null, trashed_by: null, in_trash: false })
    .where('id', '=', node.id)
    .execute()
  if (node.kind === 'asset') return
  await sql`
    update nodes set in_trash = false
    where in_trash and trashed_at is null
      and parent_id in (
        select descendant_id from folder_tree where ancestor_id = ${node.id}
        except
        select within.descendant_id
        from folder_tree as below
        join nodes as trashed on trashed.id = below.descendant_id and trashed.trashed_at is not null
        join folder_tree as within on within.ancestor_id = trashed.id
        where below.ancestor_id = ${node.id}
      )`.execute(tx)
}

/** Who put a node into the trash. */
export async function trashedBy(tx: Transaction, id: NodeId): Promise<PrincipalId | null> {
  const row = await tx.selectFrom('nodes').select('trashed_by').where('id', '=', id).executeTakeFirst()
  return (row?.trashed_by ?? null) as PrincipalId | null
}

/** Whether a node in the trash was given up for good, itself or with a folder above it. */
export async function isGivenUp(tx: Transaction, node: Pick<StoredNode, 'parent' | 'removedAt'>): Promise<boolean> {
  if (node.removedAt !== null) return true
  const { rows } = await sql`
    select from folder_tree join nodes on nodes.id = ancestor_id
    where descendant_id = ${node.parent} and removed_at is not null limit 1`.execute(tx)
  return rows.length > 0
}

/** Gives up for good what was put into the trash. */
export async function markRemoved(tx: Transaction, id: NodeId, now: number): Promise<void> {
  await tx
    .updateTable('nodes')
    .set({ removed_at: new Date(now) })
    .where('id', '=', id)
    .execute()
}
