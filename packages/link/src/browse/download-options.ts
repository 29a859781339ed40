import type { DownloadLayout, DownloadRequest, PublicLink } from '@vitrine/api/public'

/** Renditions that a visitor may choose. */
export const offeredRenditions = ['web.1280', 'thumbnail.319'] as const

/** What a visitor wants of each asset. */
export interface DownloadOptions {
  readonly originals: boolean
  readonly renditions: readonly string[]
  readonly layout: DownloadLayout
}

/** What is chosen at first: originals where the link allows them, else the larger rendition. */
export function usualOptions(link: Pick<PublicLink, 'originals' | 'renditions'>): DownloadOptions {
  return {
    originals: link.originals,
    renditions: !link.originals && link.renditions ? ['web.1280'] : [],
    layout: 'tree',
  }
}

/** The options without what the link does not allow (any more). */
export function allowedOptions(
  options: DownloadOptions,
  link: Pick<PublicLink, 'originals' | 'renditions'>,
): DownloadOptions {
  const allowed = {
    originals: options.originals && link.originals,
    renditions: link.renditions ? options.renditions : [],
    layout: options.layout,
  }
  return allowed.originals || allowed.renditions.length > 0 ? allowed : usualOptions(link)
}

/** The part of a request that the options make. */
export function requestedOptions(options: DownloadOptions): Omit<DownloadRequest, 'items' | 'except'> {
  return { originals: options.originals, renditions: options.renditions, layout: options.layout }
}
