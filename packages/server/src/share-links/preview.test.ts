import type { ShareLinkPreview } from '@vitrine/api'
import { aServer, type Caller, type TestServer, expectStatus } from '@vitrine/testkit'
import {
  aFolder,
  aFreshFolder,
  anAsset,
  aShareLink,
  everythingShown,
  idOf,
  setAcl,
  trash,
  type MadeNode,
} from '@vitrine/testkit/share-link-words'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

let server: TestServer
beforeAll(async () => {
  server = await aServer()
})
afterAll(() => server.stop())

const admin = () => server.as('admin')
const preview = async (who: Caller, nodes: readonly { id: string }[], more: object = {}) =>
  expectStatus(
    await who.post('/api/v1/share-links/preview', { targets: nodes.map(({ id }) => id), ...more }),
    200,
  ).json<ShareLinkPreview>()
const all = ['read', 'share', 'download-original', 'download-rendition'] as const
const entry = async (user: Caller, effect: 'allow' | 'deny', ...privileges: string[]) => ({
  principal: await idOf(user),
  effect,
  privileges,
})

describe('the preview of a share link', () => {
  it('counts folders, assets and bytes, of each target and of all together', async () => {
    const [campaign, other] = [await aFreshFolder(admin()), await aFreshFolder(admin())]
    const print = await aFolder(admin(), campaign, 'Print')
    await anAsset(admin(), print, 'a.txt', '12345')
    const b = await anAsset(admin(), campaign, 'b.txt', '123')
    const seen = await preview(admin(), [campaign, b, other, print])
    expect(seen).toMatchObject({ shown: { folders: 3, assets: 2, bytes: 8 }, leftOut: [] })
    expect(seen.targets.map(({ name, kind, state, shown }) => [name, kind, state, shown])).toEqual([
      [campaign.name, 'folder', 'shown', { folders: 2, assets: 2, bytes: 8 }],
      ['b.txt', 'asset', 'shown', { folders: 0, assets: 1, bytes: 3 }],
      [other.name, 'folder', 'shown', { folders: 1, assets: 0, bytes: 0 }],
      ['Print', 'folder', 'shown', { folders: 1, assets: 1, bytes: 5 }],
    ])
  })

  it('tells what is left out and why, and nothing of what the asker may not see', async () => {
    const campaign = await aFreshFolder(admin())
    const ann = server.as('ann')
    const closed = await aFolder(admin(), campaign, 'Closed')
    await anAsset(admin(), closed, 'closed.txt', '12')
    const invisible = await aFolder(admin(), campaign, 'Invisible')
    await anAsset(admin(), invisible, 'invisible.txt')
    const locked = await anAsset(admin(), campaign, 'locked.txt', '1234')
    await anAsset(admin(), campaign, 'open.txt', '1')
    await trash(admin(), await anAsset(admin(), campaign, 'old.txt'))
    await trash(admin(), await aFolder(admin(), campaign, 'Old'))
    const secretlyTrashed = await anAsset(admin(), campaign, 'secretly.txt')
    await setAcl(admin(), secretlyTrashed, [await entry(ann, 'deny', 'read')])
    await trash(admin(), secretlyTrashed)
    await setAcl(admin(), campaign, [await entry(ann, 'allow', ...all)])
    await setAcl(admin(), closed, [await entry(ann, 'deny', 'share')])
    await setAcl(admin(), invisible, [await entry(ann, 'deny', 'read')])
    await setAcl(admin(), locked, [await entry(ann, 'deny', 'download-original')])

    const seen = await preview(ann, [campaign])
    expect(seen.shown).toEqual({ folders: 1, assets: 2, bytes: 5 })
    expect(byReason(seen)).toEqual({
      'no-share': { folders: 1, assets: 1, bytes: 2, names: ['Closed'] },
      'no-original': { folders: 0, assets: 1, bytes: 4, names: ['locked.txt'] },
      'in-trash': { folders: 1, assets: 1, bytes: 0, names: [] },
    })
    expect(seen.targets[0]?.leftOut).toEqual(seen.leftOut)
    expect(Object.keys(byReason(await preview(ann, [campaign], { originals: false })))).not.toContain('no-original')

    // Through somebody else's rights: what they may not see counts, where the asker may.
    const holder = await idOf(ann)
    expect(byReason(await preview(admin(), [campaign], { holder }))).toMatchObject({
      'no-read': { folders: 1, assets: 1, names: ['Invisible'] },
      'no-share': { folders: 1, assets: 1, names: ['Closed'] },
    })
    const refused = await ann.post('/api/v1/share-links/preview', {
      targets: [campaign.id],
      holder: await idOf(server.as('bob')),
    })
    expect([refused.status, refused.json()['code']]).toEqual([403, 'access/denied'])
  })

  it('says of each target why no link can be made with it', async () => {
    const campaign = await aFreshFolder(admin())
    const cal = server.as('cal')
    await setAcl(admin(), campaign, [await entry(cal, 'allow', 'read')])
    const trashed = await anAsset(admin(), campaign, 'trashed.txt')
    await trash(admin(), trashed)
    const hiddenFolder = await aFreshFolder(admin())
    const alsoTrashed = await anAsset(admin(), hiddenFolder, 'also.txt')
    await trash(admin(), alsoTrashed)
    const missing = { id: '01900000-0000-7000-8000-000000000000' }
    const seen = await preview(cal, [campaign, trashed, hiddenFolder, alsoTrashed, missing])
    expect(seen.targets.map(({ name, state }) => [name, state])).toEqual([
      [campaign.name, 'no-share'],
      ['trashed.txt', 'in-trash'],
      [null, 'not-found'],
      [null, 'not-found'],
      [null, 'not-found'],
    ])
    expect(seen.shown).toEqual({ folders: 0, assets: 0, bytes: 0 })
    expect(JSON.stringify(seen)).not.toContain(hiddenFolder.name)
  })

  it('counts what a link then shows, whatever the rights in the tree', async () => {
    const anEntry = fc.tuple(
      fc.nat(6),
      fc.constantFrom('allow', 'deny'),
      fc.subarray(['read', 'share', 'download-original'], { minLength: 1 }),
    )
    const holder = server.as('someone')
    await fc.assert(
      fc.asyncProperty(
        fc.array(anEntry, { maxLength: 6 }),
        fc.subarray([0, 1, 2, 3, 4], { minLength: 1 }),
        async (entries, chosen) => {
          const nodes = await aTree()
          await setAcl(admin(), nodes[0]!, [await entry(holder, 'allow', ...all)])
          for (const [at, effect, privileges] of entries) {
            if (at > 0) await setAcl(admin(), nodes[at]!, [await entry(holder, effect, ...privileges)])
          }
          const targets = chosen.map((at) => nodes[at]!)
          const seen = await preview(holder, targets)
          if (seen.targets.some(({ state }) => state !== 'shown')) return
          for (const mode of ['live', 'frozen']) {
            const shareLink = await aShareLink(holder, targets, { mode })
            const shown = await everythingShown(server.public, shareLink)
            const count = (kind: string) => shown.filter((item) => item.kind === kind).length
            expect({ folders: count('folder'), assets: count('asset') }).toEqual({
              folders: seen.shown.folders,
              assets: seen.shown.assets,
            })
            expect(shown.reduce((sum, { size }) => sum + size, 0)).toBe(seen.shown.bytes)
          }
        },
      ),
      { numRuns: 12 },
    )
  }, 120_000)
})

/** Folder, folder in it, folder in that, and an asset in each; and an empty one beside. */
async function aTree(): Promise<MadeNode[]> {
  const outer = await aFreshFolder(admin())
  const middle = await aFolder(admin(), outer, 'middle')
  const inner = await aFolder(admin(), middle, 'inner')
  const assets = [
    await anAsset(admin(), outer, 'outer.txt', '1'),
    await anAsset(admin(), middle, 'middle.txt', '12'),
    await anAsset(admin(), inner, 'inner.txt', '1234'),
  ]
  return [outer, middle, inner, ...assets, await aFolder(admin(), outer, 'empty')]
}

function byReason({ leftOut }: ShareLinkPreview): Record<string, object> {
  return Object.fromEntries(leftOut.map(({ reason, ...rest }) => [reason, rest]))
}
