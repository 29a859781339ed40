import type { SharedWithMePage } from '@vitrine/api'
import { aServer, type Caller, type TestServer, expectStatus } from '@vitrine/testkit'
import { aDownload, askForDownload, downloadNow } from '@vitrine/testkit/download-words'
import {
  aFreshFolder,
  anAsset,
  aShareLink,
  idOf,
  itemNamed,
  itemsOf,
  setAcl,
  type MadeNode,
  type SharedLink,
} from '@vitrine/testkit/share-link-words'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'

const day = 86_400_000
const members = { audience: 'members' }
const password = 'correct horse battery staple'

let server: TestServer
beforeAll(async () => {
  server = await aServer({ environment: { VITRINE_PUBLIC_URL: 'https://links.example' } })
})
afterAll(() => server.stop())

const admin = () => server.as('admin')
const patch = (shareLink: SharedLink, change: object) => admin().patch(`/api/v1/share-links/${shareLink.id}`, change)
const codeOf = (answer: { status: number; json(): Record<string, unknown> }) => [answer.status, answer.json()['code']]
const strangers = [403, 'share-link/members-only']

/** Somebody who signed in on the page, with a session in a cookie. */
async function aBrowserOf(name: string, more: { passwordMustChange?: boolean } = {}): Promise<Caller> {
  expectStatus(await admin().post('/api/v1/users', { name, password, ...more }), 201)
  const browser = server.aVisitor('main')
  expectStatus(await browser.post('/api/v1/sessions', { name, password }), 200, 201)
  return browser
}

describe('a link for members', () => {
  it('opens for who is signed in, on the main listener alone, and for nobody else', async () => {
    const campaign = await aFreshFolder(admin())
    const poster = await anAsset(admin(), campaign, 'poster.txt', 'a poster')
    const shareLink = await aShareLink(admin(), [poster], members)
    expect(shareLink.audience).toBe('members')
    const browser = await aBrowserOf('ann')
    const item = await itemNamed(browser, shareLink, 'poster.txt')
    const original = shareLink.at(`/items/${item.id}/original`)
    // By the session's cookie, by Basic; also someone who has no right on what is shown.
    expect((await browser.get(original)).text).toBe('a poster')
    expect((await server.as('bob').get(original)).text).toBe('a poster')
    for (const stranger of [server.anonymous, server.public, server.aVisitor(), server.aVisitor('main')]) {
      expect(codeOf(await stranger.get(original))).toEqual(strangers)
      expect(codeOf(await stranger.get(shareLink.at('/items')))).toEqual(strangers)
      expect(codeOf(await stranger.post(shareLink.at('/opens'), {}))).toEqual(strangers)
      const page = await stranger.get(shareLink.at(''))
      expect([page.status, page.text]).toEqual([403, expect.stringContaining('content="share-link/members-only"')])
      expect(page.text).not.toContain('poster')
    }
    expectStatus(await browser.post(shareLink.at('/opens'), {}), 204)
    expectStatus(await browser.post(shareLink.at('/opens'), {}, { 'sec-fetch-site': 'same-origin' }), 204)
    for (const site of ['cross-site', 'same-site']) {
      const foreign = await browser.post(shareLink.at('/opens'), {}, { 'sec-fetch-site': site })
      expect([site, ...codeOf(foreign)]).toEqual([site, 403, 'request/cross-site'])
    }
  })

  it('reads no session on the public listener, though the session is right', async () => {
    const campaign = await aFreshFolder(admin())
    const shareLink = await aShareLink(admin(), [campaign], members)
    const browser = await aBrowserOf('cal')
    const session = await browser.get('/api/v1/me')
    expectStatus(session, 200)
    const signIn = await server.anonymous.post('/api/v1/sessions', {
      name: 'cal',
      password: 'correct horse battery staple',
    })
    const [cookie = ''] = signIn.headers.getSetCookie()
    const headers = { cookie: cookie.split(';')[0] ?? '' }
    expect((await server.anonymous.get(shareLink.at('/items'), headers)).status).toBe(200)
    expect(codeOf(await server.public.get(shareLink.at('/items'), headers))).toEqual(strangers)
    const bearer = { authorization: `Bearer ${server.parts.localToken.reveal()}` }
    expect(codeOf(await server.public.get(shareLink.at('/items'), bearer))).toEqual(strangers)
    expect((await server.anonymous.get(shareLink.at('/items'), bearer)).status).toBe(200)
  })

  it('opens for nobody who has still to choose a password of their own', async () => {
    const campaign = await aFreshFolder(admin())
    const shareLink = await aShareLink(admin(), [campaign], members)
    const browser = await aBrowserOf('cat', { passwordMustChange: true })
    expect(codeOf(await browser.get(shareLink.at('/items')))).toEqual(strangers)
    const chosen = { current: password, password: 'a better horse battery staple' }
    const { csrfToken } = (await browser.get('/api/v1/me')).json<{ csrfToken: string }>()
    expectStatus(await browser.put('/api/v1/me/password', chosen, { 'x-csrf-token': csrfToken }), 204)
    expectStatus(await browser.get(shareLink.at('/items')), 200)
  })

  it('says the same to strangers in every state, and to members what has become of it', async () => {
    const campaign = await aFreshFolder(admin())
    const member = server.as('dan')
    const [expired, revoked, suspended] = [
      await aShareLink(admin(), [campaign], members),
      await aShareLink(admin(), [campaign], members),
      await aShareLink(await aHolder(campaign), [campaign], members),
    ]
    expectStatus(await admin().post(`/api/v1/share-links/${revoked.id}/revoke`), 200)
    await setAcl(admin(), campaign, [])
    expectStatus(await patch(suspended, { expiresAt: new Date(server.now() + 9 * day).toISOString() }), 200)
    server.wait(2 * day)
    const bodies = new Set<string>()
    for (const [shareLink, code] of [
      [expired, 'share-link/expired'],
      [revoked, 'share-link/revoked'],
      [suspended, 'share-link/suspended'],
    ] as const) {
      const stranger = await server.public.get(shareLink.at('/items'))
      expect(codeOf(stranger)).toEqual(strangers)
      bodies.add(stranger.text.replace(/"requestId":"[^"]*"/, ''))
      expect(codeOf(await member.get(shareLink.at('/items')))).toEqual([410, code])
    }
    expect(bodies.size).toBe(1)
  })

  it('closes to strangers at once when its audience changes, and cuts what they are getting', async () => {
    const campaign = await aFreshFolder(admin())
    const film = await anAsset(admin(), campaign, 'film.bin', Buffer.alloc(48 << 20, 'film'))
    const shareLink = await aShareLink(admin(), [film])
    const visitor = server.aVisitor()
    const queued = await aDownload(visitor, shareLink)
    const { id } = await itemNamed(visitor, shareLink, 'film.bin')
    const running = await fetch(`${server.publicUrl}${shareLink.at(`/items/${id}/original`)}`)
    const reader = running.body!.getReader()
    await reader.read()
    expectStatus(await patch(shareLink, members), 200)
    await expect(
      (async () => {
        for (let end = false; !end;) end = (await reader.read()).done
      })(),
    ).rejects.toThrow()
    expect(codeOf(await visitor.get(shareLink.at('/downloads')))).toEqual(strangers)
    const part = queued.parts[0]?.url ?? ''
    expect(codeOf(await server.public.get(part))).toEqual(strangers)
    expect(codeOf(await server.anonymous.get(part))).toEqual(strangers)
    expectStatus(await patch(shareLink, { audience: 'anyone' }), 200)
    expect((await server.public.head(part)).status).toBe(200)
  })

  it('gives a member a download whose parts open by their address, on the main listener, while they are one', async () => {
    const campaign = await aFreshFolder(admin())
    const poster = await anAsset(admin(), campaign, 'poster.txt', 'a poster')
    const shareLink = await aShareLink(admin(), [poster], members)
    const [eve, fay] = [await aBrowserOf('eve'), server.as('fay')]
    const download = await aDownload(eve, shareLink)
    const part = download.parts[0]?.url ?? ''
    expect((await server.anonymous.get(part)).text).toBe('a poster')
    expect(codeOf(await server.public.get(part))).toEqual(strangers)
    expect(codeOf(await fay.get(shareLink.at(`/downloads/${download.id}`)))).toEqual([404, 'download/not-found'])
    expect(await downloadNow(eve, shareLink, download)).toMatchObject({ state: 'ready' })

    const eveId = (await eve.get('/api/v1/me')).json<{ id: string }>().id
    expectStatus(await admin().post(`/api/v1/users/${eveId}/disable`), 204)
    expect(codeOf(await server.anonymous.get(part))).toEqual(strangers)
    expect(codeOf(await eve.get(shareLink.at('/items')))).toEqual(strangers)
  })

  it('has an inbox for each member, also at one browser', async () => {
    const campaign = await aFreshFolder(admin())
    await anAsset(admin(), campaign, 'poster.txt')
    const shareLink = await aShareLink(admin(), [campaign], members)
    const [gus, hal] = [server.as('gus'), server.as('hal')]
    const queued = expectStatus(await askForDownload(gus, shareLink), 201)
    const [cookie = ''] = queued.headers.getSetCookie()
    const headers = { cookie: cookie.split(';')[0] ?? '' }
    const inbox = async (who: Caller) => (await who.get(shareLink.at('/downloads'), headers)).json()['downloads']
    expect(await inbox(gus)).toHaveLength(1)
    expect(await inbox(hal)).toEqual([])
  })

  it('has the address at which people sign in', async () => {
    const campaign = await aFreshFolder(admin())
    const shareLink = await aShareLink(admin(), [campaign], members)
    expect(shareLink.url.startsWith(`${server.url}/linkshare.html?sh=`)).toBe(true)
    const forAnyone = expectStatus(await patch(shareLink, { audience: 'anyone' }), 200).json<{ url: string }>()
    expect(forAnyone.url).toBe(shareLink.url.replace(server.url, 'https://links.example'))
    const { url, membersUrl } = (await admin().post('/api/v1/share-links/draft', { targets: [campaign.id] })).json<
      Record<string, string>
    >()
    expect([url, membersUrl]).toEqual([
      expect.stringMatching(/^https:\/\/links\.example\//),
      expect.stringContaining(`${server.url}/`),
    ])
  })
})

describe('GET /api/v1/shared-with-me', () => {
  const sharedWith = async (who: Caller, query = '') =>
    expectStatus(await who.get(`/api/v1/shared-with-me?limit=500${query}`), 200).json<SharedWithMePage>()

  it("lists others' links for members that open, with who shares them", async () => {
    const campaign = await aFreshFolder(admin())
    const [ida, jon] = [server.as('ida'), server.as('jon')]
    const principal = await idOf(ida)
    await setAcl(admin(), campaign, [{ principal, effect: 'allow', privileges: ['read', 'share'] }])
    const title = (what: string) => ({ title: `${what} of ${campaign.name}` })
    const own = await aShareLink(ida, [campaign], { ...members, ...title('Members') })
    await aShareLink(ida, [campaign], title('Anyone'))
    const ended = await aShareLink(ida, [campaign], { ...members, ...title('Ended') })
    expectStatus(await ida.post(`/api/v1/share-links/${ended.id}/revoke`), 200)
    const search = `&search=${encodeURIComponent(`of ${campaign.name}`)}`
    const { items } = await sharedWith(jon, search)
    expect(items).toEqual([
      {
        id: own.id,
        title: own.title,
        holder: own.holder,
        url: own.url,
        originals: true,
        renditions: true,
        createdAt: own.createdAt,
        expiresAt: own.expiresAt,
      },
    ])
    expect((await itemsOf(jon, { ...own, at: atUrl(items[0]?.url ?? '') })).items).toHaveLength(1)
    expect((await sharedWith(ida, search)).items).toEqual([])
    // Suspended, though nobody was told yet.
    await setAcl(admin(), campaign, [])
    expect((await sharedWith(jon, search)).items).toEqual([])
    await vi.waitFor(async () => {
      const row = await server.parts.db
        .selectFrom('share_links')
        .where('id', '=', own.id)
        .selectAll()
        .executeTakeFirst()
      expect(row?.suspended_at).not.toBeNull()
    })
    expect((await sharedWith(jon, search)).items).toEqual([])
    expect((await server.anonymous.get('/api/v1/shared-with-me')).status).toBe(401)
  })

  it('comes in pages, past links that do not open', async () => {
    const [campaign, gone] = [await aFreshFolder(admin()), await aFreshFolder(admin())]
    const made: string[] = []
    const title = `Paged ${campaign.name}`
    for (let one = 0; one < 5; one++) {
      made.push((await aShareLink(admin(), [campaign], { ...members, title })).id)
      const closed = await aShareLink(await aHolder(gone), [gone], { ...members, title })
      expect(closed.state).toBe('live')
    }
    await setAcl(admin(), gone, [])
    const seen: string[] = []
    let cursor = ''
    do {
      const path = `/api/v1/shared-with-me?limit=2&search=${encodeURIComponent(title)}${cursor}`
      const { items, next } = (await server.as('kim').get(path)).json<SharedWithMePage>()
      seen.push(...items.map(({ id }) => id))
      cursor = next === null ? '' : `&cursor=${next}`
    } while (cursor !== '')
    expect(seen).toEqual(made.toReversed())
    expect((await server.as('kim').get('/api/v1/shared-with-me?cursor=nonsense')).status).toBe(400)
  })
})

/** Somebody who may share a folder, together with those before. */
async function aHolder(node: MadeNode): Promise<Caller> {
  const holder = server.as(`holder of ${node.name}`)
  const principal = await idOf(holder)
  await setAcl(admin(), node, [{ principal, effect: 'allow', privileges: ['read', 'share'] }])
  return holder
}

function atUrl(url: string): SharedLink['at'] {
  return (path) => `/linkshare.html${path}${new URL(url).search}`
}
