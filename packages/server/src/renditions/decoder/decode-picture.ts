import { type PixelSize, rasterFormatOf, renditionBox, type RenditionName, VitrineError } from '@vitrine/domain'
import sharp, { type Metadata, type Sharp } from 'sharp'
import { type Credit, creditAsExif, creditAsXmp, readCredit } from './credit.ts'
import type { EncodedRendition } from './protocol.ts'

/** What one picture came to. */
export interface DecodedPicture {
  /** As it is shown: after EXIF orientation. */
  readonly picture: PixelSize
  readonly renditions: readonly (EncodedRendition & { readonly bytes: Buffer })[]
}

/** Pixels without a file around them: sRGB, 8 bit. */
interface Raster extends PixelSize {
  readonly pixels: Buffer
  readonly channels: 3 | 4
}

/**
 * Makes every rendition of one picture. The picture is decoded once; the thumbnail is made from the larger rendition.
 *
 * EXIF orientation is applied, colour converted to sRGB with 8 bits, and an animation shown by its first frame.
 * Of the metadata only creator and copyright stay, written anew: nothing is copied that was not understood.
 *
 * @throws {VitrineError} `rendition/unsupported`, `rendition/too-large` or `rendition/damaged`
 */
export async function decodePicture(bytes: Buffer, pixelLimit: number): Promise<DecodedPicture> {
  if (!rasterFormatOf(bytes)) {
    throw new VitrineError('rendition/unsupported', 'This is not a picture of a format that can be shown.')
  }
  try {
    return await decode(bytes, pixelLimit)
  } catch (error) {
    throw asDecodeFailure(error)
  }
}

async function decode(bytes: Buffer, pixelLimit: number): Promise<DecodedPicture> {
  const source = sharp(bytes, { failOn: 'error', limitInputPixels: pixelLimit, autoOrient: true, animated: false })
  const metadata = await source.metadata()
  if (metadata.width * metadata.height > pixelLimit) throw tooLarge
  const credit = readCredit(metadata)
  const web = await shrink(source, renditionBox['web.1280'])
  const flat = withoutNeedlessAlpha(web)
  return {
    picture: shownSize(metadata),
    renditions: [
      await encode('web.1280', flat, credit),
      await encode('thumbnail.319', await shrink(sharpOf(flat), renditionBox['thumbnail.319']), credit),
    ],
  }
}

const tooLarge = new VitrineError('rendition/too-large', 'This picture has too many pixels to be shown.')

function shownSize({ autoOrient, width, height }: Metadata): PixelSize {
  return { width: autoOrient.width || width, height: autoOrient.height || height }
}

async function shrink(picture: Sharp, box: number): Promise<Raster> {
  const { data, info } = await picture
    .resize({ width: box, height: box, fit: 'inside', withoutEnlargement: true })
    .toColourspace('srgb')
    .raw({ depth: 'uchar' })
    .toBuffer({ resolveWithObject: true })
  return { pixels: data, width: info.width, height: info.height, channels: info.channels === 4 ? 4 : 3 }
}

/** Many PNG files have an alpha channel that hides nothing. As JPEG such a picture is a fraction of the size. */
function withoutNeedlessAlpha(raster: Raster): Raster {
  const { pixels, channels, width, height } = raster
  if (channels === 3) return raster
  for (let at = 3; at < pixels.length; at += 4) if (pixels[at] !== 255) return raster
  const opaque = Buffer.allocUnsafe(width * height * 3)
  for (let from = 0, to = 0; to < opaque.length; from += 4, to += 3) pixels.copy(opaque, to, from, from + 3)
  return { pixels: opaque, width, height, channels: 3 }
}

function sharpOf({ pixels, width, height, channels }: Raster): Sharp {
  return sharp(pixels, { raw: { width, height, channels } })
}

/**
 * Opaque pictures become JPEG: every program opens it. Those with transparency become WebP, which all browsers show,
 * and which is a small part of a PNG (75 kB for 3.7 MB, of a generated photograph); laying them over a colour instead would guess the page they end up on.
 *
 * The JPEG has quality 80, is progressive and uses mozjpeg's quantisation table, but not its trellis search: that would
 * save 13 % more and take 3 times as long (80 instead of 25 ms for 1280 x 960 pixels).
 */
async function encode(
  name: RenditionName,
  raster: Raster,
  credit: Credit,
): Promise<EncodedRendition & { readonly bytes: Buffer }> {
  const { width, height } = raster
  const picture = withCredit(sharpOf(raster).withIccProfile('srgb'), credit)
  const isOpaque = raster.channels === 3
  const encoded = isOpaque
    ? picture.jpeg({ quality: 80, progressive: true, quantisationTable: 3 })
    : picture.webp({ quality: 80, alphaQuality: 90, effort: 3 })
  const bytes = await encoded.toBuffer()
  return { name, mediaType: isOpaque ? 'image/jpeg' : 'image/webp', width, height, length: bytes.length, bytes }
}

function withCredit(picture: Sharp, credit: Credit): Sharp {
  const xmp = creditAsXmp(credit)
  return xmp ? picture.withExif({ IFD0: creditAsExif(credit) }).withXmp(xmp) : picture
}

function asDecodeFailure(error: unknown): VitrineError {
  if (error instanceof VitrineError) return error
  const reason = error instanceof Error ? error.message : String(error)
  const isTooLarge = /pixel limit|memory|too large|exceed/i.test(reason)
  return isTooLarge
    ? new VitrineError('rendition/too-large', tooLarge.message, { reason })
    : new VitrineError('rendition/damaged', 'This file is damaged, or is not what it says.', { reason })
}
