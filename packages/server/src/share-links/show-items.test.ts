import { aServer, type TestServer, expectStatus } from '@vitrine/testkit'
import {
  aFolder,
  aFreshFolder,
  anAsset,
  aShareLink,
  idOf,
  itemNamed,
  itemsOf,
  setAcl,
  trash,
} from '@vitrine/testkit/share-link-words'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

let server: TestServer
beforeAll(async () => {
  server = await aServer()
})
afterAll(() => server.stop())

const admin = () => server.as('admin')

const namesOf = ({ items }: { items: readonly { name: string }[] }) => items.map(({ name }) => name)

describe('what a share link shows', () => {
  it('is its targets, and in them what the folders hold', async () => {
    const campaign = await aFreshFolder(admin())
    const print = await aFolder(admin(), campaign, 'Print')
    await anAsset(admin(), print, 'poster.txt', 'a poster')
    const shareLink = await aShareLink(admin(), [campaign])

    const targets = await itemsOf(server.public, shareLink)
    expect(targets).toMatchObject({ total: 1, next: null, path: [], link: { title: campaign.name, originals: true } })
    expect(targets.items[0]).toMatchObject({ kind: 'folder', name: campaign.name, size: 0, mediaType: '', children: 1 })

    const folder = await itemNamed(server.public, shareLink, campaign.name)
    const inFolder = await itemsOf(server.public, shareLink, { folder: folder.id })
    expect(namesOf(inFolder)).toEqual(['Print'])
    expect(inFolder.path).toEqual([{ id: folder.id, name: campaign.name }])

    const inPrint = await itemNamed(server.public, shareLink, 'Print', folder)
    const poster = await itemNamed(server.public, shareLink, 'poster.txt', inPrint)
    expect(poster).toMatchObject({ kind: 'asset', size: 8 })
    const detail = expectStatus(await server.public.get(shareLink.at(`/items/${poster.id}`)), 200).json<{
      path: { name: string }[]
      original: string
    }>()
    expect(detail.path.map(({ name }) => name)).toEqual([campaign.name, 'Print', 'poster.txt'])
    expect((await server.public.get(detail.original)).text).toBe('a poster')
  })

  it('comes in pages, by cursor or by offset, with the exact total', async () => {
    const campaign = await aFreshFolder(admin())
    for (const name of ['b.txt', 'a.txt', '10.txt', '9.txt', 'c.txt']) await anAsset(admin(), campaign, name)
    await aFolder(admin(), campaign, 'z folder')
    const shareLink = await aShareLink(admin(), [campaign])
    const { id: folder } = await itemNamed(server.public, shareLink, campaign.name)
    const inOrder = ['z folder', '9.txt', '10.txt', 'a.txt', 'b.txt', 'c.txt']

    const seen: string[] = []
    let cursor: string | null = ''
    while (cursor !== null) {
      const page: Awaited<ReturnType<typeof itemsOf>> = await itemsOf(server.public, shareLink, {
        folder,
        limit: 2,
        ...(cursor !== '' && { cursor }),
      })
      expect(page.total).toBe(6)
      seen.push(...namesOf(page))
      cursor = page.next
    }
    expect(seen).toEqual(inOrder)
    const offset = await itemsOf(server.public, shareLink, { folder, offset: 3, limit: 2 })
    expect([namesOf(offset), offset.total]).toEqual([['a.txt', 'b.txt'], 6])
    const filtered = await itemsOf(server.public, shareLink, { folder, filter: '0.T' })
    expect([namesOf(filtered), filtered.total]).toEqual([['10.txt'], 1])
  })

  it.each(['name', '-name', 'modified', '-modified', 'size', '-size', 'type', '-type'])(
    'can be ordered by %s, and paged in that order',
    async (sort) => {
      const campaign = await aFreshFolder(admin())
      for (const name of ['a.txt', 'B.bin', 'c.txt'])
        await anAsset(admin(), campaign, name, 'x'.repeat(name.length * 3))
      await anAsset(admin(), campaign, 'huge.txt', 'x'.repeat(1000))
      await aFolder(admin(), campaign, 'one')
      await aFolder(admin(), campaign, 'two')
      const shareLink = await aShareLink(admin(), [campaign])
      const { id: folder } = await itemNamed(server.public, shareLink, campaign.name)
      const whole = await itemsOf(server.public, shareLink, { folder, sort })
      expect(whole.items.map(({ kind }) => kind)).toEqual(['folder', 'folder', 'asset', 'asset', 'asset', 'asset'])
      const seen: string[] = []
      let next: string | null = ''
      while (next !== null) {
        const page: Awaited<ReturnType<typeof itemsOf>> = await itemsOf(server.public, shareLink, {
          folder,
          sort,
          limit: 1,
          ...(next !== '' && { cursor: next }),
        })
        seen.push(...namesOf(page))
        next = page.next
      }
      expect(seen).toEqual(namesOf(whole))
      if (sort === '-size') expect(seen[2]).toBe('huge.txt')
    },
  )

  it('follows a target that is moved and renamed', async () => {
    const campaign = await aFreshFolder(admin())
    const poster = await anAsset(admin(), campaign, 'poster.txt', 'a poster')
    const elsewhere = await aFreshFolder(admin())
    const shareLink = await aShareLink(admin(), [poster])
    const before = await itemNamed(server.public, shareLink, 'poster.txt')
    expectStatus(
      await admin().post(`/api/v1/nodes/${poster.id}/move`, { parent: elsewhere.id, name: 'final.txt' }),
      200,
      204,
    )
    const after = await itemNamed(server.public, shareLink, 'final.txt')
    expect(after.id).toBe(before.id)
    expect((await server.public.get(shareLink.at(`/items/${after.id}/original`))).text).toBe('a poster')
  })

  it('never is what takes the place of a target on its path', async () => {
    const campaign = await aFreshFolder(admin())
    const poster = await anAsset(admin(), campaign, 'poster.txt', 'a poster')
    const shareLink = await aShareLink(admin(), [poster])
    const elsewhere = await aFreshFolder(admin())
    await admin().post(`/api/v1/nodes/${poster.id}/move`, { parent: elsewhere.id, name: 'poster.txt' })
    await anAsset(admin(), campaign, 'poster.txt', 'a secret')
    const { items } = await itemsOf(server.public, shareLink)
    expect(items).toHaveLength(1)
    const original = await server.public.get(shareLink.at(`/items/${items[0]?.id}/original`))
    expect(original.text).toBe('a poster')
  })

  it('leaves out the trash', async () => {
    const campaign = await aFreshFolder(admin())
    const kept = await anAsset(admin(), campaign, 'kept.txt')
    const gone = await anAsset(admin(), campaign, 'gone.txt')
    const shareLink = await aShareLink(admin(), [campaign, gone, kept])
    const folder = await itemNamed(server.public, shareLink, campaign.name)
    const goneItem = await itemNamed(server.public, shareLink, 'gone.txt', folder)
    await trash(admin(), gone)
    expect(namesOf(await itemsOf(server.public, shareLink, { folder: folder.id }))).toEqual(['kept.txt'])
    expect((await server.public.get(shareLink.at(`/items/${goneItem.id}`))).status).toBe(404)
    expect((await server.public.get(shareLink.at(`/items/${goneItem.id}/original`))).status).toBe(404)
  })

  it('shows a target inside another one where that is met, once', async () => {
    const campaign = await aFreshFolder(admin())
    const print = await aFolder(admin(), campaign, 'Print')
    const poster = await anAsset(admin(), print, 'poster.txt')
    const shareLink = await aShareLink(admin(), [poster, print, campaign])
    expect(namesOf(await itemsOf(server.public, shareLink))).toEqual([campaign.name])
  })

  it('tests what has entries of its own one by one, and counts exactly', async () => {
    const campaign = await aFreshFolder(admin())
    const secret = await anAsset(admin(), campaign, 'secret.txt')
    const open = await anAsset(admin(), campaign, 'open.txt')
    const hidden = await aFolder(admin(), campaign, 'Hidden')
    const inner = await anAsset(admin(), hidden, 'inner.txt')
    const ann = server.as('ann')
    const principal = await idOf(ann)
    await setAcl(admin(), campaign, [
      { principal, effect: 'allow', privileges: ['read', 'share', 'download-original'] },
    ])
    await setAcl(admin(), secret, [{ principal, effect: 'deny', privileges: ['share'] }])
    await setAcl(admin(), hidden, [{ principal, effect: 'deny', privileges: ['read'] }])
    await setAcl(admin(), inner, [{ principal, effect: 'allow', privileges: ['read', 'share'] }])

    const shareLink = await aShareLink(ann, [campaign])
    const folder = await itemNamed(server.public, shareLink, campaign.name)
    expect(folder.children).toBe(1)
    const page = await itemsOf(server.public, shareLink, { folder: folder.id })
    expect([namesOf(page), page.total]).toEqual([['open.txt'], 1])

    const byAdmin = await aShareLink(admin(), [campaign])
    const adminsFolder = await itemNamed(server.public, byAdmin, campaign.name)
    expect((await itemsOf(server.public, byAdmin, { folder: adminsFolder.id })).total).toBe(3)
    // What is told apart is the holder, not the id: the same node has another one in each link.
    expect(adminsFolder.id).not.toBe(folder.id)
    void open
  })

  it('offers originals only where link and holder allow it', async () => {
    const campaign = await aFreshFolder(admin())
    const poster = await anAsset(admin(), campaign, 'poster.txt')
    const ben = server.as('ben')
    const principal = await idOf(ben)
    await setAcl(admin(), campaign, [{ principal, effect: 'allow', privileges: ['read', 'share'] }])
    const withoutRight = await aShareLink(ben, [poster])
    const withoutSetting = await aShareLink(admin(), [poster], { originals: false })
    for (const shareLink of [withoutRight, withoutSetting]) {
      const item = await itemNamed(server.public, shareLink, 'poster.txt')
      expect((await server.public.get(shareLink.at(`/items/${item.id}`))).json()).not.toHaveProperty('original')
      const original = await server.public.get(shareLink.at(`/items/${item.id}/original`))
      expect([original.status, original.json()['code']]).toEqual([404, 'item/not-found'])
    }
  })

  it('names the assets before and after one', async () => {
    const campaign = await aFreshFolder(admin())
    for (const name of ['1.txt', '2.txt', '10.txt']) await anAsset(admin(), campaign, name)
    await aFolder(admin(), campaign, 'a folder')
    const shareLink = await aShareLink(admin(), [campaign])
    const folder = await itemNamed(server.public, shareLink, campaign.name)
    const [one, two, ten] = await Promise.all(
      ['1.txt', '2.txt', '10.txt'].map((name) => itemNamed(server.public, shareLink, name, folder)),
    )
    const around = async (id = '') => {
      const { previous, next } = (await server.public.get(shareLink.at(`/items/${id}`))).json<{
        previous?: string
        next?: string
      }>()
      return [previous, next]
    }
    expect(await around(one?.id)).toEqual([undefined, two?.id])
    expect(await around(two?.id)).toEqual([one?.id, ten?.id])
    expect(await around(ten?.id)).toEqual([two?.id, undefined])
  })
})

describe('an original', () => {
  it('leaves as an attachment under its name, in ranges, with a strong tag', async () => {
    const campaign = await aFreshFolder(admin())
    const name = 'Entwürfe "2026"; früh.txt'
    const poster = await anAsset(admin(), campaign, name, '0123456789')
    const shareLink = await aShareLink(admin(), [poster])
    const { id } = await itemNamed(server.public, shareLink, name)
    const path = shareLink.at(`/items/${id}/original`)

    const whole = await server.public.get(path)
    expect(whole.headers.get('content-disposition')).toMatch(
      /^attachment; filename=".*"; filename\*=UTF-8''Entw%C3%BCrfe/,
    )
    expect(whole.headers.get('content-security-policy')).toBe("default-src 'none'; sandbox")
    expect(whole.headers.get('x-content-type-options')).toBe('nosniff')
    expect(whole.headers.get('cache-control')).toMatch(/private.*no-transform/)
    const etag = whole.headers.get('etag') ?? ''
    expect(etag).toMatch(/^"[\w-]+"$/)

    const part = await server.public.get(path, { range: 'bytes=3-5', 'if-range': etag })
    expect([part.status, part.text, part.headers.get('content-range')]).toEqual([206, '345', 'bytes 3-5/10'])
    expect((await server.public.get(path, { range: 'bytes=3-5', 'if-range': '"x"' })).text).toBe('0123456789')
    expect((await server.public.get(path, { range: 'bytes=10-' })).status).toBe(416)
    expect((await server.public.get(path, { 'if-none-match': etag })).status).toBe(304)
    const head = await server.public.head(path)
    expect([head.status, head.headers.get('content-length'), head.bytes.length]).toEqual([200, '10', 0])

    expectStatus(await admin().post(`/api/v1/share-links/${shareLink.id}/revoke`), 200)
    const revoked = await server.public.get(path, { 'if-none-match': etag })
    expect([revoked.status, revoked.json()['code']]).toEqual([410, 'share-link/revoked'])
  })

  it('of a type that a browser would run is announced as mere bytes', async () => {
    const campaign = await aFreshFolder(admin())
    const page = await anAsset(admin(), campaign, 'x.svg', '<svg xmlns="http://www.w3.org/2000/svg"><script/></svg>')
    const shareLink = await aShareLink(admin(), [page])
    const { id } = await itemNamed(server.public, shareLink, 'x.svg')
    const original = await server.public.get(shareLink.at(`/items/${id}/original`))
    expect(original.headers.get('content-type')).toBe('application/octet-stream')
  })
})

describe('opening a link', () => {
  it('is counted by the page alone, not by whoever fetches something', async () => {
    const campaign = await aFreshFolder(admin())
    const shareLink = await aShareLink(admin(), [campaign])
    const opens = async () => (await admin().get(`/api/v1/share-links/${shareLink.id}`)).json()['opens']
    await itemsOf(server.public, shareLink)
    await server.public.head(shareLink.at('/items'))
    expect(await opens()).toBe(0)
    expectStatus(await server.public.post(shareLink.at('/opens'), {}), 204)
    expectStatus(await server.public.post(shareLink.at('/opens')), 204)
    expect(await opens()).toBe(2)
    const foreign = await server.public.post(shareLink.at('/opens'), {}, { 'sec-fetch-site': 'cross-site' })
    expect([foreign.status, foreign.json()['code']]).toEqual([403, 'request/cross-site'])
    const form = await server.public.post(shareLink.at('/opens'), Buffer.from('a=b'), {
      'content-type': 'application/x-www-form-urlencoded',
    })
    expect(form.status).toBe(415)
    expect(await opens()).toBe(2)
  })
})
