import type { PublicItem } from '@vitrine/api/public'
import type { NodeId, ShareLinkId } from '@vitrine/domain'
import { aServer, type TestServer, expectStatus } from '@vitrine/testkit'
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
  /** What each dead link answers. */
  readonly dead: readonly { readonly code: string; readonly link: MatrixLink }[]
  /** What the right link would call nodes that it does not show, if it ever did: a sibling, a parent, the root, the trash. */
  readonly outside: readonly string[]
  /** Names that must never be seen in an answer: of what lies outside. */
  readonly secretNames: readonly string[]
}

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

  const make = async (who = holder) => {
    const expiresAt = new Date(server.now() + year).toISOString()
    return completeLink(server, await aShareLink(who, [campaign], { expiresAt }))
  }
  const right = await make()
  const [other, expired, revoked, suspended] = [await make(), await make(), await make(), await make(leaver)]
  const ids = publicIdsOf(server.parts.keys, right.id as ShareLinkId)
  return {
    server,
    right,
    other,
    dead: [
      { code: 'share-link/expired', link: expired },
      { code: 'share-link/revoked', link: revoked },
      { code: 'share-link/suspended', link: suspended },
    ],
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
  const [expired, revoked, suspended] = dead.map(({ link }) => link)
  const justNow = new Date(server.now() + 1000).toISOString()
  expectStatus(await admin.patch(`/api/v1/share-links/${expired?.id}`, { expiresAt: justNow }), 200)
  server.wait(2000)
  expectStatus(await admin.post(`/api/v1/share-links/${revoked?.id}/revoke`), 200)
  const campaign = suspended?.targets[0] as MadeNode
  const { entries } = (await admin.get(`/api/v1/nodes/${campaign.id}/acl`)).json<{
    entries: { principal: string; effect: 'allow' | 'deny'; privileges: string[] }[]
  }>()
  const kept = entries.filter(({ principal }) => principal !== suspended?.holder.id)
  await setAcl(
    admin,
    campaign,
    kept.map(({ principal, effect, privileges }) => ({ principal, effect, privileges })),
  )
}

async function completeLink(server: TestServer, shareLink: SharedLink): Promise<MatrixLink> {
  const folder = await itemNamed(server.public, shareLink, 'Campaign')
  const text = await itemNamed(server.public, shareLink, 'text.txt', folder)
  const picture = await vi.waitFor(
    async () => {
      const found = await itemNamed(server.public, shareLink, 'picture.png', folder)
      if (found.thumbnail === undefined) throw new Error('the thumbnail is not there yet')
      return found
    },
    { timeout: 60_000, interval: 200 },
  )
  return { ...shareLink, folder, text, picture }
}

function aPicture(): Promise<Buffer> {
  const background = { r: 200, g: 30, b: 60 }
  return sharp({ create: { width: 640, height: 480, channels: 3, background } })
    .png()
    .toBuffer()
}
