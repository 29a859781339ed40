import type { ItemSort } from '@vitrine/api/public'
import type { NodeId, PixelSize } from '@vitrine/domain'
import { type RawBuilder, sql } from 'kysely'
import { holdsText } from '../db/holds-text.ts'
import type { Database, Transaction } from '../db/open.ts'
import type { PieceOfIds } from './all-ids.ts'
import { type PageStart, type Placed, type SortField, sortOf, startAfter } from './children-cursor.ts'
import { nodeOf, type NodeRow, type StoredNode } from './node-store.ts'

/** A node as it is listed. */
export interface ListedNode extends StoredNode {
  /** Of the picture as it is shown; null where that is not known (yet), or it is none. */
  readonly pixels: PixelSize | null
}

/** The nodes among which a page is: some children of a folder, or nodes one by one. None of them in the trash. */
export type Scope =
  | { readonly folder: NodeId; readonly without: readonly NodeId[] }
  | { readonly nodes: readonly NodeId[] }

/**
 * In SQL: what stands behind `from` under the name `nodes`: the nodes that can be in an answer at all, each with every
 * column of that table. What it says of an asset's content may be that of an earlier version.
 */
export type NodeSource = RawBuilder<unknown>

/** Every node there is, as it is now. */
export const everyNode: NodeSource = sql`nodes`

/** How many nodes of each kind. */
export interface KindCounts {
  readonly folder: number
  readonly asset: number
}

/** How many nodes of the scope have a name that holds this text, whatever its case; empty: all. */
export async function countNodes(
  db: Database | Transaction,
  source: NodeSource,
  scope: Scope,
  filter: string,
): Promise<KindCounts> {
  const { rows } = await sql<{ kind: 'folder' | 'asset'; count: number }>`
    select kind, count(*) as count from ${source} where ${within(scope)} and ${named(filter)} group by kind`.execute(db)
  const counts = { folder: 0, asset: 0 }
  for (const { kind, count } of rows) counts[kind] = count
  return counts
}

/** A page of a scope, as it is asked for. Folders come first in each order. */
export interface PageQuery {
  readonly sort: ItemSort
  /** Only names that hold this text, whatever its case; empty: all. */
  readonly filter: string
  /** Only nodes of this kind. */
  readonly kind?: StoredNode['kind'] | undefined
  /** At most so many. */
  readonly limit: number
  /** Wins over `offset`. */
  readonly start?: PageStart | undefined
  /** So many are left out first. */
  readonly offset: number
  /** Of {@link countNodes}, with the same scope and filter. */
  readonly counts: KindCounts
}

/**
 * The nodes of a page, in order. Folders and assets are a section each, so that each is one range of an index: a page
 * costs what is on it, and with an offset what index entries come before.
 */
export async function selectPage(
  db: Database | Transaction,
  source: NodeSource,
  scope: Scope,
  query: PageQuery,
): Promise<ListedNode[]> {
  const nodes: ListedNode[] = []
  let offset = query.start ? 0 : query.offset
  for (const kind of ['folder', 'asset'] as const) {
    if (query.kind !== undefined && query.kind !== kind) continue
    if (kind === 'folder' && query.start?.kind === 'asset') continue
    const limit = query.limit - nodes.length
    if (limit > 0 && offset < query.counts[kind]) {
      nodes.push(...(await selectSection(db, source, scope, { ...query, kind, limit, offset })))
    }
    offset = Math.max(0, offset - query.counts[kind])
  }
  return nodes
}

interface SectionQuery extends PageQuery {
  readonly kind: StoredNode['kind']
}

async function selectSection(
  db: Database | Transaction,
  source: NodeSource,
  scope: Scope,
  { sort, filter, start, kind, limit, offset }: SectionQuery,
): Promise<ListedNode[]> {
  const order = orderOf(sort, kind)
  const beyond = start?.kind === kind ? after(order, start) : sql`true`
  // Ids first: what is left out by the offset is then read from the index alone.
  const { rows } = await sql<ListedRow>`
    select nodes.*, width, height
    from (
      select id from ${source}
      where ${within(scope)} and kind = ${kind} and ${named(filter)} and ${beyond}
      order by ${order.by} limit ${limit} offset ${offset}
    ) as page join ${source} using (id) left join ${pictures} on sha256 = blob_sha256
    order by ${order.by}`.execute(db)
  return rows.map(listedOf)
}

/** How a neighbour is looked for. */
export interface NeighbourQuery {
  readonly sort: ItemSort
  /** As in {@link PageQuery}. The node itself need not have such a name. */
  readonly filter: string
  /** The one before it. */
  readonly backwards: boolean
}

/** The asset of the scope that comes next after this one in an order. */
export async function selectNeighbour(
  db: Database | Transaction,
  source: NodeSource,
  scope: Scope,
  asset: Placed,
  { sort, filter, backwards }: NeighbourQuery,
): Promise<StoredNode | undefined> {
  const order = backwards ? turnedOrder(sort) : orderOf(sort, 'asset')
  const { rows } = await sql<NodeRow>`
    select * from ${source}
    where ${within(scope)} and kind = 'asset' and ${named(filter)} and ${after(order, startAfter(asset, sort))}
    order by ${order.by} limit 1`.execute(db)
  return rows[0] && nodeOf(rows[0])
}

/** How many assets of the scope come before this one in an order. The one itself need not have such a name. */
export async function countBefore(
  db: Database | Transaction,
  scope: Scope,
  asset: Placed,
  { sort, filter }: Pick<NeighbourQuery, 'sort' | 'filter'>,
): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select count(*) as count from nodes
    where ${within(scope)} and kind = 'asset' and ${named(filter)} and ${after(turnedOrder(sort), startAfter(asset, sort))}`.execute(
    db,
  )
  return rows[0]?.count ?? 0
}

/** The nodes of these ids that exist and are not in the trash, in no order. */
export async function selectListed(
  db: Database | Transaction,
  source: NodeSource,
  ids: readonly NodeId[],
): Promise<ListedNode[]> {
  if (ids.length === 0) return []
  const { rows } = await sql<ListedRow>`
    select nodes.*, width, height
    from ${source} left join ${pictures} on sha256 = blob_sha256
    where id = any(${ids}::uuid[]) and not in_trash`.execute(db)
  return rows.map(listedOf)
}

/** Ids of nodes of the scope in the order of their ids, those after one, `limit` of them at most. */
export async function selectIds(
  db: Database | Transaction,
  scope: Scope,
  filter: string,
  { after: last, limit }: PieceOfIds,
): Promise<NodeId[]> {
  const start = last === undefined ? sql`true` : sql`id > ${last}::uuid`
  const { rows } = await sql<{ id: NodeId }>`
    select id from nodes where ${within(scope)} and ${named(filter)} and ${start} order by id limit ${limit}`.execute(
    db,
  )
  return rows.map(({ id }) => id)
}

/** How many children each folder has that are not in the trash, whoever sees them. */
export async function countAllChildren(
  db: Database | Transaction,
  source: NodeSource,
  folders: readonly NodeId[],
): Promise<ReadonlyMap<NodeId, number>> {
  // One by one, each in its range of an index: grouped, PostgreSQL would rather read every node there is.
  const { rows } = await sql<{ id: NodeId; count: number }>`
    select id, (select count(*) from ${source} where parent_id = folder.id and not in_trash) as count
    from unnest(${folders}::uuid[]) as folder (id)`.execute(db)
  return new Map(rows.map(({ id, count }) => [id, count]))
}

/** The children of folders that have entries of their own and are not in the trash. */
export async function selectChildrenWithAcl(
  db: Database | Transaction,
  source: NodeSource,
  folders: readonly NodeId[],
): Promise<{ readonly id: NodeId; readonly folder: NodeId }[]> {
  const { rows } = await sql<{ id: NodeId; folder: NodeId }>`
    select id, parent_id as folder from ${source}
    where parent_id = any(${folders}::uuid[]) and has_acl and not in_trash`.execute(db)
  return rows
}

/** Without the columns that nodes have as well. */
const pictures = sql`(select sha256, width, height from blobs) as pictures`

type ListedRow = NodeRow & { readonly width: number | null; readonly height: number | null }

function listedOf(row: ListedRow): ListedNode {
  const { width, height } = row
  return { ...nodeOf(row), pixels: width === null || height === null ? null : { width, height } }
}

function within(scope: Scope): RawBuilder<unknown> {
  if ('nodes' in scope) return sql`id = any(${scope.nodes}::uuid[]) and not in_trash`
  const plain = sql`parent_id = ${scope.folder} and not in_trash`
  return scope.without.length === 0 ? plain : sql`${plain} and id <> all(${scope.without}::uuid[])`
}

/** In SQL: whether the name in a column is one that a filter lets through. */
export function named(filter: string, column: RawBuilder<unknown> = sql.ref('name')): RawBuilder<unknown> {
  return filter === '' ? sql`true` : holdsText(column, filter.normalize('NFC'))
}

interface Order {
  readonly field: SortField
  readonly descending: boolean
  readonly columns: RawBuilder<unknown>
  readonly by: RawBuilder<unknown>
}

/** The name last: it is what tells equal ones apart. A folder has neither size nor type: by these, it comes by name. */
function orderOf(sort: ItemSort, kind: StoredNode['kind']): Order {
  const { field: wanted, descending } = sortOf(sort)
  const field = kind === 'folder' && wanted !== 'modified' ? 'name' : wanted
  const names = [...(field === 'name' ? [] : [columnOf[field]]), 'sort_key', 'id'].map((name) => sql.ref(name))
  const by = names.map((name) => (descending ? sql`${name} desc` : name))
  return { field, descending, columns: sql.join(names), by: sql.join(by) }
}

/** The order of assets from the last to the first. */
function turnedOrder(sort: ItemSort): Order {
  return orderOf((sort.startsWith('-') ? sort.slice(1) : `-${sort}`) as ItemSort, 'asset')
}

const columnOf = { modified: 'modified_at', size: 'size', type: 'media_type' } as const

function after({ field, descending, columns }: Order, start: PageStart): RawBuilder<unknown> {
  const value = field === 'modified' ? new Date(Number(start.value)) : start.value
  const values = field === 'name' ? [start.sortKey, start.id] : [value, start.sortKey, start.id]
  return sql`(${columns}) ${descending ? sql`<` : sql`>`} (${sql.join(values)})`
}
