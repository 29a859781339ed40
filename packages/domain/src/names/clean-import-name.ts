import { byteLength, fitName, longestName, splitExtension, withoutControls } from './name-rules.ts'

const decoder = new TextDecoder('utf-8', { ignoreBOM: true })

/**
 * The name that a file or folder of a disk gets here. Never refuses: what the disk holds can be taken in.
 *
 * Bytes that are no UTF-8 show as U+FFFD; control characters, `/` and `\` become `_`; the name is NFC and at most
 * 255 bytes, its extension kept. Cleaning a clean name changes nothing. Two names of a disk may come to the same.
 *
 * @param bytes the name as the disk has it
 */
export function cleanImportName(bytes: Uint8Array): string {
  const name = withoutControls(decoder.decode(bytes).normalize('NFC'))
  if (name === '') return '_'
  if (name === '.' || name === '..') return '_'.repeat(name.length)
  if (byteLength(name) <= longestName) return name
  const { stem, extension } = splitExtension(name)
  return fitName(stem, '', extension)
}
