import { shareLinkState, VitrineError, type NodeId, type ShareLink, type ShareLinkId } from '@vitrine/domain'
import type { FastifyRequest } from 'fastify'
import { BoundedMap } from '../bounded-map.ts'
import type { Parts } from '../parts.ts'
import { outermostTargets, standingsOfLinks, type LinkStanding } from './link-standing.ts'
import { makeLinkView } from './make-link-view.ts'
import type { OpenLink } from './open-link.ts'
import { publicIdsOf } from './public-ids.ts'
import { nameOf, selectClaimed, type StoredShareLink } from './share-link-store.ts'
import { claimOf, tokenOpens } from './token.ts'

type Needed = Pick<Parts, 'db' | 'keys' | 'clock'>

/**
 * The link that a visitor's token opens.
 *
 * Whether the token is missing, malformed, of no link or wrongly signed: one look-up of a row and one signature are made,
 * and one error is thrown.
 *
 * @param sh the value of the request's `sh`, whatever it is
 * @throws {VitrineError} `share-link/not-found`, or for a right token `share-link/revoked`, `share-link/expired`,
 *   `share-link/suspended`
 */
export async function resolveShareLink(parts: Needed, sh: unknown): Promise<OpenLink> {
  const claimed = claimOf(sh)
  const { epoch, shareLink } = await selectClaimed(parts.db, claimed.shareLink)
  const isRight = tokenOpens(parts.keys, claimed, shareLink ?? { id: claimed.shareLink, generation: 1 })
  if (shareLink === undefined || !isRight) throw notFound()
  return open(parts, shareLink, epoch, ['revoked', 'expired', 'suspended'])
}

/** The link that a request's `sh` opens, as {@link resolveShareLink} does. */
export function linkOf(parts: Needed, request: Pick<FastifyRequest, 'query'>): Promise<OpenLink> {
  return resolveShareLink(parts, (request.query as { sh?: unknown }).sh)
}

/**
 * The link of something that was given out for it earlier, such as the capability of a part. Expiry is left to the
 * caller: what was queued before it may be finished after it.
 *
 * @param generation of the link when it was given out: nothing of an older one is valid
 * @throws {VitrineError} `share-link/not-found`, `share-link/revoked`, `share-link/suspended`
 */
export async function reopenShareLink(parts: Needed, id: ShareLinkId, generation: number): Promise<OpenLink> {
  const { epoch, shareLink } = await selectClaimed(parts.db, id)
  if (shareLink === undefined || shareLink.generation !== generation) throw notFound()
  return open(parts, shareLink, epoch, ['revoked', 'suspended'])
}

function notFound(): VitrineError {
  return new VitrineError('share-link/not-found', 'There is no such link. Look whether the address is complete.')
}

const sentences = {
  revoked: 'This link was ended by the person who shared it.',
  expired: 'This link has expired. Ask the person who sent it to you for a new one.',
  suspended: 'This link is not available at present. The person who shared it has been told.',
}

async function open(
  parts: Needed,
  stored: StoredShareLink,
  epoch: number,
  refused: readonly (keyof typeof sentences)[],
): Promise<OpenLink> {
  const now = parts.clock()
  const refuse = (state: ReturnType<typeof shareLinkState>) => {
    if (state === 'live' || !refused.includes(state)) return
    throw new VitrineError(`share-link/${state}`, sentences[state], { shareLink: stored.id })
  }
  // What the row alone tells needs no look at rights.
  refuse(shareLinkState(stored, now, []))
  const { standing, outermost, holderName } = await readStanding(parts, stored, epoch)
  refuse(shareLinkState({ ...stored, expiresAt: null }, now, standing.reasons))
  const ids = publicIdsOf(parts.keys, stored.id)
  return {
    shareLink: withTargets(stored, standing),
    holder: { id: stored.holder, displayName: holderName },
    epoch,
    view: makeLinkView({ db: parts.db, shareLink: stored, standing, outermost, ids }),
  }
}

/** The link as its row says, with those of its targets that are still there. */
function withTargets(stored: StoredShareLink, standing: LinkStanding): ShareLink {
  const { suspendedAt: _suspendedAt, opens: _opens, ...shareLink } = stored
  return { ...shareLink, targets: standing.targets.map(({ id }) => id) }
}

/** What is remembered of a link that opens, for as long as the access epoch stands still. */
interface Remembered {
  readonly epoch: number
  readonly holder: StoredShareLink['holder']
  /** By the process's own clock, in ms. */
  readonly readAt: number
  readonly standing: LinkStanding
  readonly outermost: readonly NodeId[]
  readonly holderName: string
}

/** Rights that are given, not taken, move no epoch: they show after this time at the latest, in ms. */
const longestMemory = 2000
const mostRemembered = 1000
const memories = new WeakMap<Parts['db'], BoundedMap<ShareLinkId, Remembered>>()

async function readStanding(parts: Needed, shareLink: StoredShareLink, epoch: number): Promise<Remembered> {
  const memory = memories.get(parts.db) ?? new BoundedMap<ShareLinkId, Remembered>(mostRemembered)
  memories.set(parts.db, memory)
  const known = memory.get(shareLink.id)
  const readAt = performance.now()
  if (known?.epoch === epoch && known.holder === shareLink.holder && readAt - known.readAt < longestMemory) return known
  memory.delete(shareLink.id)
  const standing = (await standingsOfLinks(parts.db, [shareLink])).get(shareLink.id)
  if (standing === undefined) throw new Error('a link has no holder')
  const [outermost, holderName] = await Promise.all([
    outermostTargets(parts.db, standing),
    nameOf(parts.db, shareLink.holder),
  ])
  const read = { epoch, holder: shareLink.holder, readAt, standing, outermost, holderName }
  if (standing.reasons.length === 0) memory.set(shareLink.id, read)
  return read
}
