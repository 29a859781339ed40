import type { Extent } from '@vitrine/ui/zoom.ts'
import type { PublicItemDetail } from '@vitrine/api/public'

/** An image that can be shown now. */
export interface ShownImage {
  readonly url: string
  /** In pixels. */
  readonly extent: Extent
}

/** The longest side of the renditions, in pixels. */
const WEB = 1280
const THUMBNAIL = 319

/** The largest rendition that is ready: the web image, else the thumbnail. */
export function largestRendition(item: PublicItemDetail): ShownImage | undefined {
  const web = item.renditions.find(
    ({ name, state, url }) => name === 'web.1280' && state === 'ready' && url !== undefined,
  )
  if (web?.url !== undefined) return { url: web.url, extent: extentOf(web, item, WEB) }
  return item.thumbnail === undefined ? undefined : { url: item.thumbnail, extent: extentOf({}, item, THUMBNAIL) }
}

function extentOf(image: { width?: number; height?: number }, item: PublicItemDetail, longest: number): Extent {
  if (image.width !== undefined && image.height !== undefined) return { width: image.width, height: image.height }
  const { width = 4, height = 3 } = item
  const scale = Math.min(item.width === undefined ? Infinity : 1, longest / Math.max(width, height))
  return { width: Math.max(1, Math.round(width * scale)), height: Math.max(1, Math.round(height * scale)) }
}
