import type { Notice, ShareLinkBody, ShareLinkPage } from '@vitrine/api'
import { aServer, type Caller, type TestServer, expectStatus } from '@vitrine/testkit'
import {
  aFreshFolder,
  anAsset,
  aShareLink,
  idOf,
  itemNamed,
  itemsOf,
  setAcl,
  trash,
  type MadeNode,
  type SharedLink,
} from '@vitrine/testkit/share-link-words'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'

const day = 86_400_000

let server: TestServer
beforeAll(async () => {
  server = await aServer()
})
afterAll(() => server.stop())

const admin = () => server.as('admin')
const mayShare = async (node: MadeNode, user: Caller, ...more: string[]) =>
  setAcl(admin(), node, [{ principal: await idOf(user), effect: 'allow', privileges: ['read', 'share', ...more] }])

const share = (who: Caller, node: MadeNode, more: object = {}) =>
  who.post('/api/v1/share-links', { targets: [node.id], ...more })
const codeOf = (answer: { status: number; json(): Record<string, unknown> }) => [answer.status, answer.json()['code']]
const stateOf = async (shareLink: ShareLinkBody) =>
  expectStatus(await admin().get(`/api/v1/share-links/${shareLink.id}`), 200).json<ShareLinkBody>()
const visit = async (shareLink: SharedLink) => codeOf(await server.public.get(shareLink.at('/items')))
const noticesOf = async (who: Caller, shareLink: ShareLinkBody) => {
  const { items } = expectStatus(await who.get('/api/v1/notices?limit=500'), 200).json<{ items: Notice[] }>()
  return items.filter((notice) => notice.shareLink.id === shareLink.id)
}

describe('POST /api/v1/share-links', () => {
  it('lets someone who may share it share a node for one day', async () => {
    const campaign = await aFreshFolder(admin())
    const ann = server.as('ann')
    await mayShare(campaign, ann)
    const answer = expectStatus(await share(ann, campaign), 201)
    const made = answer.json<ShareLinkBody>()
    expect(made).toMatchObject({ title: campaign.name, state: 'live', originals: true, renditions: true, opens: 0 })
    expect(made.holder).toMatchObject({ name: 'ann' })
    expect(Date.parse(made.expiresAt ?? '') - Date.parse(made.createdAt)).toBe(day)
    expect(answer.headers.get('location')).toBe(`/api/v1/share-links/${made.id}`)
    expect(made.url).toMatch(
      new RegExp(String.raw`^${server.url}/linkshare\.html\?sh=${made.id.replaceAll('-', '_')}\.[\w-]{43}$`),
    )
  })

  it('takes the right to edit the access control list for the right to share', async () => {
    const campaign = await aFreshFolder(admin())
    const eda = server.as('eda')
    await setAcl(admin(), campaign, [{ principal: await idOf(eda), effect: 'allow', privileges: ['read', 'edit-acl'] }])
    expect((await share(eda, campaign)).status).toBe(201)
  })

  it('refuses someone who may only read, and tells a stranger nothing', async () => {
    const campaign = await aFreshFolder(admin())
    const reader = server.as('reader')
    await setAcl(admin(), campaign, [{ principal: await idOf(reader), effect: 'allow', privileges: ['read'] }])
    expect(codeOf(await share(reader, campaign))).toEqual([403, 'access/denied'])
    const stranger = server.as('stranger')
    const hidden = await share(stranger, campaign)
    const missing = await share(stranger, { id: '01900000-0000-7000-8000-000000000000', name: '' })
    expect([codeOf(hidden), codeOf(missing)]).toEqual([
      [404, 'node/not-found'],
      [404, 'node/not-found'],
    ])
  })

  it('makes no link when one of several targets may not be shared', async () => {
    const [open, closed] = [await aFreshFolder(admin()), await aFreshFolder(admin())]
    const flo = server.as('flo')
    await mayShare(open, flo)
    expect(codeOf(await flo.post('/api/v1/share-links', { targets: [open.id, closed.id] }))).toEqual([
      404,
      'node/not-found',
    ])
    expect((await flo.get('/api/v1/share-links')).json<ShareLinkPage>().items).toEqual([])
  })

  it('keeps within the longest lifetime, and leaves "never" to administrators', async () => {
    const campaign = await aFreshFolder(admin())
    const gil = server.as('gil')
    await mayShare(campaign, gil)
    const inDays = (days: number) => new Date(server.now() + days * day).toISOString()
    expect((await share(gil, campaign, { expiresAt: inDays(364) })).status).toBe(201)
    for (const expiresAt of [inDays(366), inDays(-1)]) {
      expect(codeOf(await share(gil, campaign, { expiresAt }))).toEqual([422, 'share-link/expiry-out-of-range'])
    }
    expect(codeOf(await share(gil, campaign, { expiresAt: null }))).toEqual([403, 'access/denied'])
    expect((await share(admin(), campaign, { expiresAt: null })).json()['expiresAt']).toBeNull()
  })

  it('answers the live link on the same targets when asked to', async () => {
    const [one, two] = [await aFreshFolder(admin()), await aFreshFolder(admin())]
    const first = await aShareLink(admin(), [one, two])
    const again = await admin().post('/api/v1/share-links', { targets: [two.id, one.id], reuse: true })
    expect([again.status, again.json()['url']]).toEqual([200, first.url])
    const other = await admin().post('/api/v1/share-links', {
      targets: [one.id, two.id],
      originals: false,
      reuse: true,
    })
    expect(other.status).toBe(201)
    await admin().post(`/api/v1/share-links/${first.id}/revoke`)
    expect((await admin().post('/api/v1/share-links', { targets: [one.id, two.id], reuse: true })).status).toBe(201)
  })
})

describe('a share link of someone', () => {
  it('is seen, changed and ended by its holder and by administrators, and is unknown to everyone else', async () => {
    const campaign = await aFreshFolder(admin())
    const hal = server.as('hal')
    await mayShare(campaign, hal)
    const shareLink = await aShareLink(hal, [campaign])
    const path = `/api/v1/share-links/${shareLink.id}`
    const other = server.as('other')
    for (const answer of [
      await other.get(path),
      await other.patch(path, { title: 'Mine' }),
      await other.post(`${path}/revoke`),
      await other.post(`${path}/hand-over`, { to: await idOf(other) }),
    ]) {
      expect(codeOf(answer)).toEqual([404, 'share-link/not-found'])
    }
    expect((await hal.get(path)).json()['url']).toBe(shareLink.url)
    expect((await admin().get(path)).json()['url']).toBe(shareLink.url)
    expect(await visit(shareLink)).toEqual([200, undefined])
  })

  it('is listed to who may see all links without its URL, and may be ended by them', async () => {
    const campaign = await aFreshFolder(admin())
    const shareLink = await aShareLink(admin(), [campaign])
    const ivy = server.as('ivy')
    const id = await idOf(ivy)
    expect(codeOf(await ivy.get('/api/v1/share-links?all=true'))).toEqual([403, 'access/denied'])
    await server.parts.db
      .insertInto('global_privileges')
      .values({ principal_id: id, privilege: 'share-links/view-all' })
      .execute()
    const { items } = (await ivy.get('/api/v1/share-links?all=true&limit=500')).json<ShareLinkPage>()
    expect(items.find((item) => item.id === shareLink.id)).toMatchObject({ url: null, title: campaign.name })
    const path = `/api/v1/share-links/${shareLink.id}`
    expect(codeOf(await ivy.patch(path, { title: 'x' }))).toEqual([403, 'access/denied'])
    expect((await ivy.post(`${path}/revoke`)).json()).toMatchObject({ state: 'revoked', url: null })
  })

  it('is listed newest first, in pages', async () => {
    const campaign = await aFreshFolder(admin())
    const jan = server.as('jan')
    await mayShare(campaign, jan)
    const made: string[] = []
    for (let one = 0; one < 5; one++) made.push((await aShareLink(jan, [campaign])).id)
    const seen: string[] = []
    let cursor = ''
    do {
      const page = (await jan.get(`/api/v1/share-links?limit=2${cursor}`)).json<ShareLinkPage>()
      seen.push(...page.items.map(({ id }) => id))
      cursor = page.next === null ? '' : `&cursor=${page.next}`
    } while (cursor !== '')
    expect(seen).toEqual(made.toReversed())
    expect((await jan.get('/api/v1/share-links?cursor=nonsense')).status).toBe(400)
  })
})

describe('changing a share link', () => {
  it('moves its expiry under the same URL, also after it has expired', async () => {
    const campaign = await aFreshFolder(admin())
    const shareLink = await aShareLink(admin(), [campaign])
    server.wait(2 * day)
    expect(await visit(shareLink)).toEqual([410, 'share-link/expired'])
    expect((await stateOf(shareLink)).state).toBe('expired')
    const expiresAt = new Date(server.now() + day).toISOString()
    const changed = await admin().patch(`/api/v1/share-links/${shareLink.id}`, { expiresAt, title: 'Spring' })
    expect(changed.json()).toMatchObject({ expiresAt, title: 'Spring', state: 'live', url: shareLink.url })
    expect((await itemsOf(server.public, shareLink)).link.title).toBe('Spring')
  })

  it('takes originals away at once', async () => {
    const campaign = await aFreshFolder(admin())
    const poster = await anAsset(admin(), campaign, 'poster.txt')
    const shareLink = await aShareLink(admin(), [poster])
    const { id } = await itemNamed(server.public, shareLink, 'poster.txt')
    const original = shareLink.at(`/items/${id}/original`)
    expect((await server.public.get(original)).status).toBe(200)
    await admin().patch(`/api/v1/share-links/${shareLink.id}`, { originals: false })
    expect((await server.public.get(original)).status).toBe(404)
  })

  it('is over once it was revoked', async () => {
    const campaign = await aFreshFolder(admin())
    const shareLink = await aShareLink(admin(), [campaign])
    const path = `/api/v1/share-links/${shareLink.id}`
    expectStatus(await admin().post(`${path}/revoke`), 200)
    expectStatus(await admin().post(`${path}/revoke`), 200)
    expect(await visit(shareLink)).toEqual([410, 'share-link/revoked'])
    expect(codeOf(await admin().patch(path, { title: 'x' }))).toEqual([410, 'share-link/revoked'])
  })
})

describe('handing a share link over', () => {
  it('asks whether the new holder may share what it shows, and looks through their rights then', async () => {
    const campaign = await aFreshFolder(admin())
    const poster = await anAsset(admin(), campaign, 'poster.txt')
    const [kim, lou] = [server.as('kim'), server.as('lou')]
    const [kimId, louId] = [await idOf(kim), await idOf(lou)]
    await mayShare(campaign, kim, 'download-original')
    const shareLink = await aShareLink(kim, [poster])
    const { id } = await itemNamed(server.public, shareLink, 'poster.txt')
    const path = `/api/v1/share-links/${shareLink.id}`
    expect(codeOf(await kim.post(`${path}/hand-over`, { to: louId }))).toEqual([403, 'access/denied'])

    const allow = (principal: string, ...more: string[]) =>
      ({ principal, effect: 'allow', privileges: ['read', 'share', ...more] }) as const
    await setAcl(admin(), campaign, [allow(kimId, 'download-original'), allow(louId)])
    expectStatus(await kim.post(`${path}/hand-over`, { to: louId }), 204)
    expect((await kim.get(path)).status).toBe(404)
    expect((await lou.get(path)).json()).toMatchObject({
      url: shareLink.url,
      holder: { name: 'lou' },
      creator: { name: 'kim' },
    })
    expect((await server.public.get(shareLink.at(`/items/${id}/original`))).status).toBe(404)
  })
})

describe('a share link whose holder lost a right', () => {
  it('is suspended, opens for nobody, and tells holder and administrators why, once', async () => {
    const campaign = await aFreshFolder(admin())
    const mia = server.as('mia')
    await mayShare(campaign, mia)
    const shareLink = await aShareLink(mia, [campaign])
    expect(await visit(shareLink)).toEqual([200, undefined])

    await setAcl(admin(), campaign, [{ principal: await idOf(mia), effect: 'allow', privileges: ['read'] }])
    const answer = await server.public.get(shareLink.at('/items'))
    expect(codeOf(answer)).toEqual([410, 'share-link/suspended'])
    expect(answer.text).not.toContain(campaign.name)
    const reasons = [{ reason: 'share-lost', target: { id: campaign.id, name: campaign.name } }]
    expect(await stateOf(shareLink)).toMatchObject({ state: 'suspended', reasons })

    for (const person of [mia, admin()]) {
      const [notice] = await vi.waitFor(
        async () => {
          const notices = await noticesOf(person, shareLink)
          expect(notices).toHaveLength(1)
          return notices
        },
        { timeout: 20_000, interval: 100 },
      )
      expect(notice).toMatchObject({ kind: 'share-link/suspended', reasons, readAt: null })
      expectStatus(await person.post(`/api/v1/notices/${notice?.id}/read`), 204)
      expect((await noticesOf(person, shareLink))[0]?.readAt).not.toBeNull()
    }
    expect((await mia.get('/api/v1/notices?unread=true')).json()['items']).toEqual([])

    await mayShare(campaign, mia)
    expect(await visit(shareLink)).toEqual([200, undefined])
  })

  it('is suspended while its holder is disabled without a decision about it', async () => {
    const campaign = await aFreshFolder(admin())
    const ned = server.as('ned')
    const nedId = await idOf(ned)
    await mayShare(campaign, ned)
    const shareLink = await aShareLink(ned, [campaign])
    const undecided = await admin().post(`/api/v1/users/${nedId}/disable`)
    expect(codeOf(undecided)).toEqual([409, 'people/holds-links'])
    await server.parts.db
      .updateTable('principals')
      .set({ disabled_at: new Date(server.now()) })
      .where('id', '=', nedId)
      .execute()
    await server.parts.db
      .updateTable('access_epoch')
      .set((epoch) => ({ epoch: epoch('epoch', '+', 1) }))
      .execute()
    expect(await visit(shareLink)).toEqual([410, 'share-link/suspended'])
    expect((await stateOf(shareLink)).reasons).toEqual([{ reason: 'holder-disabled' }])
  })

  it('is revoked or handed over when that is decided on disabling its holder', async () => {
    const campaign = await aFreshFolder(admin())
    const [ona, pia] = [server.as('ona'), server.as('pia')]
    const [onaId, piaId] = [await idOf(ona), await idOf(pia)]
    await mayShare(campaign, ona)
    const first = await aShareLink(ona, [campaign])
    const disabled = await admin().post(`/api/v1/users/${onaId}/disable`, { links: { handOverTo: piaId } })
    expect(codeOf(disabled)).toEqual([403, 'access/denied'])
    expect(await visit(first)).toEqual([200, undefined])
    expectStatus(await admin().post(`/api/v1/users/${onaId}/disable`, { links: 'revoke' }), 204)
    expect(await visit(first)).toEqual([410, 'share-link/revoked'])
  })

  it('shows what is left when one of its targets goes to the trash, and is suspended with the last', async () => {
    const [one, two] = [await aFreshFolder(admin()), await aFreshFolder(admin())]
    const shareLink = await aShareLink(admin(), [one, two])
    await trash(admin(), one)
    expect((await itemsOf(server.public, shareLink)).items.map(({ name }) => name)).toEqual([two.name])
    await trash(admin(), two)
    expect(await visit(shareLink)).toEqual([410, 'share-link/suspended'])
    expect((await stateOf(shareLink)).reasons).toEqual([{ reason: 'gone' }])
    expectStatus(await admin().post(`/api/v1/nodes/${two.id}/restore`), 200, 204)
    expect(await visit(shareLink)).toEqual([200, undefined])
  })
})

it('keeps tokens out of the log and out of the database', async () => {
  const campaign = await aFreshFolder(admin())
  const shareLink = await aShareLink(admin(), [campaign])
  await itemsOf(server.public, shareLink)
  await server.public.get(shareLink.at('/nothing'))
  server.secrets.add(shareLink.token)
  expect(await server.leaks()).toEqual({ log: [], database: [] })
})
