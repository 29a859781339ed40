/** A width and a height, in pixels. */
export interface Extent {
  readonly width: number
  readonly height: number
}

/** How an image lies in its frame. */
export interface Zoom {
  /** Pixels of the frame per pixel of the image. */
  readonly scale: number
  /** From the middle of the frame to the middle of the image, in pixels of the frame. */
  readonly x: number
  readonly y: number
}

/** The largest scale one can zoom to. */
export const LARGEST_SCALE = 8

/** The whole image, as large as the frame allows, never larger than its own pixels. */
export function fit(frame: Extent, image: Extent): Zoom {
  return { scale: fitScale(frame, image), x: 0, y: 0 }
}

/** The scale at which the whole image is seen; at most 1. */
export function fitScale(frame: Extent, image: Extent): number {
  if (image.width <= 0 || image.height <= 0) return 1
  return Math.min(1, frame.width / image.width, frame.height / image.height)
}

/**
 * Zooms to a scale so that the point under the pointer stays where it is.
 *
 * @param point from the middle of the frame, in pixels
 */
export function zoomTo(zoom: Zoom, scale: number, point: { x: number; y: number }, frame: Extent, image: Extent): Zoom {
  const bounded = Math.max(fitScale(frame, image), Math.min(LARGEST_SCALE, scale))
  const ratio = bounded / zoom.scale
  const moved = { scale: bounded, x: point.x - (point.x - zoom.x) * ratio, y: point.y - (point.y - zoom.y) * ratio }
  return keepInside(moved, frame, image)
}

/** Moves the image, but not so far that the frame shows emptiness which the image could fill. */
export function pan(zoom: Zoom, dx: number, dy: number, frame: Extent, image: Extent): Zoom {
  return keepInside({ scale: zoom.scale, x: zoom.x + dx, y: zoom.y + dy }, frame, image)
}

/** Whether the image is seen whole. */
export function isFit(zoom: Zoom, frame: Extent, image: Extent): boolean {
  return zoom.scale <= fitScale(frame, image) * 1.001
}

function keepInside(zoom: Zoom, frame: Extent, image: Extent): Zoom {
  const spareX = Math.max(0, (image.width * zoom.scale - frame.width) / 2)
  const spareY = Math.max(0, (image.height * zoom.scale - frame.height) / 2)
  return {
    scale: zoom.scale,
    x: Math.max(-spareX, Math.min(spareX, zoom.x)) + 0,
    y: Math.max(-spareY, Math.min(spareY, zoom.y)) + 0,
  }
}
