import { VitrineError } from '../errors.ts'
import { byteLength, hasControls, longestName } from './name-rules.ts'

/**
 * A name that somebody gave, in NFC.
 *
 * @throws {VitrineError} `node/name-invalid` for one that is empty, `.` or `..`, longer than 255 bytes of UTF-8, or holds
 * a control character, `/`, `\` or half of a surrogate pair. All else is allowed.
 */
export function requireName(text: string): string {
  const name = text.normalize('NFC')
  const fault = faultOf(name)
  if (fault !== undefined) throw new VitrineError('node/name-invalid', fault, { name })
  return name
}

function faultOf(name: string): string | undefined {
  if (name === '') return 'A name cannot be empty.'
  if (name === '.' || name === '..') return `"${name}" cannot be a name.`
  if (hasControls(name)) return 'A name cannot contain control characters.'
  if (/[/\\]/.test(name)) return 'A name cannot contain / or \\.'
  if (!name.isWellFormed()) return 'The name is not valid Unicode.'
  if (byteLength(name) > longestName) return `A name can have at most ${longestName} bytes; this one has more.`
  return undefined
}
