import { VitrineError } from '@vitrine/domain'

/** The cursor of the page after this name. */
export function cursorAfter(name: string): string {
  return Buffer.from(name, 'utf8').toString('base64url')
}

/**
 * The name after which a page begins.
 *
 * @throws {VitrineError} `request/invalid` for a cursor that is none of ours
 */
export function nameOf(cursor: string | undefined): string | undefined {
  if (cursor === undefined) return undefined
  const name = Buffer.from(cursor, 'base64url').toString('utf8')
  if (cursorAfter(name) === cursor && !/\p{Cc}/u.test(name)) return name
  throw new VitrineError('request/invalid', 'This is no cursor of this list.', { field: 'cursor' })
}
