import type { ItemSort } from '@vitrine/api/public'
import { cursorOf, foreignCursor, isInstant, isText, isUuid, valuesOfCursor } from '../http/json-cursor.ts'
import type { StoredNode } from './node-store.ts'

/** What siblings are ordered by before their name. */
export type SortField = 'name' | 'modified' | 'size' | 'type'

/** Where a page begins: right after a node that stood there with these values. The node may be gone meanwhile. */
export interface PageStart {
  readonly kind: StoredNode['kind']
  /** Value of the field that is sorted by; null when that is the name. */
  readonly value: string | number | null
  readonly sortKey: string
  readonly id: string
}

/** The field and the direction of an order. */
export function sortOf(sort: ItemSort): { readonly field: SortField; readonly descending: boolean } {
  const descending = sort.startsWith('-')
  return { field: (descending ? sort.slice(1) : sort) as SortField, descending }
}

/** What a place among siblings depends on. */
export type Placed = Pick<StoredNode, 'id' | 'kind' | 'sortKey' | 'modifiedAt' | 'size' | 'mediaType'>

/** Where a page begins that comes right after this node. */
export function startAfter(node: Placed, sort: ItemSort): PageStart {
  return { kind: node.kind, value: valueOf(node, sortOf(sort).field), sortKey: node.sortKey, id: node.id }
}

/**
 * Where the page after this node begins, as an opaque text.
 *
 * @param nameOf what whoever gets it may know the node by
 */
export function cursorAfter(node: Placed, sort: ItemSort, nameOf: (id: Placed['id']) => string): string {
  const { kind, value, sortKey, id } = startAfter(node, sort)
  return cursorOf([sort, kind, value, sortKey, nameOf(id as Placed['id'])])
}

/**
 * Reads a cursor of {@link cursorAfter}.
 *
 * @param idOf the opposite of `nameOf`; undefined for what names no node
 * @throws {VitrineError} `request/invalid` when it is none, or belongs to another order
 */
export function readCursor(cursor: string, sort: ItemSort, idOf: (name: string) => string | undefined): PageStart {
  const [itsSort, kind, value, sortKey, name] = valuesOfCursor(cursor)
  const id = typeof name === 'string' ? idOf(name) : undefined
  const isKind = kind === 'folder' || kind === 'asset'
  if (itsSort !== sort || !isKind || !isText(sortKey) || id === undefined || !isValue(value, sort)) {
    throw foreignCursor()
  }
  return { kind, value, sortKey, id }
}

/** For those who know nodes by their ids. */
export function plainId(name: string): string | undefined {
  return isUuid(name) ? name : undefined
}

function isValue(value: unknown, sort: ItemSort): value is string | number | null {
  const { field } = sortOf(sort)
  if (field === 'name') return value === null
  if (field === 'type') return isText(value)
  // No size is larger than the latest instant.
  return isInstant(value)
}

/** A folder has neither size nor type. */
function valueOf(node: Placed, field: SortField): string | number | null {
  if (field === 'modified') return node.modifiedAt
  if (field === 'size') return node.size ?? 0
  return field === 'type' ? (node.mediaType ?? '') : null
}
