/** Most bytes of UTF-8 of a name. */
const LONGEST = 255

/** A path that can be used, as near as possible to one that cannot: control characters and `\` become `_`, long names end earlier. */
export function suggestPath(relativePath: string): string {
  return relativePath.normalize('NFC').split('/').map(suggestName).join('/')
}

/** `a/photo 2.jpg` of `a/photo.jpg`, and `a/photo 3.jpg` of that: one after the other is never the same again. */
export function numberedPath(relativePath: string): string {
  const [above, name] = splitPath(suggestPath(relativePath))
  const [stem, ending] = splitEnding(name)
  const [, before = stem, number = '1'] = / (\d{1,6})$/.test(stem) ? (/^(.*) (\d{1,6})$/su.exec(stem) ?? []) : []
  const tail = ` ${Number(number) + 1}${ending}`
  return above + fitted(before, tail)
}

function suggestName(name: string): string {
  const clean = name.toWellFormed().replaceAll(/[\p{Cc}\\]/gu, '_')
  if (clean === '' || clean === '.' || clean === '..') return '_'
  return fitted(...splitEnding(clean))
}

/** Both together, without so much of the first as is too long. */
function fitted(stem: string, tail: string): string {
  const characters = [...stem]
  let bytes = [...characters, ...tail].reduce((sum, character) => sum + bytesOf(character), 0)
  while (bytes > LONGEST) bytes -= bytesOf(characters.pop() ?? '')
  return characters.join('') + tail
}

/** Bytes of UTF-8. */
function bytesOf(character: string): number {
  const code = character.codePointAt(0) ?? 0
  if (code < 0x80) return 1
  if (code < 0x800) return 2
  return code < 0x10000 ? 3 : 4
}

/** `a/b/` and `photo.jpg`. */
function splitPath(path: string): readonly [string, string] {
  const slash = path.lastIndexOf('/') + 1
  return [path.slice(0, slash), path.slice(slash)]
}

/** `photo` and `.jpg`; the ending is empty where there is none of at most 16 characters. */
function splitEnding(name: string): readonly [string, string] {
  const dot = name.lastIndexOf('.')
  return dot > 0 && name.length - dot <= 17 ? [name.slice(0, dot), name.slice(dot)] : [name, '']
}
