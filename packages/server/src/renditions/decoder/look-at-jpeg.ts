import { decode } from 'jpeg-js'

/** What a JPEG file holds, as read by a program that shares nothing with the one that wrote it. For tests. */
export interface SeenJpeg {
  readonly width: number
  readonly height: number
  /** Content of the application segments, by what they begin with. */
  readonly icc: Buffer | undefined
  readonly exif: Buffer | undefined
  readonly xmp: string | undefined
  /** Numbers and sizes of all segments before the picture itself. */
  readonly segments: readonly { readonly marker: number; readonly length: number }[]
  /** Mean colour of the 4 x 4 pixels around a place, given as parts of width and height. */
  colourAt(x: number, y: number): readonly [number, number, number]
}

/** Reads a JPEG file: its segments (ISO/IEC 10918-1 B.1.1.4), its pixels with jpeg-js. */
export function lookAtJpeg(bytes: Buffer): SeenJpeg {
  const segments = segmentsOf(bytes)
  const { width, height, data } = decode(bytes, { useTArray: true })
  const beginningWith = (text: string) =>
    segments.find(({ content }) => content.toString('latin1', 0, text.length) === text)?.content.subarray(text.length)
  return {
    width,
    height,
    icc: beginningWith('ICC_PROFILE\0'),
    exif: beginningWith('Exif\0\0'),
    xmp: beginningWith('http://ns.adobe.com/xap/1.0/\0')?.toString('utf8'),
    segments: segments.map(({ marker, content }) => ({ marker, length: content.length })),
    colourAt: (x, y) => meanColour(data, width, Math.round(x * width), Math.round(y * height)),
  }
}

function segmentsOf(bytes: Buffer): { marker: number; content: Buffer }[] {
  const found: { marker: number; content: Buffer }[] = []
  let at = 2
  while (bytes[at] === 0xff && bytes[at + 1] !== 0xda) {
    const length = bytes.readUInt16BE(at + 2)
    found.push({ marker: bytes[at + 1] ?? 0, content: bytes.subarray(at + 4, at + 2 + length) })
    at += 2 + length
  }
  return found
}

function meanColour(pixels: Uint8Array, width: number, x: number, y: number): [number, number, number] {
  const sums: [number, number, number] = [0, 0, 0]
  for (let dy = -2; dy < 2; dy += 1) {
    for (let dx = -2; dx < 2; dx += 1) {
      const at = ((y + dy) * width + x + dx) * 4
      for (const channel of [0, 1, 2] as const) sums[channel] += (pixels[at + channel] ?? 0) / 16
    }
  }
  return sums
}
