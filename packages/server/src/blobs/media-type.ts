import { fileTypeFromBuffer } from 'file-type'
import { lookup } from 'mime-types'

/** The media type of bytes that tell nothing about themselves. */
export const unknownType = 'application/octet-stream'

/** The media type that the first bytes tell, or {@link unknownType}. */
export async function mediaTypeOfContent(firstBytes: Uint8Array): Promise<string> {
  if (firstBytes.length === 0) return unknownType
  try {
    const found = await fileTypeFromBuffer(firstBytes)
    return found?.mime ?? unknownType
  } catch {
    // A file that only begins like one of its kind.
    return unknownType
  }
}

/** XML that has a media type of its own, by extension. */
const xmlTypes = new Map([
  ['svg', 'image/svg+xml'],
  ['xmp', 'application/rdf+xml'],
  ['xhtml', 'application/xhtml+xml'],
])

/**
 * The media type of an asset: what its content tells; where that tells nothing, what the name's extension says,
 * but only for formats that are text. Of all others the content would have told: there the extension is wrong.
 */
export function mediaTypeOf(ofContent: string, name: string): string {
  const extension = /\.([^.]+)$/.exec(name)?.[1]?.toLowerCase() ?? ''
  if (ofContent === 'application/xml') return xmlTypes.get(extension) ?? ofContent
  if (ofContent !== unknownType) return ofContent
  const named = xmlTypes.get(extension) ?? (extension === '' ? false : lookup(extension))
  return named !== false && isText(named) ? named : unknownType
}

function isText(type: string): boolean {
  return (
    type.startsWith('text/') || /^(application\/(json|xml|javascript|rtf|yaml|toml|sql)|[^;]+\+(xml|json))$/.test(type)
  )
}
