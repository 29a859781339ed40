import type { TrashSort } from '@vitrine/api'
import type { NodeId, PrincipalId } from '@vitrine/domain'
import { type RawBuilder, sql } from 'kysely'
import type { Database, Transaction } from '../db/open.ts'
import type { PieceOfIds } from './all-ids.ts'
import { nodeOf, type NodeRow, type StoredNode } from './node-store.ts'

/** Something that was put into the trash itself. */
export interface TrashEntry extends StoredNode {
  readonly trashedBy: { readonly id: PrincipalId; readonly name: string; readonly displayName: string }
  /** The folder where it was is not in the trash. */
  readonly parentIsThere: boolean
}

/** What of the trash is looked at: all of it, or what lies in these folders, and single nodes. */
export type TrashScope =
  | 'all'
  | {
      /** Folders of which everything is. */
      readonly folders: readonly NodeId[]
      /** Folders of which it is what this person put there. */
      readonly ownIn: readonly NodeId[]
      readonly person: PrincipalId
      /** Nodes with entries of their own. */
      readonly nodes: readonly NodeId[]
    }

/** A page of the trash, as it is asked for. */
export interface TrashQuery {
  readonly sort: TrashSort
  readonly offset: number
  readonly limit: number
}

/** A page of the trash. */
export async function selectTrash(db: Database, scope: TrashScope, query: TrashQuery): Promise<TrashEntry[]> {
  const { rows } = await sql<EntryRow>`
    select nodes.*, trasher, trasher_display_name, parent_is_there
    from (
      select id from nodes where ${within(scope)}
      order by ${orderOf(query.sort)} limit ${query.limit} offset ${query.offset}
    ) as page join nodes using (id)
    join (select id as folder_id, not in_trash as parent_is_there from nodes) as folders on folder_id = parent_id
    left join (select id as person_id, name as trasher, display_name as trasher_display_name from principals) as people
      on person_id = trashed_by
    order by ${orderOf(query.sort)}`.execute(db)
  return rows.map(entryOf)
}

/** How much there is of the trash. */
export async function countTrash(db: Database, scope: TrashScope): Promise<number> {
  const { rows } = await sql<{ count: number }>`select count(*) as count from nodes where ${within(scope)}`.execute(db)
  return rows[0]?.count ?? 0
}

/** Ids of nodes in the trash in the order of their ids, those after one, `limit` of them at most. */
export async function selectTrashedIds(
  db: Database | Transaction,
  scope: TrashScope,
  { after, limit }: PieceOfIds,
): Promise<NodeId[]> {
  const start = after === undefined ? sql`true` : sql`id > ${after}::uuid`
  const { rows } = await sql<{ id: NodeId }>`
    select id from nodes where ${within(scope)} and ${start} order by id limit ${limit}`.execute(db)
  return rows.map(({ id }) => id)
}

/** Every folder from which something was put into the trash. */
export async function selectTrashedFrom(db: Database | Transaction): Promise<NodeId[]> {
  const { rows } = await sql<{ id: NodeId }>`
    select distinct parent_id as id from nodes where trashed_at is not null`.execute(db)
  return rows.map(({ id }) => id)
}

/** What was put into the trash and has entries of its own. */
export async function selectTrashedWithAcl(
  db: Database | Transaction,
): Promise<{ readonly id: NodeId; readonly trashedBy: PrincipalId | null }[]> {
  const { rows } = await sql<{ id: NodeId; trashedBy: PrincipalId | null }>`
    select id, trashed_by as "trashedBy" from nodes where trashed_at is not null and has_acl`.execute(db)
  return rows
}

interface EntryRow extends NodeRow {
  readonly trasher: string | null
  readonly trasher_display_name: string | null
  readonly parent_is_there: boolean
}

function entryOf(row: EntryRow): TrashEntry {
  return {
    ...nodeOf(row),
    trashedBy: {
      id: row.trashed_by as PrincipalId,
      name: row.trasher ?? '',
      displayName: row.trasher_display_name ?? '',
    },
    parentIsThere: row.parent_is_there,
  }
}

function within(scope: TrashScope): RawBuilder<unknown> {
  // What was given up for good, or lies below that, is as good as gone.
  const inTrash = sql`trashed_at is not null and removed_at is null and parent_id not in (
    select descendant_id from folder_tree join nodes as given_up on given_up.id = ancestor_id
    where given_up.removed_at is not null
  )`
  if (scope === 'all') return inTrash
  const { folders, ownIn, person, nodes } = scope
  return sql`${inTrash} and (
    (not has_acl and parent_id = any(${folders}::uuid[]))
    or (not has_acl and trashed_by = ${person}::uuid and parent_id = any(${ownIn}::uuid[]))
    or id = any(${nodes}::uuid[])
  )`
}

/** A folder has no size: it comes with the smallest. */
const columns = {
  trashed: [sql`trashed_at`],
  name: [sql`sort_key`],
  size: [sql`coalesce(size, 0)`, sql`sort_key`],
} as const

function orderOf(sort: TrashSort): RawBuilder<unknown> {
  const all = [...columns[sort.replace('-', '') as keyof typeof columns], sql`id`]
  return sql.join(all.map((column) => (sort.startsWith('-') ? sql`${column} desc` : column)))
}
