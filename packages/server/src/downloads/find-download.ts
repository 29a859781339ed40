import { downloadEndsAt, type DownloadId, type VisitorId, VitrineError } from '@vitrine/domain'
import type { Parts } from '../parts.ts'
import type { DoorParts } from '../share-links/members-door.ts'
import type { OpenLink } from '../share-links/open-link.ts'
import { reopenShareLink } from '../share-links/resolve-share-link.ts'
import { contentsWithdrawn, countWithdrawn } from './check-contents.ts'
import type { StoredDownload, StoredPart } from './download.ts'
import { selectDownload, selectPart } from './download-store.ts'
import { opensPart } from './part-capability.ts'

type Needed = Pick<Parts, 'db' | 'keys' | 'clock' | 'config' | 'blobs'>

/** A download that its asker may have, and its link as it is now. */
export interface FoundDownload {
  readonly link: OpenLink
  readonly download: StoredDownload
}

/** One part of a download, to be sent. */
export interface FoundPart extends FoundDownload {
  readonly part: StoredPart
}

/**
 * A download of a visitor, in whatever state.
 *
 * @throws {VitrineError} `download/not-found`, also when it is another visitor's, or another link's
 */
export async function findOwnDownload(
  parts: Pick<Parts, 'db'>,
  link: OpenLink,
  visitor: VisitorId | undefined,
  id: string,
): Promise<StoredDownload> {
  const download = await selectDownload(parts.db, id as DownloadId)
  const isOwn = download?.visitor === visitor && download?.shareLink === link.shareLink.id
  if (!download || !isOwn || download.generation !== link.shareLink.generation) throw noDownload()
  return download
}

/**
 * The part that a capability opens. What is wrong with it is told only to who has the capability.
 *
 * @throws {VitrineError} `download/not-found` for a wrong capability, with no difference to an unknown download;
 *   `share-link/members-only` where its link is for members and does not open here, or whoever queued it is none any more;
 *   `share-link/revoked` and `share-link/suspended`; and as {@link requireReady}
 */
export async function findPart(
  parts: Needed & Pick<DoorParts, 'members'>,
  id: string,
  number: number,
  dl: string,
): Promise<FoundPart> {
  const [download, part] = await Promise.all([
    selectDownload(parts.db, id as DownloadId),
    selectPart(parts.db, id as DownloadId, number),
  ])
  const claim = { download: id as DownloadId, number, ...(download ?? unknownLink) }
  const isRight = opensPart(parts.keys, claim, dl)
  if (!download || !isRight) throw noDownload(true)
  const member = parts.members.isHere ? download.member : undefined
  const link = await reopenShareLink(parts, { ...download, member })
  await requireReady(parts, { link, download })
  if (!part) throw noDownload()
  return { link, download, part }
}

const unknownLink = { shareLink: '' as StoredDownload['shareLink'], generation: 0 }

/**
 * Lets through a download whose contents may be given now.
 *
 * @throws {VitrineError} `download/not-ready`, `download/cancelled`, `download/expired`, `download/contents-withdrawn`
 */
export async function requireReady(parts: Needed, { link, download }: FoundDownload): Promise<void> {
  const state = stateOf(parts, link, download)
  if (state === 'cancelled') throw new VitrineError('download/cancelled', 'This download was cancelled.')
  if (state === 'expired') throw new VitrineError('download/expired', 'This download is not kept any longer.')
  if (state === 'withdrawn') throw contentsWithdrawn(download.withdrawn)
  if (state === 'failed') throw new VitrineError('download/empty', 'This download could not be made.')
  if (state !== 'ready') {
    throw new VitrineError('download/not-ready', 'This download is still being prepared.', { retryAfter: 2 })
  }
  const withdrawn = await countWithdrawn(parts, link, download)
  if (withdrawn > 0) throw contentsWithdrawn(withdrawn)
}

/** The state of a download, by its times and its link's as they are now. */
export function stateOf(
  parts: Pick<Parts, 'clock' | 'config'>,
  link: OpenLink,
  download: StoredDownload,
): StoredDownload['state'] {
  const isLiving = ['queued', 'preparing', 'ready'].includes(download.state)
  return isLiving && parts.clock() >= endOf(parts, link, download) ? 'expired' : download.state
}

/** When a download ends, in ms since the Unix epoch. */
export function endOf({ config }: Pick<Parts, 'config'>, link: OpenLink, download: StoredDownload): number {
  const policy = { retention: config.downloadRetention, grace: config.downloadGrace }
  return Math.min(download.expiresAt, downloadEndsAt(download.createdAt, link.shareLink.expiresAt, policy))
}

/** @param miss whether it counts as a guess */
function noDownload(miss = false): VitrineError {
  return new VitrineError('download/not-found', 'There is no such download.', miss ? { miss } : {})
}
