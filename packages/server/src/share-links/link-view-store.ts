import type { NodeId } from '@vitrine/domain'
import { sql, type RawBuilder } from 'kysely'
import { hashOfBytes } from '../blobs/blob-hash.ts'
import type { Database } from '../db/open.ts'
import { sortOf, type PageStart, type SortField } from './children-cursor.ts'
import { nodesIn, type LinkContents } from './link-contents-store.ts'
import type { ChildrenQuery, ViewedNode } from './link-view.ts'

/** A node as its row says, without what a link calls it. */
export type ReadNode = Omit<ViewedNode, 'publicId'>

/** The nodes among which a page is: some children of a folder, or nodes one by one. None of them in the trash. */
export type Scope =
  | { readonly folder: NodeId; readonly without: readonly NodeId[] }
  | { readonly nodes: readonly NodeId[] }

/** A page of the scope, as it is asked for; `offset` counts only without `start`. */
export interface PageQuery extends Pick<ChildrenQuery, 'sort' | 'filter' | 'limit'> {
  readonly start: PageStart | undefined
  readonly offset: number
}

/** The nodes of a page, in order. */
export async function selectPage(
  db: Database,
  contents: LinkContents,
  scope: Scope,
  query: PageQuery,
): Promise<ReadNode[]> {
  const { field, descending } = sortOf(query.sort)
  const direction = descending ? sql`desc` : sql`asc`
  const order = [...columnsOf(field), sql`id`].map((column) => sql`${column} ${direction}`)
  const { rows } = await sql<NodeRow>`
    select page.*, width, height
    from (
      select ${nodeColumns} from ${nodesIn(contents)}
      where ${within(scope)} and ${named(query.filter)} and ${query.start ? after(query.start, field, descending) : sql`true`}
      order by kind desc, ${sql.join(order)}
      limit ${query.limit} offset ${query.start ? 0 : query.offset}
    ) as page left join ${pictures} on sha256 = blob_sha256
    order by kind desc, ${sql.join(order)}`.execute(db)
  return rows.map(readOf)
}

/** How many nodes of the scope have such a name. */
export async function countNodes(db: Database, contents: LinkContents, scope: Scope, filter: string): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select count(*) as count from ${nodesIn(contents)} where ${within(scope)} and ${named(filter)}`.execute(db)
  return rows[0]?.count ?? 0
}

/** The asset of the scope that comes next by name after this one; backwards: the one before it. */
export async function selectNeighbour(
  db: Database,
  contents: LinkContents,
  scope: Scope,
  asset: ViewedNode,
  backwards: boolean,
): Promise<NodeId | undefined> {
  const direction = backwards ? sql`desc` : sql`asc`
  const start = { kind: 'asset', value: null, sortKey: asset.sortKey, id: asset.id } as const
  const { rows } = await sql<{ id: NodeId }>`
    select id from ${nodesIn(contents)}
    where ${within(scope)} and ${after(start, 'name', backwards)} and kind = 'asset'
    order by sort_key ${direction}, id ${direction} limit 1`.execute(db)
  return rows[0]?.id
}

/** The nodes of these ids that exist and are not in the trash, in no order. */
export async function selectNodes(db: Database, contents: LinkContents, ids: readonly NodeId[]): Promise<ReadNode[]> {
  if (ids.length === 0) return []
  const { rows } = await sql<NodeRow>`
    select ${nodeColumns}, width, height
    from ${nodesIn(contents)} left join ${pictures} on sha256 = blob_sha256
    where id = any(${ids}::uuid[]) and not in_trash`.execute(db)
  return rows.map(readOf)
}

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

/** How many children each folder has that are not in the trash, those with entries of their own not among them. */
export async function countPlainChildren(
  db: Database,
  contents: LinkContents,
  folders: readonly NodeId[],
): Promise<ReadonlyMap<NodeId, number>> {
  const { rows } = await sql<{ id: NodeId; count: number }>`
    select parent_id as id, count(*) filter (where not has_acl) as count from ${nodesIn(contents)}
    where parent_id = any(${folders}::uuid[]) and not in_trash group by parent_id`.execute(db)
  return new Map(rows.map(({ id, count }) => [id, count]))
}

/** The children of folders that have entries of their own and are not in the trash. */
export async function selectChildrenWithAcl(
  db: Database,
  contents: LinkContents,
  folders: readonly NodeId[],
): Promise<{ readonly id: NodeId; readonly folder: NodeId }[]> {
  const { rows } = await sql<{ id: NodeId; folder: NodeId }>`
    select id, parent_id as folder from ${nodesIn(contents)}
    where parent_id = any(${folders}::uuid[]) and has_acl and not in_trash`.execute(db)
  return rows
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

const nodeColumns = sql`id, parent_id, kind, name, sort_key, size, media_type, modified_at, blob_sha256, has_acl`
/** Without the columns that nodes have as well. */
const pictures = sql`(select sha256, width, height from blobs) as pictures`

interface NodeRow {
  readonly id: NodeId
  readonly parent_id: NodeId | null
  readonly kind: 'folder' | 'asset'
  readonly name: string
  readonly sort_key: string
  readonly size: number | null
  readonly media_type: string | null
  readonly modified_at: Date
  readonly blob_sha256: Buffer | null
  readonly has_acl: boolean
  readonly width: number | null
  readonly height: number | null
}

function readOf(row: NodeRow): ReadNode {
  return {
    id: row.id,
    kind: row.kind,
    parent: row.parent_id,
    name: row.name,
    size: row.size ?? 0,
    mediaType: row.media_type ?? '',
    modifiedAt: row.modified_at.getTime(),
    blob: row.blob_sha256 && hashOfBytes(row.blob_sha256),
    pixels: row.width === null || row.height === null ? null : { width: row.width, height: row.height },
    hasAcl: row.has_acl,
    sortKey: row.sort_key,
  }
}

function within(scope: Scope): RawBuilder<unknown> {
  if ('nodes' in scope) return sql`id = any(${scope.nodes}::uuid[]) and not in_trash`
  const plain = sql`parent_id = ${scope.folder} and not in_trash`
  return scope.without.length === 0 ? plain : sql`${plain} and id <> all(${scope.without}::uuid[])`
}

function named(filter: string): RawBuilder<unknown> {
  if (filter === '') return sql`true`
  return sql`name ilike ${`%${filter.replaceAll(/[\\%_]/g, String.raw`\$&`)}%`}`
}

/** What is sorted by, the name last: it is what tells equal ones apart. */
function columnsOf(field: SortField): RawBuilder<unknown>[] {
  if (field === 'name') return [sql`sort_key`]
  const first = { modified: sql`modified_at`, size: sql`coalesce(size, 0)`, type: sql`coalesce(media_type, '')` }[field]
  return [first, sql`sort_key`]
}

function after(start: PageStart, field: SortField, descending: boolean): RawBuilder<unknown> {
  const columns = [...columnsOf(field), sql`id`]
  const value = field === 'modified' && typeof start.value === 'number' ? new Date(start.value) : start.value
  const values = field === 'name' ? [start.sortKey, start.id] : [value, start.sortKey, start.id]
  const beyond = sql`(${sql.join(columns)}) ${descending ? sql`<` : sql`>`} (${sql.join(values)})`
  // Folders come first: behind a folder there are all assets, behind an asset there are no folders.
  return start.kind === 'asset' ? sql`(kind = 'asset' and ${beyond})` : sql`(kind = 'asset' or ${beyond})`
}
