import { VitrineError } from '../errors.ts'
import { byteLength, hasControls, longestName } from './name-rules.ts'

/** Why a text cannot be a name. */
export type NameFault = 'empty' | 'dots' | 'controls' | 'separators' | 'malformed' | 'too-long'

/**
 * Why a text cannot be a name; undefined: it can. A name is not empty, not `.` or `..`, not longer than 255 bytes of
 * UTF-8, and holds no control character, no `/`, no `\` and no half of a surrogate pair. All else is allowed.
 */
export function nameFaultOf(text: string): NameFault | undefined {
  const name = text.normalize('NFC')
  if (name === '') return 'empty'
  if (name === '.' || name === '..') return 'dots'
  if (hasControls(name)) return 'controls'
  if (/[/\\]/.test(name)) return 'separators'
  if (!name.isWellFormed()) return 'malformed'
  return byteLength(name) > longestName ? 'too-long' : undefined
}

/**
 * A name that somebody gave, in NFC.
 *
 * @throws {VitrineError} `node/name-invalid` for what {@link nameFaultOf} finds
 */
export function requireName(text: string): string {
  const name = text.normalize('NFC')
  const fault = nameFaultOf(name)
  if (fault !== undefined) throw new VitrineError('node/name-invalid', sentences[fault](name), { name })
  return name
}

const sentences: Readonly<Record<NameFault, (name: string) => string>> = {
  empty: () => 'A name cannot be empty.',
  dots: (name) => `"${name}" cannot be a name.`,
  controls: () => 'A name cannot contain control characters.',
  separators: () => 'A name cannot contain / or \\.',
  malformed: () => 'The name is not valid Unicode.',
  'too-long': () => `A name can have at most ${longestName} bytes; this one has more.`,
}
