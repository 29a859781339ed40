/** The renditions of a picture, by name. Names are part of the API. */
export const renditionNames = ['thumbnail.319', 'web.1280'] as const

/** One of {@link renditionNames}. */
export type RenditionName = (typeof renditionNames)[number]

/** The rendition that stands for an asset in a list. Shown wherever the asset is. */
export const thumbnailName = 'thumbnail.319' satisfies RenditionName

/** Side of the square that the rendition fits into, in pixels. */
export const renditionBox = { 'thumbnail.319': 319, 'web.1280': 1280 } as const satisfies Record<RenditionName, number>

/** Width and height, in pixels. */
export interface PixelSize {
  readonly width: number
  readonly height: number
}

/** Whether this names a rendition. */
export function isRenditionName(name: string): name is RenditionName {
  return renditionNames.some((known) => known === name)
}

/**
 * The size of a picture fitted into a square: the longer side is the square's, the shorter follows the
 * picture's shape, at least 1 pixel. A picture that is small enough already stays as it is.
 *
 * @param box the square's side, in pixels
 */
export function fitInside(picture: PixelSize, box: number): PixelSize {
  const scale = Math.min(1, box / Math.max(picture.width, picture.height))
  return { width: scaled(picture.width, scale), height: scaled(picture.height, scale) }
}

function scaled(side: number, scale: number): number {
  return Math.max(1, Math.round(side * scale))
}

/** File extension of a rendition, without a dot: `poster.web.1280.jpeg`. */
export function renditionExtension(mediaType: string): string {
  return mediaType === 'image/webp' ? 'webp' : 'jpeg'
}
