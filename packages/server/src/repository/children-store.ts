import type { ItemSort } from '@vitrine/api/public'
import { type NodeId, VitrineError } from '@vitrine/domain'
import { type RawBuilder, sql } from 'kysely'
import type { Database, Transaction } from '../db/open.ts'
import { cursorOf, valuesOfCursor } from '../http/json-cursor.ts'
import { nodeOf, type NodeRow, type StoredNode } from './node-store.ts'

/** Which children of a folder somebody sees: costs nothing for those without entries of their own. */
export interface ChildVisibility {
  /** Whether they are seen, but for the exceptions. */
  readonly inherited: boolean
  /** Those with entries of their own for which it is the other way round. */
  readonly exceptions: readonly NodeId[]
}

/** Sees every child. */
export const seesAll = 'all'

/** A part of a folder's children. */
export interface ChildrenQuery {
  readonly sort: ItemSort
  /** At most so many. */
  readonly limit: number
  /** `next` of the page before. */
  readonly cursor?: string | undefined
  /** So many are left out first; counts only without a cursor. */
  readonly offset?: number | undefined
  /** Only names that hold this text, whatever its case. */
  readonly filter?: string | undefined
}

/** One page of a folder's children, folders first. */
export interface ChildrenPage {
  readonly nodes: StoredNode[]
  /** How many there are in all, with the filter. */
  readonly total: number
  /** Where the next page begins; null after the last. */
  readonly next: string | null
}

/**
 * A page of the children of a folder that are not in the trash. A page by name costs the same wherever it
 * begins; by another order, the whole folder is sorted for each page.
 *
 * @throws {VitrineError} `request/invalid` for a cursor that is none
 */
export async function childrenPage(
  db: Database | Transaction,
  folder: NodeId,
  query: ChildrenQuery,
  visibility: ChildVisibility | typeof seesAll,
): Promise<ChildrenPage> {
  const seen = sql`parent_id = ${folder} and not in_trash ${seenOnly(visibility)} ${named(query.filter)}`
  const nodes = await sectionsFrom(db, seen, query)
  const { rows } = await sql<{ total: number }>`select count(*) as total from nodes where ${seen}`.execute(db)
  const last = nodes.length > query.limit ? nodes[query.limit - 1] : undefined
  return {
    nodes: nodes.slice(0, query.limit),
    total: rows[0]?.total ?? 0,
    next: last ? cursorAt(last, query.sort) : null,
  }
}

/** One node more than the limit, where there are more. Folders and assets are a section each, in one index range. */
async function sectionsFrom(
  db: Database | Transaction,
  seen: RawBuilder<unknown>,
  query: ChildrenQuery,
): Promise<StoredNode[]> {
  const from = query.cursor === undefined ? undefined : readCursor(query.cursor)
  const nodes: StoredNode[] = []
  let skip = query.cursor === undefined ? (query.offset ?? 0) : 0
  for (const kind of ['folder', 'asset'] as const) {
    const room = query.limit + 1 - nodes.length
    if (room === 0 || (kind === 'folder' && from?.kind === 'asset')) continue
    const order = orderOf(query.sort, kind)
    const start = from?.kind === kind ? sql`and ${after(order, from)}` : sql``
    const { rows } = await sql<NodeRow>`
      select * from nodes where ${seen} and kind = ${kind} ${start} order by ${order.by} limit ${room} offset ${skip}`.execute(
      db,
    )
    nodes.push(...rows.map(nodeOf))
    if (rows.length > 0) skip = 0
    else if (skip > 0) skip -= await countSection(db, seen, kind)
  }
  return nodes
}

async function countSection(
  db: Database | Transaction,
  seen: RawBuilder<unknown>,
  kind: 'folder' | 'asset',
): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select count(*) as count from nodes where ${seen} and kind = ${kind}`.execute(db)
  return rows[0]?.count ?? 0
}

function seenOnly(visibility: ChildVisibility | typeof seesAll): RawBuilder<unknown> {
  if (visibility === seesAll) return sql``
  const { inherited, exceptions } = visibility
  if (exceptions.length === 0) return inherited ? sql`` : sql`and false`
  return inherited
    ? sql`and (not has_acl or id <> all(${exceptions}::uuid[]))`
    : sql`and has_acl and id = any(${exceptions}::uuid[])`
}

function named(filter: string | undefined): RawBuilder<unknown> {
  if (filter === undefined || filter === '') return sql``
  return sql`and strpos(lower(name), lower(${filter.normalize('NFC')})) > 0`
}

/** In which order, and what a cursor holds of a node besides its sort key and id. */
interface Order {
  readonly by: RawBuilder<unknown>
  readonly columns: RawBuilder<unknown>
  readonly descending: boolean
  readonly first: 'modified' | 'size' | 'type' | undefined
}

function orderOf(sort: ItemSort, kind: 'folder' | 'asset'): Order {
  const descending = sort.startsWith('-')
  const wanted = (descending ? sort.slice(1) : sort) as 'name' | 'modified' | 'size' | 'type'
  // A folder has neither size nor type: by these, folders come by name.
  const first = wanted === 'name' || (kind === 'folder' && wanted !== 'modified') ? undefined : wanted
  const names = [...(first ? [columnOf[first]] : []), 'sort_key', 'id'].map((name) => sql.ref(name))
  const way = descending ? sql` desc` : sql``
  return {
    by: sql.join(names.map((name) => sql`${name}${way}`)),
    columns: sql.join(names),
    descending,
    first,
  }
}

const columnOf = { modified: 'modified_at', size: 'size', type: 'media_type' } as const

function after(order: Order, { first, sortKey, id }: Cursor): RawBuilder<unknown> {
  const values = [...(order.first ? [firstValue(order.first, first)] : []), sql`${sortKey}`, sql`${id}::uuid`]
  return order.descending
    ? sql`(${order.columns}) < (${sql.join(values)})`
    : sql`(${order.columns}) > (${sql.join(values)})`
}

function firstValue(name: 'modified' | 'size' | 'type', value: string | number | null): RawBuilder<unknown> {
  if (name === 'modified') return sql`${new Date(Number(value))}::timestamptz`
  return name === 'size' ? sql`${Number(value)}::bigint` : sql`${String(value)}`
}

interface Cursor {
  readonly kind: 'folder' | 'asset'
  readonly first: string | number | null
  readonly sortKey: string
  readonly id: string
}

function cursorAt(node: StoredNode, sort: ItemSort): string {
  const { first } = orderOf(sort, node.kind)
  const value = { modified: node.modifiedAt, size: node.size, type: node.mediaType }
  return cursorOf([node.kind, first ? value[first] : null, node.sortKey, node.id])
}

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

function readCursor(text: string): Cursor {
  const [kind, first, sortKey, id] = valuesOfCursor(text)
  const isOurs =
    (kind === 'folder' || kind === 'asset') &&
    (first === null || typeof first === 'string' || (typeof first === 'number' && Math.abs(first) <= 8.64e15)) &&
    typeof sortKey === 'string' &&
    !sortKey.includes('\0') &&
    typeof id === 'string' &&
    uuid.test(id)
  if (!isOurs) throw new VitrineError('request/invalid', 'The cursor is not one that this server gave.')
  return { kind, first, sortKey, id }
}
