import { isDeepStrictEqual } from 'node:util'
import { downloadEndsAt, type DownloadId, type PrincipalId, type VisitorId, VitrineError } from '@vitrine/domain'
import type { Parts } from '../parts.ts'
import type { DoorParts } from '../share-links/members-door.ts'
import type { OpenLink } from '../share-links/open-link.ts'
import { contentsWithdrawn, countWithdrawn } from './check-contents.ts'
import type { DownloadOwner, StoredDownload, StoredPart } from './download.ts'
import { selectDownload, selectPart } from './download-store.ts'
import { type GivenDownload, type Giver, reopenGiver } from './giver.ts'
import { opensPart } from './part-capability.ts'

type Needed = Pick<Parts, 'db' | 'keys' | 'clock' | 'config' | 'blobs'>

/** One part of a download, to be sent. The owner is who it is given to here: its giver is reopened for nobody else. */
export interface FoundPart extends GivenDownload {
  readonly part: StoredPart
}

/** A visitor of a link as the owner of what is queued now. */
export function visitorOwner({ shareLink, member }: OpenLink, visitor: VisitorId): DownloadOwner {
  return { kind: 'visitor', shareLink: shareLink.id, generation: shareLink.generation, visitor, member }
}

/**
 * A download of an owner, in whatever state.
 *
 * @param owner undefined: nobody, who has none
 * @throws {VitrineError} `download/not-found`, also when it is another owner's
 */
export async function findOwnDownload(
  parts: Pick<Parts, 'db'>,
  owner: DownloadOwner | undefined,
  id: string,
): Promise<StoredDownload> {
  const download = await selectDownload(parts.db, id as DownloadId)
  if (!download || !owner || !isDeepStrictEqual(download.owner, owner)) throw noDownload()
  return download
}

/**
 * The part that a capability opens. What is wrong with it is told only to who has the capability.
 *
 * Where nobody can be signed in, parts of users' downloads and of links for members are not given.
 *
 * @throws {VitrineError} `download/not-found` for a wrong capability, with no difference to an unknown download;
 *   `share-link/members-only` where its link is for members and does not open here, or whoever queued it is none any more;
 *   `share-link/revoked` and `share-link/suspended`; and as {@link requireReady}
 */
export async function findPart(
  parts: Needed & Pick<DoorParts, 'members'>,
  { id, number, dl }: { readonly id: string; readonly number: number; readonly dl: string },
): Promise<FoundPart> {
  const [download, part] = await Promise.all([
    selectDownload(parts.db, id as DownloadId),
    selectPart(parts.db, id as DownloadId, number),
  ])
  const owner = download?.owner ?? nobodys
  const { isHere } = parts.members
  const isRight = opensPart(parts.keys, { download: id as DownloadId, number, owner }, dl)
  if (!download || !isRight || (owner.kind === 'user' && !isHere)) throw noDownload(true)
  const asked: DownloadOwner = isHere || owner.kind === 'user' ? owner : { ...owner, member: undefined }
  const giver = await reopenGiver(parts, asked)
  await requireReady(parts, { giver, download })
  if (!part) throw noDownload()
  return { giver, download: { ...download, owner: asked }, part }
}

const nobodys: DownloadOwner = { kind: 'user', user: '' as PrincipalId }

/**
 * Lets through a download whose contents may be given now.
 *
 * @throws {VitrineError} `download/not-ready`, `download/cancelled`, `download/expired`, `download/contents-withdrawn`
 */
export async function requireReady(parts: Needed, { giver, download }: GivenDownload): Promise<void> {
  const state = stateOf(parts, giver, download)
  if (state === 'cancelled') throw new VitrineError('download/cancelled', 'This download was cancelled.')
  if (state === 'expired') throw new VitrineError('download/expired', 'This download is not kept any longer.')
  if (state === 'withdrawn') throw contentsWithdrawn(download.withdrawn)
  if (state === 'failed') throw new VitrineError('download/empty', 'This download could not be made.')
  if (state !== 'ready') {
    throw new VitrineError('download/not-ready', 'This download is still being prepared.', { retryAfter: 2 })
  }
  const withdrawn = await countWithdrawn(parts, giver, download)
  if (withdrawn > 0) throw contentsWithdrawn(withdrawn)
}

/** The state of a download, by its times and its giver's as they are now. */
export function stateOf(
  parts: Pick<Parts, 'clock' | 'config'>,
  giver: Giver,
  download: StoredDownload,
): StoredDownload['state'] {
  const isLiving = ['queued', 'preparing', 'ready'].includes(download.state)
  return isLiving && parts.clock() >= endOf(parts, giver, download) ? 'expired' : download.state
}

/** When a download ends, in ms since the Unix epoch. */
export function endOf({ config }: Pick<Parts, 'config'>, giver: Giver, download: StoredDownload): number {
  const policy = { retention: config.downloadRetention, grace: config.downloadGrace }
  return Math.min(download.expiresAt, downloadEndsAt(download.createdAt, giver.expiresAt, policy))
}

/** @param miss whether it counts as a guess */
function noDownload(miss = false): VitrineError {
  return new VitrineError('download/not-found', 'There is no such download.', miss ? { miss } : {})
}
