import type { ClosingCheck, ClosingCheckDoor } from '@vitrine/api'
import { shareLinkState, VitrineError, type BlobHash, type PublicItemId, type ShareLinkId } from '@vitrine/domain'
import { etagOfBlob } from '../blobs/blob-hash.ts'
import { inParallel } from '../blobs/in-parallel.ts'
import { listGivenParts } from '../downloads/list-given-parts.ts'
import type { Listener } from '../http/listeners.ts'
import type { RouteRecord } from '../http/routes-of.ts'
import type { Parts } from '../parts.ts'
import { renditionsOf } from '../renditions/renditions-of.ts'
import { askDoor, isClosed } from './ask-door.ts'
import { questionsAbout, unknownRoutes, type AskedLink, type Question } from './closing-questions.ts'
import { seenShareLink, type LinkUser } from './own-share-link.ts'
import { completeShareLinks } from './present-share-links.ts'
import { publicIdsOf } from './public-ids.ts'
import type { StoredShareLink } from './share-link-store.ts'
import { selectShownItem } from './shown-item-store.ts'
import { tokenOf } from './token.ts'

type Needed = Pick<Parts, 'db' | 'keys' | 'clock' | 'listeners' | 'localToken'>

/** Parts of downloads that are asked for at most. */
const mostParts = 250
const questionsAtOnce = 8

/**
 * Asks every public door of a link that has ended, over HTTP and with its real token, whether it is closed: on each listener
 * of this process each route of the router's own list, plain and conditionally, and every part that was given out.
 *
 * What is asked for is what a visitor had, and every way in is a question: a route that nobody knows how to ask counts as
 * open.
 *
 * @param routes the public routes, as the router has them
 * @throws {VitrineError} `share-link/not-found`; `share-link/not-ended` while the link opens
 */
export async function checkClosing(
  parts: Needed,
  user: LinkUser,
  id: ShareLinkId,
  routes: readonly RouteRecord[],
): Promise<ClosingCheck> {
  const shareLink = await endedLink(parts, user, id)
  const link = await askedLink(parts, shareLink)
  const asked = [...parts.listeners.open].flatMap(([listener, address]) =>
    [...questionsAbout(link, routes)].map((question) => ({ listener, address, question })),
  )
  const doors: ClosingCheckDoor[] = []
  await inParallel([...asked.entries()], questionsAtOnce, async ([place, { listener, address, question }]) => {
    const answer = await askDoor(address, question, authorizationFor(parts, shareLink, listener))
    doors[place] = presentDoor(listener, question, answer, isClosed(answer, shareLink.audience))
  })
  const notAsked = [...parts.listeners.open.keys()].flatMap((listener) =>
    unknownRoutes(routes).map((route) => presentUnknown(listener, route)),
  )
  const all = [...doors, ...notAsked]
  return {
    checkedAt: new Date(parts.clock()).toISOString(),
    doors: all,
    partsNotAsked: link.givenOut.more,
    allClosed: all.length > 0 && link.givenOut.more === 0 && all.every(({ closed }) => closed),
  }
}

async function endedLink(parts: Needed, user: LinkUser, id: ShareLinkId): Promise<StoredShareLink> {
  const shareLink = await seenShareLink(parts.db, user, id)
  const [found] = await completeShareLinks(parts.db, [shareLink])
  if (shareLinkState(shareLink, parts.clock(), found?.standing.reasons ?? []) !== 'live') return shareLink
  throw new VitrineError('share-link/not-ended', 'This share link still opens. End it first, then look.')
}

async function askedLink(parts: Needed, shareLink: StoredShareLink): Promise<AskedLink> {
  const { id } = shareLink
  const [shown, givenOut] = await Promise.all([selectShownItem(parts.db, id), listGivenParts(parts, id, mostParts)])
  const item = shown && publicIdsOf(parts.keys, id).of(shown.id)
  return {
    id,
    token: tokenOf(parts.keys, shareLink),
    item: item ?? ('A'.repeat(22) as PublicItemId),
    etags: shown?.blob ? await etagsOf(parts, shown.blob) : new Map<string, string>(),
    givenOut,
  }
}

/** The tags that a visitor may have seen of an asset's bytes. */
async function etagsOf({ db }: Needed, blob: BlobHash): Promise<ReadonlyMap<string, string>> {
  const renditions = (await renditionsOf(db, [blob])).get(blob) ?? {}
  const ready = Object.entries(renditions).flatMap(([name, rendition]) =>
    rendition?.state === 'ready' ? [[`renditions/${name}`, etagOfBlob(rendition.blob)] as const] : [],
  )
  return new Map([['original', etagOfBlob(blob)], ...ready])
}

/** A link for members is asked as one of them, where they open it: to strangers it is closed in any state. */
function authorizationFor(parts: Needed, { audience }: StoredShareLink, listener: Listener): string | undefined {
  return audience === 'members' && listener === 'main' ? `Bearer ${parts.localToken.reveal()}` : undefined
}

function presentDoor(
  listener: Listener,
  { method, route, url, ifNoneMatch }: Question,
  { status, code }: ClosingCheckDoor['answer'],
  closed: boolean,
): ClosingCheckDoor {
  return {
    listener,
    method,
    route,
    url: url.replace(/(?<=[?&](?:sh|dl)=)[^&]+/, '…'),
    condition: ifNoneMatch === null ? null : 'if-none-match',
    answer: { status, code },
    closed,
  }
}

function presentUnknown(listener: Listener, { method, url }: RouteRecord): ClosingCheckDoor {
  return { listener, method, route: url, url, condition: null, answer: { status: 0, code: null }, closed: false }
}
