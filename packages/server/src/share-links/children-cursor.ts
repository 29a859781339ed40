import { VitrineError } from '@vitrine/domain'
import type { ItemSort } from '@vitrine/api/public'
import { cursorOf, valuesOfCursor } from '../http/json-cursor.ts'
import type { PublicIds } from './public-ids.ts'
import type { ViewedNode } from './link-view.ts'

/** What siblings are ordered by before their name. */
export type SortField = 'name' | 'modified' | 'size' | 'type'

/** Where a page begins: right after a node that stood there with these values. The node may be gone meanwhile. */
export interface PageStart {
  readonly kind: ViewedNode['kind']
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

/** Where the page after this node begins, as an opaque text. The node is named as the link names it. */
export function cursorAfter(node: ViewedNode, sort: ItemSort): string {
  const value = valueOf(node, sortOf(sort).field)
  return cursorOf([sort, node.kind, value, node.sortKey, node.publicId])
}

/**
 * Reads a cursor of {@link cursorAfter}.
 *
 * @throws {VitrineError} `request/invalid` when it is none, or belongs to another order
 */
export function readCursor(cursor: string, sort: ItemSort, ids: PublicIds): PageStart {
  const [itsSort, kind, value, sortKey, publicId] = valuesOfCursor(cursor)
  const id = typeof publicId === 'string' ? ids.nodesOf(publicId)[0] : undefined
  const isKind = kind === 'folder' || kind === 'asset'
  if (itsSort !== sort || !isKind || typeof sortKey !== 'string' || id === undefined || !isValue(value, sort)) {
    throw new VitrineError('request/invalid', 'The cursor does not belong to this list.', { field: 'cursor' })
  }
  return { kind, value, sortKey, id }
}

/** Latest instant of a JavaScript Date, in ms: also more than any size. */
const largest = 8.64e15

function isValue(value: unknown, sort: ItemSort): value is string | number | null {
  const { field } = sortOf(sort)
  if (field === 'name') return value === null
  if (field === 'type') return typeof value === 'string' && !value.includes('\0')
  return typeof value === 'number' && Number.isSafeInteger(value) && Math.abs(value) <= largest
}

function valueOf(node: ViewedNode, field: SortField): string | number | null {
  if (field === 'modified') return node.modifiedAt
  if (field === 'size') return node.size
  return field === 'type' ? node.mediaType : null
}
