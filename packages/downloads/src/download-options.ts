import type { DownloadLayout } from '@vitrine/api/public'

/** Renditions that may be chosen. */
export const offeredRenditions = ['web.1280', 'thumbnail.319'] as const

/** What may be downloaded of each asset. */
export interface AllowedContents {
  readonly originals: boolean
  readonly renditions: boolean
}

/** What is wanted of each asset. */
export interface DownloadOptions {
  readonly originals: boolean
  readonly renditions: readonly (typeof offeredRenditions)[number][]
  readonly layout: DownloadLayout
}

/** What is chosen at first: originals where they are allowed, else the larger rendition. */
export function usualOptions(link: AllowedContents): DownloadOptions {
  return {
    originals: link.originals,
    renditions: !link.originals && link.renditions ? ['web.1280'] : [],
    layout: 'tree',
  }
}

/** The options without what is not allowed (any more). */
export function allowedOptions(options: DownloadOptions, link: AllowedContents): DownloadOptions {
  const allowed = {
    originals: options.originals && link.originals,
    renditions: link.renditions ? options.renditions : [],
    layout: options.layout,
  }
  return allowed.originals || allowed.renditions.length > 0 ? allowed : usualOptions(link)
}

/** Whether nothing at all is wanted. */
export function isNothing({ originals, renditions }: DownloadOptions): boolean {
  return !originals && renditions.length === 0
}
