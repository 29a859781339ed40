import {
  shareLinkState,
  VitrineError,
  type NodeId,
  type PrincipalId,
  type ShareLink,
  type ShareLinkId,
} from '@vitrine/domain'
import type { FastifyRequest } from 'fastify'
import { BoundedMap } from '../bounded-map.ts'
import type { Parts } from '../parts.ts'
import type { LinkContents } from './link-contents-store.ts'
import { outermostNodes, standingsOfLinks, type LinkStanding } from './link-standing.ts'
import { makeLinkView } from './make-link-view.ts'
import { isAdmitted, membersOnly, type DoorParts } from './members-door.ts'
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
 * @param memberOf asked for a link for members alone: who opens it; undefined: nobody who is signed in
 * @throws {VitrineError} `share-link/not-found`, or for a right token `share-link/members-only`, `share-link/revoked`,
 *   `share-link/expired`, `share-link/suspended`
 */
export async function resolveShareLink(
  parts: Needed,
  sh: unknown,
  memberOf: () => Promise<PrincipalId | undefined>,
): Promise<OpenLink> {
  const claimed = claimOf(sh)
  const { epoch, shareLink } = await selectClaimed(parts.db, claimed.shareLink)
  const isRight = tokenOpens(parts.keys, claimed, shareLink ?? { id: claimed.shareLink, generation: 1 })
  if (shareLink === undefined || !isRight) throw notFound()
  const member = shareLink.audience === 'members' ? await memberOf() : undefined
  // Before its state is looked at: that is nothing for strangers.
  if (shareLink.audience === 'members' && member === undefined) throw membersOnly()
  return open(parts, shareLink, { epoch, member }, ['revoked', 'expired', 'suspended'])
}

/** The link that a request's `sh` opens on this listener, as {@link resolveShareLink} does. */
export function linkOf(parts: Needed & Pick<DoorParts, 'members'>, request: FastifyRequest): Promise<OpenLink> {
  return resolveShareLink(parts, (request.query as { sh?: unknown }).sh, () => parts.members.memberOf(request))
}

/** What was given out for a link earlier. */
export interface GivenForLink {
  readonly shareLink: ShareLinkId
  /** Of the link when it was given out: nothing of an older one is valid. */
  readonly generation: number
  /** To whom, when the link was for members then. */
  readonly member: PrincipalId | undefined
}

/**
 * The link of something that was given out for it earlier, such as the capability of a part. Expiry is left to the
 * caller: what was queued before it may be finished after it.
 *
 * @throws {VitrineError} `share-link/not-found`, `share-link/members-only` when it is for members and was not given to one
 *   who still is, `share-link/revoked`, `share-link/suspended`
 */
export async function reopenShareLink(parts: Needed, given: GivenForLink): Promise<OpenLink> {
  const { member } = given
  const { epoch, shareLink } = await selectClaimed(parts.db, given.shareLink)
  if (shareLink === undefined || shareLink.generation !== given.generation) throw notFound()
  if (!(await isAdmitted(parts, shareLink.audience, member))) throw membersOnly()
  return open(parts, shareLink, { epoch, member }, ['revoked', 'suspended'])
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
  { epoch, member }: Pick<OpenLink, 'epoch' | 'member'>,
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
  const contents = contentsOf(stored)
  return {
    shareLink: withTargets(stored, standing),
    holder: { id: stored.holder, displayName: holderName },
    member,
    epoch,
    view: makeLinkView({ db: parts.db, shareLink: stored, contents, standing, outermost, ids }),
  }
}

function contentsOf({ id, mode }: StoredShareLink): LinkContents {
  return { shareLink: id, mode }
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
/** A link with more nodes at which visitors begin is looked at anew each time. */
const mostOutermost = 2000
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
    outermostNodes(parts.db, contentsOf(shareLink), standing),
    nameOf(parts.db, shareLink.holder),
  ])
  const read = { epoch, holder: shareLink.holder, readAt, standing, outermost, holderName }
  if (standing.reasons.length === 0 && outermost.length <= mostOutermost) memory.set(shareLink.id, read)
  return read
}
