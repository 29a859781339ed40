/** Formats of pictures that renditions are made from. */
export type RasterFormat = 'jpeg' | 'png' | 'gif' | 'webp' | 'avif'

const mediaTypes: ReadonlyMap<string, RasterFormat> = new Map([
  ['image/jpeg', 'jpeg'],
  ['image/png', 'png'],
  ['image/apng', 'png'],
  ['image/gif', 'gif'],
  ['image/webp', 'webp'],
  ['image/avif', 'avif'],
])

/** Whether renditions are made of content of this type. The type must have been told from the content. */
export function hasRenditions(mediaType: string): boolean {
  return mediaTypes.has(mediaType)
}

/** How many of the first bytes {@link rasterFormatOf} needs at most. */
export const rasterFormatBytes = 64

/**
 * Tells the format from the first bytes, never from a name.
 *
 * Only these five are let through: other formats, camera raw above all, look like a TIFF to a decoder,
 * and come out as a black or tiny picture.
 *
 * Sources: JPEG ISO/IEC 10918-1 B.1.1.3; PNG section 5.2; GIF89a section 17; RFC 9649 (WebP) section 2.4;
 * AVIF 1.1 section 6 (a file type box with the brand `avif` or `avis`).
 *
 * @returns undefined for anything else
 */
export function rasterFormatOf(bytes: Uint8Array): RasterFormat | undefined {
  if (startsWith(bytes, [0xff, 0xd8, 0xff])) return 'jpeg'
  if (startsWith(bytes, [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])) return 'png'
  const head = ascii(bytes, 0, 12)
  if (head.startsWith('GIF87a') || head.startsWith('GIF89a')) return 'gif'
  if (head.startsWith('RIFF') && head.endsWith('WEBP')) return 'webp'
  if (head.slice(4, 8) === 'ftyp' && brandsOf(bytes).some((brand) => brand === 'avif' || brand === 'avis'))
    return 'avif'
  return undefined
}

/** Major and compatible brands of a file type box, as far as its first bytes name them (ISO/IEC 14496-12, 4.3). */
function brandsOf(bytes: Uint8Array): readonly string[] {
  const boxLength = ((bytes[2] ?? 0) << 8) | (bytes[3] ?? 0)
  const end = Math.min(boxLength, bytes.length, rasterFormatBytes)
  const brands = [ascii(bytes, 8, 12)]
  for (let at = 16; at + 4 <= end; at += 4) brands.push(ascii(bytes, at, at + 4))
  return brands
}

function startsWith(bytes: Uint8Array, magic: readonly number[]): boolean {
  return magic.every((byte, index) => bytes[index] === byte)
}

function ascii(bytes: Uint8Array, start: number, end: number): string {
  return String.fromCharCode(...bytes.subarray(start, end))
}
