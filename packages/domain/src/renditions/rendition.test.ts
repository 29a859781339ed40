import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { fitInside } from './rendition.ts'
import { hasRenditions, rasterFormatOf } from './raster-format.ts'

const aSide = fc.integer({ min: 1, max: 1 << 24 })
const aSize = fc.record({ width: aSide, height: aSide })
const aBox = fc.integer({ min: 1, max: 4096 })

describe('a picture fitted into a square', () => {
  it('is inside, and at least one pixel', () => {
    fc.assert(
      fc.property(aSize, aBox, (picture, box) => {
        const { width, height } = fitInside(picture, box)
        expect(Math.min(width, height)).toBeGreaterThanOrEqual(1)
        expect(Math.max(width, height)).toBeLessThanOrEqual(box)
      }),
    )
  })

  it('touches the square, unless it was smaller: then it stays', () => {
    fc.assert(
      fc.property(aSize, aBox, (picture, box) => {
        const fitted = fitInside(picture, box)
        if (Math.max(picture.width, picture.height) <= box) expect(fitted).toEqual(picture)
        else expect(Math.max(fitted.width, fitted.height)).toBe(box)
      }),
    )
  })

  it('keeps its shape to the pixel', () => {
    fc.assert(
      fc.property(aSize, aBox, (picture, box) => {
        const { width, height } = fitInside(picture, box)
        const scale = Math.min(1, box / Math.max(picture.width, picture.height))
        expect(Math.abs(width - picture.width * scale)).toBeLessThanOrEqual(1)
        expect(Math.abs(height - picture.height * scale)).toBeLessThanOrEqual(1)
      }),
    )
  })
})

describe('the format of a picture', () => {
  const bytes = (text: string) => Buffer.from(text, 'latin1')
  it.each([
    ['jpeg', '\xff\xd8\xff\xe0'],
    ['png', '\x89PNG\r\n\x1a\n'],
    ['gif', 'GIF87a'],
    ['gif', 'GIF89a'],
    ['webp', 'RIFF\x10\0\0\0WEBPVP8 '],
    ['avif', '\0\0\0\x1cftypavif\0\0\0\0avifmif1'],
    ['avif', '\0\0\0\x1cftypmif1\0\0\0\0mif1avif'],
    [undefined, '\0\0\0\x18ftypheic\0\0\0\0mif1heic'],
    [undefined, '\0\0\0\x14ftypmp42\0\0\0\0isomavif'],
    [undefined, 'II*\0\x08\0\0\0'],
    [undefined, 'MM\0*\0\0\0\x08'],
    [undefined, '8BPS\0\x01'],
    [undefined, 'RIFF\x10\0\0\0WAVEfmt '],
    [undefined, '<svg xmlns="http://www.w3.org/2000/svg">'],
    [undefined, ''],
  ])('is %s for what begins like this', (format, start) => {
    expect(rasterFormatOf(bytes(start))).toBe(format)
  })

  it('is told of any bytes without a failure', () => {
    fc.assert(fc.property(fc.uint8Array({ maxLength: 80 }), (noise) => void rasterFormatOf(noise)))
  })

  it('decides whether there are renditions, and camera raw has none', () => {
    expect(['image/jpeg', 'image/avif'].map(hasRenditions)).toEqual([true, true])
    expect(['image/tiff', 'image/x-adobe-dng', 'image/svg+xml', 'image/heic', 'video/mp4'].some(hasRenditions)).toBe(
      false,
    )
  })
})
