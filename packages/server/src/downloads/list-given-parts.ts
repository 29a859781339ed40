import type { DownloadId, ShareLinkId } from '@vitrine/domain'
import type { Parts } from '../parts.ts'
import { selectGivenParts, selectNewestDownload } from './given-part-store.ts'
import { partUrl } from './part-capability.ts'

/** The address of one part, as it was given out. */
export interface GivenPartUrl {
  /** Root-relative, with its capability. */
  readonly url: string
  /** Strong, with its quotes. */
  readonly etag: string
}

/** What was given out of a link's downloads. */
export interface GivenOut {
  /** The newest download. */
  readonly download: DownloadId | undefined
  readonly parts: readonly GivenPartUrl[]
  /** How many parts there are beyond these. */
  readonly more: number
}

/** The addresses of the parts of a link's downloads, whatever has become of them, at most so many. */
export async function listGivenParts(
  { db, keys }: Pick<Parts, 'db' | 'keys'>,
  shareLink: ShareLinkId,
  limit: number,
): Promise<GivenOut> {
  const [download, given] = await Promise.all([
    selectNewestDownload(db, shareLink),
    selectGivenParts(db, shareLink, limit),
  ])
  return {
    download,
    parts: given.parts.map(({ generation, etag, ...part }) => ({
      url: partUrl(keys, { ...part, owner: { kind: 'visitor', shareLink, generation } }),
      etag,
    })),
    more: given.total - given.parts.length,
  }
}
