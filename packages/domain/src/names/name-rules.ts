/** Length of a name at most, in bytes of UTF-8: what the file systems of Linux, macOS and most archives can hold. */
export const longestName = 255

// U+0000-001F, U+007F-009F.
const controls = /\p{Cc}/u
const controlsAndSeparators = /[\p{Cc}/\\]/gu

/** Whether the text holds a control character (C0, DEL, C1). */
export function hasControls(text: string): boolean {
  return controls.test(text)
}

/** The text with `_` in place of each control character, `/` and `\`. */
export function withoutControls(text: string): string {
  return text.replace(controlsAndSeparators, '_')
}

const encoder = new TextEncoder()

/** Length of a text in bytes of UTF-8. */
export function byteLength(text: string): number {
  return encoder.encode(text).length
}

/** The longest beginning of a text that fits into a number of bytes of UTF-8 and cuts no character. */
export function cutToBytes(text: string, bytes: number): string {
  if (bytes <= 0) return ''
  // A UTF-16 unit takes three bytes at most.
  if (text.length * 3 <= bytes) return text
  const { read } = encoder.encodeInto(text, new Uint8Array(bytes))
  return text.slice(0, read)
}

// A long or spaced tail is the end of a sentence, not an extension. `.tar` belongs to what follows it.
const stemAndExtension = /^(.+?)((?:\.tar)?\.[^.\s]{1,16})$/su

/** A name as stem and extension; the extension has its dot, or is empty. `.profile` has none. */
export function splitExtension(name: string): { readonly stem: string; readonly extension: string } {
  const [, stem, extension] = stemAndExtension.exec(name) ?? []
  return stem === undefined || extension === undefined ? { stem: name, extension: '' } : { stem, extension }
}

/** A name of at most {@link longestName} bytes: the stem is cut, then `mark` and the extension follow. */
export function fitName(stem: string, mark: string, extension: string): string {
  return cutToBytes(stem, longestName - byteLength(mark + extension)) + mark + extension
}
