import type { ShareLinkSort } from '@vitrine/api'
import { VitrineError, type ShareLinkId } from '@vitrine/domain'
import { cursorOf, valuesOfCursor } from '../http/json-cursor.ts'
import { orderOf, type ListStart } from './share-link-list-store.ts'

/** Where the page after a link begins, as an opaque text. */
export function cursorAfter(sort: ShareLinkSort, { value, id }: ListStart): string {
  return cursorOf([sort, value, id])
}

/**
 * Reads a cursor of {@link cursorAfter}.
 *
 * @throws {VitrineError} `request/invalid` when it is none, or belongs to another order
 */
export function readCursor(sort: ShareLinkSort, cursor: string): ListStart {
  const [itsSort, value, id] = valuesOfCursor(cursor)
  const isId = typeof id === 'string' && /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/.test(id)
  if (itsSort !== sort || !isId || !isValue(sort, value)) {
    throw new VitrineError('request/invalid', 'The cursor does not belong to this list.', { field: 'cursor' })
  }
  return { value, id: id as ShareLinkId }
}

/** Latest instant of a JavaScript Date, in ms. */
const latest = 8.64e15

function isValue(sort: ShareLinkSort, value: unknown): value is ListStart['value'] {
  const { field } = orderOf(sort)
  if (field === 'title') return typeof value === 'string' && !value.includes('\0')
  if (field === 'expires' && value === null) return true
  return typeof value === 'number' && Number.isSafeInteger(value) && Math.abs(value) <= latest
}
