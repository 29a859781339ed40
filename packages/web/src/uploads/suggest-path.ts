const encoder = new TextEncoder()
/** Most bytes of UTF-8 of a name. */
const LONGEST = 255

/** A path that can be used, as near as possible to one that cannot: control characters and `\` become `_`, long names end earlier. */
export function suggestPath(relativePath: string): string {
  return relativePath.normalize('NFC').split('/').map(suggestName).join('/')
}

function suggestName(name: string): string {
  const clean = name.toWellFormed().replaceAll(/[\p{Cc}\\]/gu, '_')
  if (clean === '' || clean === '.' || clean === '..') return '_'
  return fitted(clean)
}

/** The name, without so much before its ending as is too long. */
function fitted(name: string): string {
  const [, stem = name, ending = ''] = /^(.+?)(\.[^.]{1,16})?$/su.exec(name) ?? []
  const characters = [...stem]
  let bytes = encoder.encode(stem).length + encoder.encode(ending).length
  while (bytes > LONGEST) bytes -= encoder.encode(characters.pop() ?? '').length
  return characters.join('') + ending
}

/** `photo 2.jpg` of `photo.jpg`. */
export function numberedPath(relativePath: string): string {
  const [, stem = relativePath, ending = ''] = /^(.*?[^/])(\.[^./]+)?$/su.exec(relativePath) ?? []
  return suggestPath(`${stem} 2${ending}`)
}
