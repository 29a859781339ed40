import { byteLength, cutToBytes, fitName, longestName, splitExtension } from '../names/name-rules.ts'

/** Length of a whole path in an archive at most, in bytes of UTF-8: what the archive's records can hold. */
export const longestEntryPath = 0xffff

/** Names that are the same in every system and need no look: letters, digits, `_`, `-`, spaces and dots inside. */
const plain = /^[\w-](?:[\w .()-]{0,118}[\w()-])?$/

// What Windows refuses in a name, C0, DEL, C1, and the characters that turn the writing direction round.
// oxlint-disable-next-line no-control-regex -- control characters are what it is about
const refused = /[<>:"/\\|?*\u0000-\u001f\u007f-\u009f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/g

/** Devices of Windows, whatever follows the first dot ("Naming Files, Paths, and Namespaces", Microsoft). */
const device = /^(con|prn|aux|nul|conin\$|conout\$|(?:com|lpt)[0-9¹²³]) *(?=\.|$)/i

/**
 * A name as it may stand in an archive, so that every system can unpack it as it is.
 *
 * NFC; `< > : " / \ | ? *`, control characters and bidirectional controls become `_`; a device name of Windows gets a
 * `_`; no dot or space at the end; 1 to 255 bytes of UTF-8, the extension kept. A cleaned name stays as it is.
 *
 * @param kind a folder's name has no extension to keep
 */
export function entrySegment(name: string, kind: 'file' | 'folder' = 'file'): string {
  if (plain.test(name) && !device.test(name)) return name
  const replaced = name.toWellFormed().normalize('NFC').replace(refused, '_')
  // Cutting may bare a space or a device name, a mark may make it too long again: until nothing changes.
  for (let before = replaced; ;) {
    const after = withoutTail(fitted(before, kind).replace(device, '$1_'))
    if (after === before) return after
    before = after
  }
}

function fitted(name: string, kind: 'file' | 'folder'): string {
  if (name.length * 3 <= longestName || byteLength(name) <= longestName) return name
  if (kind === 'folder') return cutToBytes(name, longestName)
  const { stem, extension } = splitExtension(name)
  return fitName(stem, '', extension)
}

function withoutTail(name: string): string {
  return name.replace(/[. ]+$/, '') || '_'
}

/**
 * The file name of a rendition beside its original: `poster.web.1280.jpeg` for `poster.psd`.
 *
 * @param original a cleaned name
 * @param extension without a dot
 */
export function renditionSegment(original: string, rendition: string, extension: string): string {
  const { stem } = splitExtension(original)
  return entrySegment(fitName(stem, `.${rendition}`, `.${extension}`))
}
