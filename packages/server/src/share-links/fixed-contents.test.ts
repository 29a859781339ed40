import type { PublicItem, PublicItemDetail } from '@vitrine/api/public'
import { aServer, type TestServer, expectStatus } from '@vitrine/testkit'
import { aDownload, downloadNow, everything, partBytes, unpacked } from '@vitrine/testkit/download-words'
import {
  aFolder,
  aFreshFolder,
  anAsset,
  aShareLink,
  everythingShown,
  idOf,
  itemNamed,
  itemsOf,
  move,
  newVersion,
  setAcl,
  trash,
  type MadeNode,
  type SharedLink,
} from '@vitrine/testkit/share-link-words'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { collectBlobs } from '../blobs/collect-blobs.ts'

let server: TestServer
beforeAll(async () => {
  server = await aServer()
})
afterAll(() => server.stop())

const admin = () => server.as('admin')
const patch = (shareLink: SharedLink, change: object) => admin().patch(`/api/v1/share-links/${shareLink.id}`, change)
const namesOf = (items: readonly { name: string }[]) => items.map(({ name }) => name).toSorted()
const shownBy = async (shareLink: SharedLink) => namesOf(await everythingShown(server.public, shareLink))
const originalOf = async (shareLink: SharedLink, item: PublicItem) =>
  expectStatus(await server.public.get(shareLink.at(`/items/${item.id}/original`)), 200).text
const detailOf = async (shareLink: SharedLink, item: PublicItem) =>
  expectStatus(await server.public.get(shareLink.at(`/items/${item.id}`)), 200).json<PublicItemDetail>()
const modes = ['frozen', 'versions'] as const

describe.each(modes)('a link in mode %s', (mode) => {
  it('does not show what is added later, and says when it was fixed', async () => {
    const campaign = await aFreshFolder(admin())
    const print = await aFolder(admin(), campaign, 'Print')
    await anAsset(admin(), print, 'poster.txt')
    const shareLink = await aShareLink(admin(), [campaign], { mode })
    expect(shareLink).toMatchObject({ mode, frozenAt: shareLink.createdAt })
    await anAsset(admin(), print, 'later.txt')
    await anAsset(admin(), await aFolder(admin(), campaign, 'Later'), 'latest.txt')
    expect(await shownBy(shareLink)).toEqual([campaign.name, 'Print', 'poster.txt'])
    const [folder] = (await itemsOf(server.public, shareLink)).items
    expect(folder?.children).toBe(1)
    const inPrint = await itemNamed(server.public, shareLink, 'Print', folder)
    expect(await itemsOf(server.public, shareLink, { folder: inPrint.id })).toMatchObject({ total: 1, next: null })
  })

  it('shows what has moved, under its name of now, at the beginning where it lies in no folder of the link', async () => {
    const [campaign, elsewhere] = [await aFreshFolder(admin()), await aFreshFolder(admin())]
    const print = await aFolder(admin(), campaign, 'Print')
    const poster = await anAsset(admin(), print, 'poster.txt', 'a poster')
    await anAsset(admin(), campaign, 'flyer.txt')
    const shareLink = await aShareLink(admin(), [campaign], { mode })
    const folder = await itemNamed(server.public, shareLink, campaign.name)

    await move(admin(), poster, elsewhere)
    const out = await itemNamed(server.public, shareLink, 'poster.txt')
    expect(await originalOf(shareLink, out)).toBe('a poster')
    expect((await detailOf(shareLink, out)).path.map(({ name }) => name)).toEqual(['poster.txt'])
    expect(namesOf((await itemsOf(server.public, shareLink)).items)).toEqual([campaign.name, 'poster.txt'].toSorted())

    // Into a folder below the target that is not in the link: still met at the beginning, and nowhere twice.
    const later = await aFolder(admin(), campaign, 'Later')
    await move(admin(), poster, later)
    expect(await shownBy(shareLink)).toEqual([campaign.name, 'Print', 'flyer.txt', 'poster.txt'].toSorted())

    await move(admin(), poster, campaign)
    expect((await itemNamed(server.public, shareLink, 'poster.txt', folder)).id).toBe(out.id)
    await admin().post(`/api/v1/nodes/${poster.id}/move`, { parent: campaign.id, name: 'new name.txt' })
    expect((await itemNamed(server.public, shareLink, 'new name.txt', folder)).id).toBe(out.id)
  })

  it('shows a folder that has moved with what was in it', async () => {
    const [campaign, elsewhere] = [await aFreshFolder(admin()), await aFreshFolder(admin())]
    const print = await aFolder(admin(), campaign, 'Print')
    await anAsset(admin(), print, 'poster.txt')
    const shareLink = await aShareLink(admin(), [campaign], { mode })
    await move(admin(), print, elsewhere)
    await anAsset(admin(), print, 'later.txt')
    expect(await shownBy(shareLink)).toEqual([campaign.name, 'Print', 'poster.txt'])
    await trash(admin(), campaign)
    expect(await shownBy(shareLink)).toEqual(['Print', 'poster.txt'])
    await trash(admin(), print)
    expect((await server.public.get(shareLink.at('/items'))).json()['code']).toBe('share-link/suspended')
  })

  it('leaves out what its holder could not share when it was made, and what they cannot share any more', async () => {
    const campaign = await aFreshFolder(admin())
    const [secret, open] = [await aFolder(admin(), campaign, 'Secret'), await aFolder(admin(), campaign, 'Open')]
    await anAsset(admin(), secret, 'secret.txt')
    const poster = await anAsset(admin(), open, 'poster.txt')
    const hidden = await anAsset(admin(), open, 'hidden.txt')
    const principal = await idOf(server.as(`holder of ${campaign.name}`))
    const holder = server.as(`holder of ${campaign.name}`)
    await setAcl(admin(), campaign, [
      { principal, effect: 'allow', privileges: ['read', 'share', 'download-original'] },
    ])
    const deny = { principal, effect: 'deny', privileges: ['share'] } as const
    await setAcl(admin(), secret, [deny])
    await setAcl(admin(), hidden, [deny])
    const shareLink = await aShareLink(holder, [campaign], { mode })
    expect(await shownBy(shareLink)).toEqual([campaign.name, 'Open', 'poster.txt'].toSorted())
    const item = await itemNamed(server.public, shareLink, 'poster.txt', await openFolder(shareLink, campaign))

    await setAcl(admin(), secret, [])
    await setAcl(admin(), hidden, [])
    await setAcl(admin(), poster, [deny])
    expect(await shownBy(shareLink)).toEqual([campaign.name, 'Open'].toSorted())
    expect((await server.public.get(shareLink.at(`/items/${item.id}/original`))).status).toBe(404)
    await setAcl(admin(), poster, [])
    await server.parts.db
      .updateTable('access_epoch')
      .set({ epoch: sql`epoch + 1` })
      .execute()
    expect(await shownBy(shareLink)).toEqual([campaign.name, 'Open', 'poster.txt'].toSorted())
  })

  it('shows a target below another one though what lies between is hidden', async () => {
    const campaign = await aFreshFolder(admin())
    const secret = await aFolder(admin(), campaign, 'Secret')
    const inner = await aFolder(admin(), secret, 'Inner')
    await anAsset(admin(), inner, 'poster.txt')
    await anAsset(admin(), secret, 'secret.txt')
    const holder = server.as(`sharer of ${campaign.name}`)
    const principal = await idOf(holder)
    const allow = { principal, effect: 'allow', privileges: ['read', 'share'] } as const
    await setAcl(admin(), campaign, [allow])
    await setAcl(admin(), secret, [{ principal, effect: 'deny', privileges: ['share'] }])
    await setAcl(admin(), inner, [allow])
    const shareLink = await aShareLink(holder, [campaign, inner], { mode })
    expect(await shownBy(shareLink)).toEqual([campaign.name, 'Inner', 'poster.txt'])
  })

  it('gives in a download what it shows, wherever that is now, and nothing else', async () => {
    const [campaign, elsewhere] = [await aFreshFolder(admin()), await aFreshFolder(admin())]
    const print = await aFolder(admin(), campaign, 'Print')
    const poster = await anAsset(admin(), print, 'poster.txt', 'a poster')
    await anAsset(admin(), print, 'flyer.txt', 'a flyer')
    const shareLink = await aShareLink(admin(), [campaign], { mode })
    await anAsset(admin(), print, 'later.txt', 'later')
    await anAsset(admin(), await aFolder(admin(), print, 'Later'), 'latest.txt', 'latest')
    await move(admin(), poster, elsewhere)
    const visitor = server.aVisitor()
    const all = await aDownload(visitor, shareLink)
    const files = Object.entries(unpacked(await partBytes(server.public, all))).filter(([path]) => !path.endsWith('/'))
    expect(Object.fromEntries(files.map(([path, text]) => [path.split('/').at(-1), text]))).toEqual({
      'flyer.txt': 'a flyer',
      'poster.txt': 'a poster',
    })
    expect(files).toHaveLength(2)
    // Chosen together with the folder below which it lies now, in one that is not in the link.
    await move(admin(), poster, await aFolder(admin(), campaign, 'Unknown'))
    const items = (await itemsOf(server.public, shareLink)).items.map(({ id }) => id)
    const chosen = await aDownload(visitor, shareLink, { ...everything, items })
    expect(chosen.entries).toBe(2)
    // Moving it again within the link's contents withdraws nothing.
    await move(admin(), poster, elsewhere)
    expect(await downloadNow(visitor, shareLink, chosen)).toMatchObject({ state: 'ready' })
    expect((await server.public.get(chosen.parts[0]?.url ?? '')).status).toBe(200)
  })

  it('is searched, ordered and paged like any other', async () => {
    const campaign = await aFreshFolder(admin())
    const files = ['c.txt', 'a.txt', '10.bin', '9.bin', 'b.txt']
    for (const [at, name] of files.entries()) await anAsset(admin(), campaign, name, 'x'.repeat(10 * (at + 1)))
    const shareLink = await aShareLink(admin(), [campaign], { mode })
    for (const name of ['aa.txt', '1.bin']) await anAsset(admin(), campaign, name, 'later')
    const { id: folder } = await itemNamed(server.public, shareLink, campaign.name)
    const inOrder = async (query: Readonly<Record<string, string>>) => {
      const names: string[] = []
      let next: string | null = ''
      while (next !== null) {
        const more: Record<string, string> = next === '' ? {} : { cursor: next }
        const page: Awaited<ReturnType<typeof itemsOf>> = await itemsOf(server.public, shareLink, {
          folder,
          limit: 2,
          ...query,
          ...more,
        })
        names.push(...page.items.map(({ name }) => name))
        next = page.next
      }
      return names
    }
    expect(await inOrder({})).toEqual(['9.bin', '10.bin', 'a.txt', 'b.txt', 'c.txt'])
    expect(await inOrder({ sort: '-size' })).toEqual(files.toReversed())
    expect(await inOrder({ filter: '.TXT', sort: '-name' })).toEqual(['c.txt', 'b.txt', 'a.txt'])
    const ten = await itemNamed(server.public, shareLink, '10.bin', { id: folder } as PublicItem)
    const { previous, next } = await detailOf(shareLink, ten)
    const names = await Promise.all(
      [previous, next].map(async (id = '') => (await detailOf(shareLink, { id } as PublicItem)).name),
    )
    expect(names).toEqual(['9.bin', 'a.txt'])
  })

  it('can be shown live, and be fixed anew, and only then shows more', async () => {
    const campaign = await aFreshFolder(admin())
    await anAsset(admin(), campaign, 'first.txt')
    const shareLink = await aShareLink(admin(), [campaign], { mode })
    await anAsset(admin(), campaign, 'second.txt')
    for (const change of [{ mode }, { title: 'Renamed' }, { mode: 'versions' }, { mode: 'frozen' }, { mode }]) {
      expectStatus(await patch(shareLink, change), 200)
      expect(await shownBy(shareLink)).toEqual([campaign.name, 'first.txt'])
    }
    expectStatus(await patch(shareLink, { freezeAgain: true }), 200)
    expect(await shownBy(shareLink)).toEqual([campaign.name, 'first.txt', 'second.txt'])
    await anAsset(admin(), campaign, 'third.txt')
    const live = expectStatus(await patch(shareLink, { mode: 'live' }), 200).json()
    expect(live).toMatchObject({ mode: 'live', frozenAt: null, url: shareLink.url })
    expect(await shownBy(shareLink)).toEqual([campaign.name, 'first.txt', 'second.txt', 'third.txt'])
    expect((await patch(shareLink, { freezeAgain: true })).status).toBe(400)
    expectStatus(await patch(shareLink, { mode }), 200)
    await anAsset(admin(), campaign, 'fourth.txt')
    expect(await shownBy(shareLink)).toHaveLength(4)
  })

  it('forgets what was fixed when it is revoked, so that it keeps no version', async () => {
    const campaign = await aFreshFolder(admin())
    await anAsset(admin(), campaign, 'first.txt')
    const shareLink = await aShareLink(admin(), [campaign], { mode })
    const fixed = () =>
      server.parts.db.selectFrom('share_link_contents').where('share_link_id', '=', shareLink.id).selectAll().execute()
    expect(await fixed()).toHaveLength(2)
    expectStatus(await admin().post(`/api/v1/share-links/${shareLink.id}/revoke`), 200)
    expect(await fixed()).toEqual([])
  })

  it('does not show what lay in the trash when it was fixed, though that is restored', async () => {
    const campaign = await aFreshFolder(admin())
    const [old, folder] = [await anAsset(admin(), campaign, 'old.txt'), await aFolder(admin(), campaign, 'Old')]
    await anAsset(admin(), folder, 'older.txt')
    for (const node of [old, folder]) await trash(admin(), node)
    const shareLink = await aShareLink(admin(), [campaign], { mode })
    for (const node of [old, folder]) expectStatus(await admin().post(`/api/v1/nodes/${node.id}/restore`), 200)
    expect(await shownBy(shareLink)).toEqual([campaign.name])
  })

  it('stands in for no other one: what it was fixed to is over', async () => {
    const campaign = await aFreshFolder(admin())
    const shareLink = await aShareLink(admin(), [campaign], { mode })
    expect((await aShareLink(admin(), [campaign], { mode, reuse: true })).id).not.toBe(shareLink.id)
  })

  it('is not said to be still being filled', async () => {
    const campaign = await aFreshFolder(admin())
    const shareLink = await aShareLink(admin(), [campaign], { mode })
    await sql`
      insert into imports (id, folder_id, source, state, started_by, started_at, files_total)
      select ${campaign.id}::uuid, ${campaign.id}::uuid, '', 'running', id, now(), 10
      from principals where name = 'admin'`.execute(server.parts.db)
    expect((await itemsOf(server.public, shareLink)).link.filling).toBeNull()
    const live = await aShareLink(admin(), [campaign])
    expect((await itemsOf(server.public, live)).link.filling).toEqual({ done: 0, total: 10 })
  })
})

describe('a link in mode versions', () => {
  it('gives and describes each asset as it was, while mode frozen gives it as it is', async () => {
    const campaign = await aFreshFolder(admin())
    const poster = await anAsset(admin(), campaign, 'poster.txt', 'one')
    await anAsset(admin(), campaign, 'other.txt', 'four')
    const pinned = await aShareLink(admin(), [campaign], { mode: 'versions' })
    const frozen = await aShareLink(admin(), [campaign], { mode: 'frozen' })
    const before = await itemNamed(server.public, pinned, 'poster.txt', await openTarget(pinned))
    const queued = await aDownload(server.aVisitor(), pinned)
    const archive = await partBytes(server.public, queued)
    await newVersion(admin(), poster, 'another one')

    const after = await itemNamed(server.public, pinned, 'poster.txt', await openTarget(pinned))
    expect(after).toEqual(before)
    expect(await originalOf(pinned, after)).toBe('one')
    const sorted = await itemsOf(server.public, pinned, { folder: (await openTarget(pinned)).id, sort: 'size' })
    expect(sorted.items.map(({ name }) => name)).toEqual(['poster.txt', 'other.txt'])
    const live = await itemsOf(server.public, frozen, { folder: (await openTarget(frozen)).id })
    const now = live.items.find(({ name }) => name === 'poster.txt')
    expect(now?.size).toBe('another one'.length)

    const again = await aDownload(server.aVisitor(), pinned)
    expect(await partBytes(server.public, again)).toEqual(archive)
    expect(again.parts[0]?.etag).toBe(queued.parts[0]?.etag)
    // What is pinned now is what the asset is now.
    expectStatus(await patch(frozen, { mode: 'versions' }), 200)
    await newVersion(admin(), poster, 'a third one')
    expect(await originalOf(frozen, now!)).toBe('another one')
    expectStatus(await patch(frozen, { mode: 'frozen' }), 200)
    expect(await originalOf(frozen, now!)).toBe('a third one')
  })

  it('keeps its versions: they cannot be removed, and garbage collection leaves their bytes', async () => {
    const campaign = await aFreshFolder(admin())
    const poster = await anAsset(admin(), campaign, 'poster.txt', 'the pinned bytes')
    const shareLink = await aShareLink(admin(), [poster], { mode: 'versions' })
    await newVersion(admin(), poster, 'the new bytes')
    const removal = sql`delete from versions where asset_id = ${poster.id} and number = 1`.execute(server.parts.db)
    await expect(removal).rejects.toThrow(/share_link_contents/)
    await collectBlobs(server.parts, {}, new AbortController().signal, { grace: 0, fileSweepEvery: 0 })
    await collectBlobs(server.parts, {}, new AbortController().signal, { grace: 0, fileSweepEvery: 0 })
    const item = await itemNamed(server.public, shareLink, 'poster.txt')
    expect(await originalOf(shareLink, item)).toBe('the pinned bytes')
  })

  it('goes with its assets when these are removed for good', async () => {
    const campaign = await aFreshFolder(admin())
    const poster = await anAsset(admin(), campaign, 'poster.txt')
    const shareLink = await aShareLink(admin(), [campaign], { mode: 'versions' })
    await sql`delete from nodes where id = ${poster.id}`.execute(server.parts.db)
    expect(await shownBy(shareLink)).toEqual([campaign.name])
  })
})

async function openTarget(shareLink: SharedLink): Promise<PublicItem> {
  const [folder] = (await itemsOf(server.public, shareLink)).items
  if (folder === undefined) throw new Error('the link shows nothing')
  return folder
}

async function openFolder(shareLink: SharedLink, target: MadeNode): Promise<PublicItem> {
  return itemNamed(server.public, shareLink, 'Open', await itemNamed(server.public, shareLink, target.name))
}
