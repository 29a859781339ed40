import { VitrineError } from '@vitrine/domain'

/** A cursor that holds these values, as an opaque text. */
export function cursorOf(values: readonly (string | number | null)[]): string {
  return Buffer.from(JSON.stringify(values)).toString('base64url')
}

/** The values of a cursor of {@link cursorOf}, of whatever kind, since anybody can send one; none when it is no cursor. */
export function valuesOfCursor(cursor: string): readonly unknown[] {
  try {
    const values: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'))
    return Array.isArray(values) ? values : []
  } catch {
    return []
  }
}

/** Whether a value of a cursor is an id, as the database writes it. */
export function isUuid(value: unknown): value is string {
  return typeof value === 'string' && /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/.test(value)
}

/** Latest instant of a JavaScript Date, in ms. */
const latest = 8.64e15

/** Whether a value of a cursor is an instant, in ms since the Unix epoch. */
export function isInstant(value: unknown): value is number {
  return typeof value === 'number' && Number.isSafeInteger(value) && Math.abs(value) <= latest
}

/** Whether a value of a cursor is a text that PostgreSQL takes. */
export function isText(value: unknown): value is string {
  return typeof value === 'string' && !value.includes('\0')
}

/** What somebody sent as a cursor is none, or one of another list or order. */
export function foreignCursor(): VitrineError {
  return new VitrineError('request/invalid', 'The cursor does not belong to this list.', { field: 'cursor' })
}
