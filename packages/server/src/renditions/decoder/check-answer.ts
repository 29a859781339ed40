import {
  fitInside,
  type PixelSize,
  rasterFormatOf,
  renditionBox,
  type RenditionName,
  renditionNames,
  VitrineError,
} from '@vitrine/domain'
import type { Frame } from './frames.ts'
import type { DecodeAnswer, EncodedRendition } from './protocol.ts'

/** One rendition, and its bytes. */
export interface MadeBytes extends PixelSize {
  readonly name: RenditionName
  readonly mediaType: string
  readonly bytes: Buffer
}

/** All renditions of a picture. */
export interface MadePicture {
  /** The picture as it is shown. */
  readonly picture: PixelSize
  readonly renditions: readonly MadeBytes[]
}

/** Largest rendition that is believed, in bytes: 1280 x 1280 pixels without any compression. */
export const renditionLimit = 1280 * 1280 * 4

/** Longest side of a picture that is believed, in pixels. */
const longestSide = 1 << 24

/**
 * Takes an answer apart, and believes nothing: a picture may have taken the decoder over.
 *
 * @throws {VitrineError} what the decoder said, with the fact `byDecoder`; `rendition/damaged` when it makes no sense
 */
export function checkAnswer({ header, body }: Frame<DecodeAnswer>): MadePicture {
  if (header.kind === 'failed') throw failureOf(header.code, header.reason)
  if (header.kind !== 'made') throw nonsense('kind')
  const { picture, renditions } = header
  if (!isSize(picture, longestSide)) throw nonsense('size of the picture')
  if (
    renditions
      .map(({ name }) => name)
      .toSorted()
      .join() !== [...renditionNames].join()
  )
    throw nonsense('names')
  let end = 0
  const made = renditions.map((rendition) => {
    const start = end
    end += rendition.length
    return checkRendition(rendition, picture, body.subarray(start, end))
  })
  if (end !== body.length) throw nonsense('length')
  return { picture: { width: picture.width, height: picture.height }, renditions: made }
}

function checkRendition(rendition: EncodedRendition, picture: PixelSize, bytes: Buffer): MadeBytes {
  const { name, width, height, mediaType, length } = rendition
  if (bytes.length !== length || length > renditionLimit) throw nonsense('length of a rendition')
  if (`image/${rasterFormatOf(bytes)}` !== mediaType) throw nonsense('type of a rendition')
  const box = fitInside(picture, renditionBox[name])
  const isClose = Math.abs(width - box.width) <= 1 && Math.abs(height - box.height) <= 1
  if (!isSize(rendition, renditionBox[name]) || !isClose) throw nonsense('size of a rendition')
  return { name, width, height, mediaType, bytes }
}

function isSize({ width, height }: PixelSize, longest: number): boolean {
  return [width, height].every((side) => Number.isInteger(side) && side >= 1 && side <= longest)
}

const sentences = {
  'rendition/unsupported': 'This is not a picture of a format that can be shown.',
  'rendition/too-large': 'This picture has too many pixels to be shown.',
  'rendition/damaged': 'This file is damaged, or is not what it says.',
} as const

function failureOf(code: string, reason: string): VitrineError {
  const known =
    (Object.keys(sentences) as (keyof typeof sentences)[]).find((name) => name === code) ?? 'rendition/damaged'
  return new VitrineError(known, sentences[known], { reason: reason.slice(0, 500), byDecoder: true })
}

function nonsense(what: string): VitrineError {
  return new VitrineError('rendition/damaged', sentences['rendition/damaged'], {
    reason: `answer with a wrong ${what}`,
  })
}
