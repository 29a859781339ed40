const decoder = new TextDecoder('utf-8', { ignoreBOM: true, fatal: true })

/**
 * A path or a name of a disk as text for people. Bytes that are no UTF-8, control characters and backslashes
 * show as `\xFC`, so that no two paths look the same.
 */
export function printablePath(bytes: Uint8Array): string {
  const text = decoded(bytes)
  if (text === undefined) return Array.from(bytes, escapedByte).join('')
  return text.replace(/[\p{Cc}\\]/gu, (character) => Array.from(Buffer.from(character), escaped).join(''))
}

function decoded(bytes: Uint8Array): string | undefined {
  try {
    return decoder.decode(bytes)
  } catch {
    return undefined
  }
}

/** One byte of a path that is no UTF-8: printable ASCII stays. */
function escapedByte(byte: number): string {
  const isPlain = byte >= 0x20 && byte < 0x7f && byte !== 0x5c
  return isPlain ? String.fromCharCode(byte) : escaped(byte)
}

function escaped(byte: number): string {
  return `\\x${byte.toString(16).toUpperCase().padStart(2, '0')}`
}
