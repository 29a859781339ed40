import sharp from 'sharp'
import { describe, expect, it } from 'vitest'
import type { RenditionName } from '@vitrine/domain'
import { type Colour, photo, pixelBomb, plain, pngThatClaims, quarterColours, quarters } from './a-picture.ts'
import { decodePicture } from './decode-picture.ts'
import { lookAtJpeg } from './look-at-jpeg.ts'

const pixels = 0x3fff * 0x3fff

async function renditionOf(source: Buffer, name: RenditionName = 'web.1280') {
  const { renditions } = await decodePicture(source, pixels)
  const found = renditions.find((rendition) => rendition.name === name)
  if (!found) throw new Error(`there is no ${name}`)
  return found
}

async function seen(source: Buffer, name: RenditionName = 'web.1280') {
  return lookAtJpeg((await renditionOf(source, name)).bytes)
}

function expectColour(actual: readonly number[], wanted: Colour, tolerance: number) {
  for (const channel of [0, 1, 2]) {
    expect(
      Math.abs((actual[channel] ?? 0) - (wanted[channel] ?? 0)),
      `${actual.join()} for ${wanted.join()}`,
    ).toBeLessThanOrEqual(tolerance)
  }
}

describe('the size of a rendition', () => {
  it.each([
    [3000, 2000, [1280, 853], [319, 213]],
    [2000, 3000, [853, 1280], [213, 319]],
    [1280, 1280, [1280, 1280], [319, 319]],
    [500, 300, [500, 300], [319, 191]],
    [200, 100, [200, 100], [200, 100]],
    [1, 1, [1, 1], [1, 1]],
    [9000, 20, [1280, 3], [319, 1]],
  ])('of %i x %i fits into its square, and is never enlarged', async (width, height, web, thumbnail) => {
    const source = await plain(width, height, [90, 120, 150]).png().toBuffer()
    for (const [name, wanted] of [
      ['web.1280', web],
      ['thumbnail.319', thumbnail],
    ] as const) {
      const rendition = await renditionOf(source, name)
      const look = lookAtJpeg(rendition.bytes)
      expect([look.width, look.height]).toEqual(wanted)
      expect([rendition.width, rendition.height]).toEqual(wanted)
    }
  })
})

describe('EXIF orientation', () => {
  const { topLeft: a, topRight: b, bottomLeft: c, bottomRight: d } = quarterColours
  /** For each value: the colours at top left, top right, bottom left, bottom right (EXIF 2.32, table 6). */
  const shown: readonly (readonly [number, readonly Colour[]])[] = [
    [1, [a, b, c, d]],
    [2, [b, a, d, c]],
    [3, [d, c, b, a]],
    [4, [c, d, a, b]],
    [5, [a, c, b, d]],
    [6, [c, a, d, b]],
    [7, [d, b, c, a]],
    [8, [b, d, a, c]],
  ]
  it.each(shown)('%i is applied', async (orientation, [topLeft, topRight, bottomLeft, bottomRight]) => {
    const source = await quarters(1600, 800).withMetadata({ orientation }).jpeg({ quality: 95 }).toBuffer()
    const { picture } = await decodePicture(source, pixels)
    expect(picture).toEqual(orientation < 5 ? { width: 1600, height: 800 } : { width: 800, height: 1600 })
    for (const name of ['web.1280', 'thumbnail.319'] as const) {
      const look = await seen(source, name)
      expect(look.width > look.height).toBe(orientation < 5)
      expectColour(look.colourAt(0.25, 0.25), topLeft ?? a, 8)
      expectColour(look.colourAt(0.75, 0.25), topRight ?? a, 8)
      expectColour(look.colourAt(0.25, 0.75), bottomLeft ?? a, 8)
      expectColour(look.colourAt(0.75, 0.75), bottomRight ?? a, 8)
    }
  })
})

describe('colour', () => {
  const colour: Colour = [180, 90, 60]
  const file = () => plain(400, 300, colour)

  it('of a wider space comes out as it looks, in sRGB, and says so', async () => {
    const source = await file().withIccProfile('p3').jpeg({ quality: 95 }).toBuffer()
    // The numbers in the file are others than those of the colour: without conversion this test would fail.
    expect(Math.abs(lookAtJpeg(source).colourAt(0.5, 0.5)[0] - colour[0])).toBeGreaterThan(6)
    const look = await seen(source)
    expectColour(look.colourAt(0.5, 0.5), colour, 3)
    // The description of a profile is UTF-16.
    expect(look.icc?.toString('latin1').replaceAll('\0', '')).toContain('sRGB')
  })

  it('of ink (CMYK) comes out near to what it was', async () => {
    const printable: Colour = [150, 130, 110]
    const inks = plain(400, 300, printable).toColourspace('cmyk').withIccProfile('cmyk')
    const source = await inks.jpeg({ quality: 95 }).toBuffer()
    expect((await sharp(source).metadata()).space).toBe('cmyk')
    expectColour((await seen(source)).colourAt(0.5, 0.5), printable, 20)
  })

  it('of ink without a profile is not turned round', async () => {
    const source = await plain(400, 300, [250, 250, 250]).toColourspace('cmyk').jpeg({ quality: 95 }).toBuffer()
    expect(Math.min(...(await seen(source)).colourAt(0.5, 0.5))).toBeGreaterThan(200)
  })

  it('with 16 bits keeps its brightness', async () => {
    const source = await file().toColourspace('rgb16').png().toBuffer()
    expect((await sharp(source).metadata()).depth).toBe('ushort')
    expectColour((await seen(source)).colourAt(0.5, 0.5), colour, 3)
  })

  it('of grey, with 8 and with 16 bits, stays grey', async () => {
    for (const space of ['b-w', 'grey16']) {
      const source = await plain(400, 300, [120, 120, 120]).toColourspace(space).png().toBuffer()
      expectColour((await seen(source)).colourAt(0.5, 0.5), [120, 120, 120], 3)
    }
  })
})

describe('transparency', () => {
  it('stays: what is transparent does not become black', async () => {
    const clear = { width: 600, height: 400, channels: 4, background: { r: 0, g: 0, b: 0, alpha: 0 } } as const
    const dot = await plain(100, 100, [255, 0, 0]).png().toBuffer()
    const source = await sharp({ create: clear })
      .composite([{ input: dot, left: 0, top: 0 }])
      .png()
      .toBuffer()
    for (const name of ['web.1280', 'thumbnail.319'] as const) {
      const { bytes, mediaType } = await renditionOf(source, name)
      expect(mediaType).toBe('image/webp')
      const { data, info } = await sharp(bytes).raw().toBuffer({ resolveWithObject: true })
      expect(info.channels).toBe(4)
      expect(data.at(-1)).toBe(0)
      expect(data[3]).toBe(255)
    }
  })

  it('that hides nothing is left out, and the picture is a JPEG', async () => {
    const source = await plain(600, 400, [10, 200, 90]).ensureAlpha(1).png().toBuffer()
    expect((await sharp(source).metadata()).hasAlpha).toBe(true)
    expectColour((await seen(source)).colourAt(0.5, 0.5), [10, 200, 90], 4)
  })
})

describe('formats', () => {
  it.each(['jpeg', 'png', 'gif', 'webp', 'avif'] as const)('%s is shown', async (format) => {
    const source = await quarters(400, 300)[format]().toBuffer()
    const look = await seen(source)
    expect([look.width, look.height]).toEqual([400, 300])
    expectColour(look.colourAt(0.25, 0.25), quarterColours.topLeft, 16)
  })

  it.each(['gif', 'webp'] as const)('an animated %s is shown by its first frame', async (format) => {
    const frames = await Promise.all(
      [
        [200, 0, 0],
        [0, 200, 0],
        [0, 0, 200],
      ].map((c) =>
        plain(64, 48, c as unknown as Colour)
          .png()
          .toBuffer(),
      ),
    )
    const film = sharp(frames, { join: { animated: true } })
    const source = await film[format]().toBuffer()
    expect((await sharp(source).metadata()).pages).toBe(3)
    const { picture } = await decodePicture(source, pixels)
    expect(picture).toEqual({ width: 64, height: 48 })
    expectColour((await seen(source)).colourAt(0.5, 0.5), [200, 0, 0], 16)
  })

  it('others that the decoder could open are refused: a TIFF may be camera raw', async () => {
    for (const source of [
      await quarters(60, 40).tiff().toBuffer(),
      Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>'),
      Buffer.from('%PDF-1.7\n'),
      Buffer.alloc(0),
    ]) {
      await expect(decodePicture(source, pixels)).rejects.toMatchObject({ code: 'rendition/unsupported' })
    }
  })
})

describe('metadata', () => {
  it('of a camera does not get out; creator and copyright stay', async () => {
    const source = await quarters(900, 600)
      .withExif({
        IFD0: { Artist: 'Ann Example', Copyright: '(c) 2026 Example Ltd', Make: 'SecretMake', Model: 'SecretModel' },
        IFD2: { BodySerialNumber: 'Secret12345' },
        IFD3: {
          GPSLatitudeRef: 'N',
          GPSLatitude: '52/1 31/1 12/1',
          GPSLongitudeRef: 'E',
          GPSLongitude: '13/1 24/1 36/1',
        },
      })
      .jpeg()
      .toBuffer()
    expect(hasGps(lookAtJpeg(source).exif)).toBe(true)
    for (const name of ['web.1280', 'thumbnail.319'] as const) {
      const { bytes } = await renditionOf(source, name)
      const look = lookAtJpeg(bytes)
      expect(hasGps(look.exif)).toBe(false)
      expect(bytes.includes('Secret')).toBe(false)
      expect(bytes.includes('GPS')).toBe(false)
      expect(look.exif?.includes('Ann Example')).toBe(true)
      expect(look.exif?.includes('(c) 2026 Example Ltd')).toBe(true)
      expect(look.xmp).toContain('<rdf:li>Ann Example</rdf:li>')
    }
  })

  it('in XMP keeps its Unicode', async () => {
    const xmp = `<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:exif="http://ns.adobe.com/exif/1.0/" exif:GPSLatitude="52,31.2N"><dc:creator><rdf:Seq><rdf:li>Zoë &amp; 山田</rdf:li></rdf:Seq></dc:creator><dc:rights><rdf:Alt><rdf:li xml:lang="x-default">© 2026 Zoë</rdf:li></rdf:Alt></dc:rights></rdf:Description></rdf:RDF></x:xmpmeta>`
    const source = await quarters(300, 200).withXmp(xmp).jpeg().toBuffer()
    const { bytes } = await renditionOf(source)
    const look = lookAtJpeg(bytes)
    expect(look.xmp).toContain('<rdf:li>Zoë &amp; 山田</rdf:li>')
    expect(look.xmp).toContain('© 2026 Zoë')
    expect(bytes.includes('GPS')).toBe(false)
  })

  it('is nothing but the profile where there was no creator', async () => {
    const look = await seen(await quarters(300, 200).jpeg().toBuffer())
    expect([look.exif, look.xmp]).toEqual([undefined, undefined])
    expect(look.icc).toBeDefined()
  })
})

describe('a file that is not what it says', () => {
  it('is too large when it is a bomb', async () => {
    const bomb = pixelBomb(30_000)
    // 2.7 GB of pixels.
    expect(bomb.length).toBeLessThan(1_000_000)
    await expect(decodePicture(bomb, pixels)).rejects.toMatchObject({ code: 'rendition/too-large' })
  })

  it('is too large when it claims to be', async () => {
    const liar = pngThatClaims(2 ** 30, 2 ** 30, Buffer.alloc(100))
    await expect(decodePicture(liar, pixels)).rejects.toMatchObject({
      code: expect.stringMatching(/too-large|damaged/),
    })
  })

  it('is damaged when it has less than it claims', async () => {
    const whole = await (await photo(800, 600, 1)).jpeg().toBuffer()
    const liar = pngThatClaims(5000, 5000, Buffer.alloc(1000))
    for (const source of [liar, whole.subarray(0, whole.length / 2), whole.subarray(0, 300)]) {
      await expect(decodePicture(source, pixels)).rejects.toMatchObject({ code: 'rendition/damaged' })
    }
  })
})

/** Whether EXIF names a directory of GPS: tag 0x8825, in either byte order. */
function hasGps(exif: Buffer | undefined): boolean {
  return (
    exif !== undefined &&
    (exif.includes(Buffer.of(0x88, 0x25, 0x00, 0x04)) || exif.includes(Buffer.of(0x25, 0x88, 0x04, 0x00)))
  )
}
