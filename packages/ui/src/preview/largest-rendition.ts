import type { Extent } from '../zoom.ts'

/** An image that can be shown now. */
export interface ShownImage {
  readonly url: string
  /** In pixels. */
  readonly extent: Extent
}

/** What there is to see of an asset. */
export interface PicturedAsset {
  readonly renditions: readonly PicturedRendition[]
  /** Address of a small picture, when there is one. */
  readonly thumbnail?: string | undefined
  /** Of the original, in pixels. */
  readonly width?: number | undefined
  /** Of the original, in pixels. */
  readonly height?: number | undefined
}

/** A rendition that may be there to be seen. */
export interface PicturedRendition {
  readonly name: string
  readonly state: 'queued' | 'ready' | 'failed'
  readonly url?: string | undefined
  /** In pixels. */
  readonly width?: number | undefined
  /** In pixels. */
  readonly height?: number | undefined
}

/** The longest side of the renditions, in pixels. */
const WEB = 1280
const THUMBNAIL = 319

/** The largest rendition that is ready: the web image, else the thumbnail. */
export function largestRendition(asset: PicturedAsset): ShownImage | undefined {
  const web = asset.renditions.find(
    ({ name, state, url }) => name === 'web.1280' && state === 'ready' && url !== undefined,
  )
  if (web?.url !== undefined) return { url: web.url, extent: extentOf(web, asset, WEB) }
  return asset.thumbnail === undefined ? undefined : { url: asset.thumbnail, extent: extentOf({}, asset, THUMBNAIL) }
}

/** Whether the web image is still being made. */
export function isBeingMade(renditions: readonly PicturedRendition[]): boolean {
  return renditions.some(({ name, state }) => name === 'web.1280' && state === 'queued')
}

function extentOf(image: Partial<PicturedRendition>, asset: PicturedAsset, longest: number): Extent {
  if (image.width !== undefined && image.height !== undefined) return { width: image.width, height: image.height }
  const { width = 4, height = 3 } = asset
  const scale = Math.min(asset.width === undefined ? Infinity : 1, longest / Math.max(width, height))
  return { width: Math.max(1, Math.round(width * scale)), height: Math.max(1, Math.round(height * scale)) }
}
