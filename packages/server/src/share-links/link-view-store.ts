import type { NodeId } from '@vitrine/domain'
import { sql } from 'kysely'
import type { Database } from '../db/open.ts'

/** The folders above each node, the nearest first, the node itself not among them. */
export async function selectFoldersAbove(
  db: Database,
  ids: readonly NodeId[],
): Promise<ReadonlyMap<NodeId, readonly NodeId[]>> {
  const { rows } = await sql<{ id: NodeId; above: NodeId[] }>`
    select nodes.id, array_agg(ancestor_id order by depth) as above
    from nodes join folder_tree on descendant_id = case kind when 'folder' then id else parent_id end
    where nodes.id = any(${ids}::uuid[]) and ancestor_id <> nodes.id
    group by nodes.id`.execute(db)
  return new Map(rows.map(({ id, above }) => [id, above]))
}

/** Files that running imports into folders at or below the targets have taken in, and how many there are in all. */
export async function selectFilling(
  db: Database,
  targets: readonly NodeId[],
): Promise<{ readonly done: number; readonly total: number } | null> {
  const { rows } = await sql<{ imports: number; done: number; total: number; counting: boolean | null }>`
    select count(*) as imports, coalesce(sum(files_done), 0)::bigint as done, coalesce(sum(files_total), 0)::bigint as total,
           bool_or(files_total is null) as counting
    from imports
    where state = 'running' and exists (
      select from folder_tree where descendant_id = folder_id and ancestor_id = any(${targets}::uuid[])
    )`.execute(db)
  const [sum] = rows
  if (sum === undefined || sum.imports === 0) return null
  return { done: sum.done, total: sum.counting === true ? 0 : sum.total }
}
