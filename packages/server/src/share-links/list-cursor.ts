import type { ShareLinkSort } from '@vitrine/api'
import type { ShareLinkId } from '@vitrine/domain'
import { cursorOf, foreignCursor, isInstant, isText, isUuid, valuesOfCursor } from '../http/json-cursor.ts'
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
  if (itsSort !== sort || !isUuid(id) || !isValue(sort, value)) throw foreignCursor()
  return { value, id: id as ShareLinkId }
}

function isValue(sort: ShareLinkSort, value: unknown): value is ListStart['value'] {
  const { field } = orderOf(sort)
  if (field === 'title') return isText(value)
  if (field === 'expires' && value === null) return true
  return isInstant(value)
}
