import type { NodeId } from '@vitrine/domain'
import { sql } from 'kysely'
import type { Database, Transaction } from '../db/open.ts'

/**
 * A node from which on downwards other rights may hold than above it: a target, or something below one that has entries
 * of its own. What lies below a zone, down to the next ones, has its rights.
 */
export interface Zone {
  readonly id: NodeId
  readonly kind: 'folder' | 'asset'
  readonly name: string
  /** In bytes; 0 for a folder. */
  readonly size: number
  /** The next zone above it; null: there is none. */
  readonly above: NodeId | null
}

/** The zones of targets. What does not exist or lies in the trash is none. Takes time by their number and that of folders. */
export async function selectZones(db: Database | Transaction, targets: readonly NodeId[]): Promise<Zone[]> {
  const { rows } = await sql<Zone>`
    with zones as materialized (
      select id, kind, name, size, case kind when 'folder' then id else parent_id end as folder_id
      from nodes where id = any(${targets}::uuid[]) and not in_trash
      union
      select nodes.id, nodes.kind, nodes.name, nodes.size, case kind when 'folder' then id else parent_id end
      from folder_tree join nodes on parent_id = descendant_id
      where ancestor_id = any(${targets}::uuid[]) and has_acl and not in_trash
    )
    select id, kind, name, coalesce(size, 0) as size, (
      select ancestor_id from folder_tree join zones as higher on higher.id = ancestor_id
      where descendant_id = zones.folder_id and higher.id <> zones.id order by depth limit 1
    ) as above
    from zones`.execute(db)
  return rows
}

/** What lies below a folder. */
export interface Below {
  readonly folders: number
  readonly assets: number
  /** Of the assets, in bytes. */
  readonly bytes: number
  /** Put into the trash themselves, without entries of their own; what lies in them is not counted. */
  readonly trashed: { readonly folders: number; readonly assets: number }
}

/** How much lies below each of the folders, counted by the database. What lies in the trash is counted apart. */
export async function countBelow(
  db: Database | Transaction,
  folders: readonly NodeId[],
): Promise<ReadonlyMap<NodeId, Below>> {
  const [present, trashed] = await Promise.all([countPresent(db, folders), countTrashed(db, folders)])
  return new Map(
    folders.map((id) => {
      const { folders = 0, assets = 0, bytes = 0 } = present.get(id) ?? {}
      return [id, { folders, assets, bytes, trashed: trashed.get(id) ?? { folders: 0, assets: 0 } }]
    }),
  )
}

async function countPresent(db: Database | Transaction, folders: readonly NodeId[]) {
  const { rows } = await sql<{ id: NodeId; folders: number; assets: number; bytes: number }>`
    select ancestor_id as id, count(*) filter (where kind = 'folder') as folders,
           count(*) filter (where kind = 'asset') as assets, coalesce(sum(size), 0)::bigint as bytes
    from folder_tree join nodes on parent_id = descendant_id and not in_trash
    where ancestor_id = any(${folders}::uuid[]) group by ancestor_id`.execute(db)
  return new Map(rows.map((row) => [row.id, row]))
}

async function countTrashed(db: Database | Transaction, folders: readonly NodeId[]) {
  const { rows } = await sql<{ id: NodeId; folders: number; assets: number }>`
    select ancestor_id as id, count(*) filter (where nodes.kind = 'folder') as folders,
           count(*) filter (where nodes.kind = 'asset') as assets
    from nodes join nodes as parent on parent.id = nodes.parent_id and not parent.in_trash
    join folder_tree on descendant_id = nodes.parent_id
    where nodes.trashed_at is not null and not nodes.has_acl and ancestor_id = any(${folders}::uuid[])
    group by ancestor_id`.execute(db)
  return new Map(rows.map((row) => [row.id, row]))
}

/** A node that was put into the trash itself, and has no entries of its own. */
export interface TrashedNode {
  readonly id: NodeId
  readonly kind: 'folder' | 'asset'
  readonly name: string
  /** The folder where it was. */
  readonly folder: NodeId
}

/** Those of the nodes that were put into the trash themselves, from a folder that is not in it. */
export async function selectTrashed(db: Database | Transaction, ids: readonly NodeId[]): Promise<TrashedNode[]> {
  const { rows } = await sql<TrashedNode>`
    select nodes.id, nodes.kind, nodes.name, nodes.parent_id as folder
    from nodes join nodes as parent on parent.id = nodes.parent_id and not parent.in_trash
    where nodes.id = any(${ids}::uuid[]) and nodes.trashed_at is not null and not nodes.has_acl`.execute(db)
  return rows
}
