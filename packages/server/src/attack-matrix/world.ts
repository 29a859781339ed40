import type { PublicItem } from '@vitrine/api/public'
import type { NodeId, ShareLinkId } from '@vitrine/domain'
import { aServer, callerOf, type Caller, type TestServer, expectStatus } from '@vitrine/testkit'
import {
  aFolder,
  anAsset,
  aShareLink,
  idOf,
  itemNamed,
  setAcl,
  theRoot,
  trash,
  type MadeNode,
  type SharedLink,
} from '@vitrine/testkit/share-link-words'
import sharp from 'sharp'
import { vi } from 'vitest'
import { publicIdsOf } from '../share-links/public-ids.ts'

/** A link of the matrix: all show the same folder. */
export interface MatrixLink extends SharedLink {
  /** Somebody to whom it opens. */
  readonly visitor: Caller
  /** The folder that is its target. */
  readonly folder: PublicItem
  /** A picture in it, with its renditions ready. */
  readonly picture: PublicItem
  /** Another asset in it. */
  readonly text: PublicItem
}

/** Everything that the matrix attacks. */
export interface MatrixWorld {
  readonly server: TestServer
  /** Opens. */
  readonly right: MatrixLink
  /** Opens too, and is not the right one. */
  readonly other: MatrixLink
  /** Open too: what they show was fixed. */
  readonly fixed: readonly MatrixLink[]
  /** Opens for people with an account alone. */
  readonly members: MatrixLink
  /** Somebody with an account, who has no right on anything: what they send with each request. */
  readonly member: Readonly<Record<string, string>>
  /** What each dead link answers: one of each mode for each code. */
  readonly dead: readonly { readonly code: DeadCode; readonly link: MatrixLink }[]
  /** What the right link would call nodes that it does not show, if it ever did: a sibling, a parent, the root, the trash. */
  readonly outside: readonly string[]
  /** Names that must never be seen in an answer: of what lies outside. */
  readonly secretNames: readonly string[]
}

const deadCodes = ['share-link/expired', 'share-link/revoked', 'share-link/suspended'] as const
type DeadCode = (typeof deadCodes)[number]

const year = 360 * 86_400_000

/** Makes a server with all kinds of links. */
export async function aMatrixWorld(): Promise<MatrixWorld> {
  const server = await aServer({ environment: { VITRINE_DOWNLOAD_GRACE: '24h' } })
  const admin = server.as('admin')
  const root = await theRoot(admin)
  const client = await aFolder(admin, root, 'Secret client')
  const campaign = await aFolder(admin, client, 'Campaign')
  const sibling = await anAsset(admin, client, 'secret-sibling.txt', 'a secret')
  const trashed = await anAsset(admin, campaign, 'secret-trashed.txt', 'a secret too')
  const denied = await anAsset(admin, campaign, 'secret-denied.txt', 'a secret as well')
  await anAsset(admin, campaign, 'picture.png', await aPicture())
  await anAsset(admin, campaign, 'text.txt', 'a text for everyone')
  await trash(admin, trashed)

  const [holder, leaver] = [server.as('holder'), server.as('leaver')]
  const [holderId, leaverId] = [await idOf(holder), await idOf(leaver)]
  const all = ['read', 'share', 'download-original', 'download-rendition'] as const
  const allow = (principal: string) => ({ principal, effect: 'allow', privileges: all }) as const
  await setAcl(admin, campaign, [allow(holderId), allow(leaverId)])
  await setAcl(admin, denied, [{ principal: holderId, effect: 'deny', privileges: ['read'] }])

  const password = 'correct horse battery staple'
  expectStatus(await admin.post('/api/v1/users', { name: 'member', password }), 201)
  const member = { authorization: `Basic ${Buffer.from(`member:${password}`).toString('base64')}` }
  const asMember = callerOf((method, path, { headers, ...rest } = {}) =>
    server.anonymous.request(method, path, { ...rest, headers: { ...member, ...headers } }),
  )
  const make = async (who: Caller, more: object = {}, visitor = server.public) => {
    const expiresAt = new Date(server.now() + year).toISOString()
    return completeLink(await aShareLink(who, [campaign], { expiresAt, ...more }), visitor)
  }
  const [right, other] = [await make(holder), await make(holder)]
  const fixed = [await make(holder, { mode: 'frozen' }), await make(holder, { mode: 'versions' })]
  const dead: { code: DeadCode; link: MatrixLink }[] = []
  for (const mode of ['live', 'frozen', 'versions']) {
    for (const code of deadCodes) {
      dead.push({ code, link: await make(code === 'share-link/suspended' ? leaver : holder, { mode }) })
    }
  }
  const ids = publicIdsOf(server.parts.keys, right.id as ShareLinkId)
  return {
    server,
    right,
    other,
    fixed,
    members: await make(holder, { audience: 'members' }, asMember),
    member,
    dead,
    outside: [sibling, trashed, denied, client, root].map(({ id }) => ids.of(id as NodeId)),
    secretNames: ['Secret client', 'secret-sibling', 'secret-trashed', 'secret-denied', 'a secret'],
  }
}

/**
 * Ends the dead links, each in its way. Called after their rows have been asked for while they lived, so that what is
 * dead is known to have worked.
 */
export async function killLinks({ server, dead }: MatrixWorld): Promise<void> {
  const admin = server.as('admin')
  const [expired, revoked, suspended] = deadCodes.map((wanted) =>
    dead.filter(({ code }) => code === wanted).map(({ link }) => link),
  )
  const justNow = new Date(server.now() + 1000).toISOString()
  for (const { id } of expired ?? []) {
    expectStatus(await admin.patch(`/api/v1/share-links/${id}`, { expiresAt: justNow }), 200)
  }
  server.wait(2000)
  for (const { id } of revoked ?? []) expectStatus(await admin.post(`/api/v1/share-links/${id}/revoke`), 200)
  const leaver = suspended?.[0]?.holder.id
  const campaign = suspended?.[0]?.targets[0] as MadeNode
  const { entries } = (await admin.get(`/api/v1/nodes/${campaign.id}/acl`)).json<{
    entries: { principal: string; effect: 'allow' | 'deny'; privileges: string[] }[]
  }>()
  const kept = entries.filter(({ principal }) => principal !== leaver)
  await setAcl(
    admin,
    campaign,
    kept.map(({ principal, effect, privileges }) => ({ principal, effect, privileges })),
  )
}

async function completeLink(shareLink: SharedLink, visitor: Caller): Promise<MatrixLink> {
  const folder = await itemNamed(visitor, shareLink, 'Campaign')
  const text = await itemNamed(visitor, shareLink, 'text.txt', folder)
  const picture = await vi.waitFor(
    async () => {
      const found = await itemNamed(visitor, shareLink, 'picture.png', folder)
      if (found.thumbnail === undefined) throw new Error('the thumbnail is not there yet')
      return found
    },
    { timeout: 60_000, interval: 200 },
  )
  return { ...shareLink, visitor, folder, text, picture }
}

function aPicture(): Promise<Buffer> {
  const background = { r: 200, g: 30, b: 60 }
  return sharp({ create: { width: 640, height: 480, channels: 3, background } })
    .png()
    .toBuffer()
}
