import { crc32, deflateSync } from 'node:zlib'
import sharp, { type Sharp } from 'sharp'

/** Pictures for tests: none is a file of somebody else's. */

/** Red, green and blue, 0 to 255. */
export type Colour = readonly [number, number, number]

/** Colours of the quarters of {@link quarters}. */
export const quarterColours = {
  topLeft: [220, 40, 40],
  topRight: [40, 200, 60],
  bottomLeft: [40, 60, 220],
  bottomRight: [230, 220, 70],
} as const

/** Four quarters in four colours: shows which way up a picture is. */
export function quarters(width: number, height: number): Sharp {
  const pixels = Buffer.alloc(width * height * 3)
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      const side = y < height / 2 ? 'top' : 'bottom'
      pixels.set(quarterColours[`${side}${x < width / 2 ? 'Left' : 'Right'}`], (y * width + x) * 3)
    }
  }
  return sharp(pixels, { raw: { width, height, channels: 3 } })
}

/** One colour all over. */
export function plain(width: number, height: number, [r, g, b]: Colour): Sharp {
  return sharp({ create: { width, height, channels: 3, background: { r, g, b } } })
}

/**
 * Looks like a photograph to an encoder: coarse shapes and fine grain.
 *
 * @param seed other numbers give other pictures
 */
export async function photo(width: number, height: number, seed: number): Promise<Sharp> {
  const random = randomFrom(seed)
  const layers = await Promise.all([8, 64, 512].map((across) => grain(across, width, height, random)))
  const pixels = Buffer.allocUnsafe(width * height * 3)
  const [coarse, middle, fine] = layers
  if (!coarse || !middle || !fine) throw new Error('three layers')
  for (let at = 0; at < pixels.length; at += 1) {
    pixels[at] = (coarse[at] ?? 0) * 0.6 + (middle[at] ?? 0) * 0.25 + (fine[at] ?? 0) * 0.15
  }
  return sharp(pixels, { raw: { width, height, channels: 3 } })
}

async function grain(across: number, width: number, height: number, random: () => number): Promise<Buffer> {
  const down = Math.max(2, Math.round((across * height) / width))
  const noise = Uint8Array.from({ length: across * down * 3 }, () => random() * 256)
  const small = sharp(noise, { raw: { width: across, height: down, channels: 3 } })
  return small.resize(width, height, { fit: 'fill', kernel: 'cubic' }).raw().toBuffer()
}

/** Mulberry32: the same numbers for the same seed. */
function randomFrom(seed: number): () => number {
  let state = seed | 0
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}

/**
 * A PNG as its header claims, whatever its data are. 1 bit a pixel, grey.
 *
 * @param interlaced such a picture must be held in memory whole
 */
export function pngThatClaims(width: number, height: number, pixels: Buffer, interlaced = false): Buffer {
  const header = Buffer.alloc(13)
  header.writeUInt32BE(width, 0)
  header.writeUInt32BE(height, 4)
  header[8] = 1
  header[12] = interlaced ? 1 : 0
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])
  const content = deflateSync(pixels, { level: 1 })
  return Buffer.concat([signature, chunk('IHDR', header), chunk('IDAT', content), chunk('IEND', Buffer.alloc(0))])
}

/** A small file that is a large picture: all of its pixels are there, and black. */
export function pixelBomb(side: number, interlaced = false): Buffer {
  // The seven passes of an interlaced picture have some more rows, each with a byte of its own.
  const rows = interlaced ? 2 * side : side
  return pngThatClaims(side, side, Buffer.alloc(side * Math.ceil(side / 8) + 2 * rows), interlaced)
}

function chunk(type: string, content: Buffer): Buffer {
  const typed = Buffer.concat([Buffer.from(type, 'latin1'), content])
  const framed = Buffer.alloc(8 + typed.length)
  framed.writeUInt32BE(content.length, 0)
  typed.copy(framed, 4)
  framed.writeUInt32BE(crc32(typed), 4 + typed.length)
  return framed
}
