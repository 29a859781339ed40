import type { PossibleHolders, ShareLinkPage } from '@vitrine/api'
import { aServer, type Caller, type TestServer, expectStatus } from '@vitrine/testkit'
import {
  aFolder,
  aFreshFolder,
  anAsset,
  aShareLink,
  idOf,
  move,
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
const inDays = (days: number) => new Date(server.now() + days * day).toISOString()
const list = async (who: Caller, query: Readonly<Record<string, string | number>> = {}) => {
  const search = new URLSearchParams(Object.entries(query).map(([name, value]) => [name, String(value)]))
  return expectStatus(await who.get(`/api/v1/share-links?${search.toString()}`), 200).json<ShareLinkPage>()
}
const titles = ({ items }: ShareLinkPage) => items.map(({ title }) => title)
const codeOf = (answer: { status: number; json(): Record<string, unknown> }) => [answer.status, answer.json()['code']]
const mayShare = async (node: MadeNode, ...users: Caller[]) => {
  const entries = []
  for (const user of users) {
    entries.push({ principal: await idOf(user), effect: 'allow' as const, privileges: ['read', 'share'] })
  }
  await setAcl(admin(), node, entries)
}
const mayViewAll = async (user: Caller) =>
  server.parts.db
    .insertInto('global_privileges')
    .values({ principal_id: await idOf(user), privilege: 'share-links/view-all' })
    .execute()

/** Somebody with five links: live, live for ever long, expired, revoked, suspended. */
async function aSharer(name: string): Promise<{ sharer: Caller; links: Readonly<Record<string, SharedLink>> }> {
  const [open, closed] = [await aFreshFolder(admin()), await aFreshFolder(admin())]
  const sharer = server.as(name)
  await mayShare(open, sharer)
  await mayShare(closed, sharer)
  const share = (node: MadeNode, title: string, days: number) =>
    aShareLink(sharer, [node], { title, expiresAt: inDays(days) })
  const links = {
    beta: await share(open, 'Beta 100%', 20),
    alpha: await share(open, 'alpha', 300),
    gone: await share(open, 'Gone_by', 1),
    ended: await share(open, 'ended', 30),
    shut: await share(closed, 'Shut', 40),
  }
  for (let opens = 0; opens < 3; opens++) await server.public.post(links.beta.at('/opens'), {})
  await server.public.post(links.shut.at('/opens'), {})
  expectStatus(await sharer.post(`/api/v1/share-links/${links.ended.id}/revoke`), 200)
  await setAcl(admin(), closed, [])
  server.wait(2 * day)
  await vi.waitFor(async () => expect((await list(sharer)).counts.suspended).toBe(1), {
    timeout: 20_000,
    interval: 100,
  })
  return { sharer, links }
}

describe('the list of share links', () => {
  it('counts by state, and shows those of one', async () => {
    const { sharer } = await aSharer('ann')
    const counts = { live: 2, expired: 1, revoked: 1, suspended: 1 }
    expect(await list(sharer)).toMatchObject({ counts, total: 5 })
    expect(titles(await list(sharer, { state: 'live' }))).toEqual(['alpha', 'Beta 100%'])
    for (const [state, title] of [
      ['expired', 'Gone_by'],
      ['revoked', 'ended'],
      ['suspended', 'Shut'],
    ] as const) {
      const page = await list(sharer, { state })
      expect([titles(page), page.total, page.counts]).toEqual([[title], 1, counts])
      expect(page.items[0]?.state).toBe(state)
    }
    expect((await sharer.get('/api/v1/share-links?state=dead')).status).toBe(400)
  })

  it.each([
    ['created', ['Beta 100%', 'alpha', 'Gone_by', 'ended', 'Shut']],
    ['title', ['alpha', 'Beta 100%', 'ended', 'Gone_by', 'Shut']],
    ['expires', ['Gone_by', 'Beta 100%', 'ended', 'Shut', 'alpha']],
    ['opens', undefined],
  ])('is ordered by %s in both directions, in pages by cursor or by offset', async (sort, expected) => {
    const { sharer } = await aSharer(`sharer by ${sort}`)
    const pages = async (order: string, query: Readonly<Record<string, string>> = {}) => {
      const seen: string[] = []
      let next: string | null = ''
      while (next !== null) {
        const more: Record<string, string> = next === '' ? {} : { cursor: next }
        const page: ShareLinkPage = await list(sharer, { sort: order, limit: 2, ...query, ...more })
        expect(page.total).toBe(5)
        seen.push(...titles(page))
        next = page.next
      }
      return seen
    }
    const forwards = await pages(sort)
    if (expected) expect(forwards).toEqual(expected)
    else expect(forwards.slice(-2)).toEqual(['Shut', 'Beta 100%'])
    expect(await pages(`-${sort}`)).toEqual(forwards.toReversed())
    expect(titles(await list(sharer, { sort, offset: 3, limit: 2 }))).toEqual(forwards.slice(3))
    const { next } = await list(sharer, { sort, limit: 2 })
    expect((await sharer.get(`/api/v1/share-links?sort=-${sort}&cursor=${next}`)).status).toBe(400)
  })

  it('puts links that never expire last', async () => {
    const campaign = await aFreshFolder(admin())
    const title = `never ${campaign.name}`
    for (const expiresAt of [null, inDays(9), null, inDays(3)])
      await aShareLink(admin(), [campaign], { title, expiresAt })
    const seen: (string | null)[] = []
    let next: string | null = ''
    while (next !== null) {
      const more: Record<string, string> = next === '' ? {} : { cursor: next }
      const page: ShareLinkPage = await list(admin(), { search: title, sort: 'expires', limit: 1, ...more })
      seen.push(...page.items.map(({ expiresAt }) => expiresAt))
      next = page.next
    }
    expect(seen.map((expiresAt) => expiresAt === null)).toEqual([false, false, true, true])
    expect(seen[0]! < seen[1]!).toBe(true)
  })

  it('is searched by title as it is written, whatever the case', async () => {
    const { sharer } = await aSharer('bob')
    expect(titles(await list(sharer, { search: 'BETA' }))).toEqual(['Beta 100%'])
    expect(titles(await list(sharer, { search: '%' }))).toEqual(['Beta 100%'])
    expect(titles(await list(sharer, { search: '_' }))).toEqual(['Gone_by'])
    expect(titles(await list(sharer, { search: '\\' }))).toEqual([])
    expect((await list(sharer, { search: 'e' })).counts).toEqual({ live: 1, expired: 1, revoked: 1, suspended: 0 })
    expect((await sharer.get('/api/v1/share-links?search=%00')).status).toBe(400)
  })

  it('takes no cursor that it did not make', async () => {
    const forged = [
      '["-created",1,"x"]',
      '["-created","x","01900000-0000-7000-8000-000000000000"]',
      '["-created",1e300,"01900000-0000-7000-8000-000000000000"]',
      '["title","a\\u0000","01900000-0000-7000-8000-000000000000"]',
      '{}',
      'null',
      '',
    ]
    for (const text of forged) {
      const cursor = Buffer.from(text).toString('base64url')
      expect([text, (await admin().get(`/api/v1/share-links?cursor=${cursor}`)).status]).toEqual([text, 400])
    }
  })
})

describe('the links that show a node', () => {
  const covering = async (who: Caller, node: MadeNode, query: object = {}) => {
    const { items, total, others } = await list(who, { covers: node.id, ...query })
    return { ids: items.map(({ id }) => id), total, others }
  }

  it('are those that open, on it or above it, or fixed with it; of others only how many', async () => {
    const campaign = await aFreshFolder(admin())
    const print = await aFolder(admin(), campaign, 'Print')
    const poster = await anAsset(admin(), print, 'poster.txt')
    const [cal, dan, eve] = [server.as('cal'), server.as('dan'), server.as('eve')]
    await mayShare(campaign, cal, dan, eve)
    const above = await aShareLink(cal, [campaign])
    const fixed = await aShareLink(cal, [print], { mode: 'frozen' })
    await aShareLink(dan, [poster])
    const ended = await aShareLink(dan, [poster])
    expectStatus(await dan.post(`/api/v1/share-links/${ended.id}/revoke`), 200)
    await aShareLink(dan, [poster], { expiresAt: inDays(0.1) })
    const beside = await aFolder(admin(), campaign, 'Beside')
    await aShareLink(dan, [beside])
    server.wait(day / 5)
    expect(await covering(cal, poster)).toEqual({ ids: [fixed.id, above.id], total: 2, others: 1 })
    expect(await covering(eve, poster)).toEqual({ ids: [], total: 0, others: 3 })
    expect(await covering(cal, poster, { limit: 1 })).toEqual({ ids: [fixed.id], total: 2, others: 1 })
    const later = await anAsset(admin(), print, 'later.txt')
    expect(await covering(cal, later)).toEqual({ ids: [above.id], total: 1, others: 0 })
    // Moved out: what was fixed goes with it.
    const elsewhere = await aFreshFolder(admin())
    await mayShare(elsewhere, cal, dan)
    await move(admin(), poster, elsewhere)
    expect(await covering(cal, poster)).toEqual({ ids: [fixed.id], total: 1, others: 1 })
  })

  it('are told whole to who may see all links, and to nobody who may not see the node', async () => {
    const campaign = await aFreshFolder(admin())
    const [fay, gus, hal] = [server.as('fay'), server.as('gus'), server.as('hal')]
    await mayShare(campaign, fay, gus)
    const shareLink = await aShareLink(fay, [campaign])
    await mayViewAll(gus)
    expect(await covering(gus, campaign)).toEqual({ ids: [], total: 0, others: 1 })
    expect(await covering(gus, campaign, { all: true })).toEqual({ ids: [shareLink.id], total: 1, others: 0 })
    expect(codeOf(await fay.get(`/api/v1/share-links?all=true&covers=${campaign.id}`))).toEqual([403, 'access/denied'])
    expect(codeOf(await hal.get(`/api/v1/share-links?covers=${campaign.id}`))).toEqual([404, 'node/not-found'])
  })

  it('are not those whose holder may not share just this, nor suspended ones', async () => {
    const campaign = await aFreshFolder(admin())
    const poster = await anAsset(admin(), campaign, 'poster.txt')
    const ida = server.as('ida')
    await mayShare(campaign, ida)
    await aShareLink(ida, [campaign])
    expect((await covering(admin(), poster)).others).toBe(1)
    await setAcl(admin(), poster, [{ principal: await idOf(ida), effect: 'deny', privileges: ['share'] }])
    expect((await covering(admin(), poster)).others).toBe(0)
    await setAcl(admin(), poster, [])
    await setAcl(admin(), campaign, [])
    expect((await covering(admin(), poster)).others).toBe(0)
  })
})

describe('changing a link that somebody else changes', () => {
  it('is refused when it is no longer as it was seen', async () => {
    const campaign = await aFreshFolder(admin())
    const jan = server.as('jan')
    await mayShare(campaign, jan)
    const shareLink = await aShareLink(jan, [campaign])
    const path = `/api/v1/share-links/${shareLink.id}`
    const seen = (await jan.get(path)).headers.get('etag') ?? ''
    expect([seen, (await list(jan)).items[0]?.etag]).toEqual([shareLink.etag, shareLink.etag])
    const opened = server.public.post(shareLink.at('/opens'), {})
    expectStatus(await opened, 204)
    const first = expectStatus(await admin().patch(path, { title: 'Spring' }, { 'if-match': seen }), 200)
    const changed = await jan.patch(path, { title: 'Summer' }, { 'if-match': seen })
    expect(codeOf(changed)).toEqual([412, 'share-link/changed'])
    expect((await jan.get(path)).json()['title']).toBe('Spring')
    const now = first.headers.get('etag') ?? ''
    expect(now).not.toBe(seen)
    for (const change of [{ mode: 'frozen' }, { freezeAgain: true }, { audience: 'members' }, { originals: false }]) {
      server.wait(1000)
      const tag = (await jan.get(path)).headers.get('etag') ?? ''
      expectStatus(await jan.patch(path, change, { 'if-match': `"x", ${tag}` }), 200)
      expect([change, ...codeOf(await jan.patch(path, {}, { 'if-match': tag }))]).toEqual([
        change,
        412,
        'share-link/changed',
      ])
    }
    expectStatus(await jan.patch(path, { title: 'Autumn' }, { 'if-match': '*' }), 200)
    expectStatus(await jan.patch(path, { title: 'Winter' }), 200)
  })
})

describe('the people to whom a link can be handed over', () => {
  const holders = async (who: Caller, shareLink: SharedLink, query = '') =>
    expectStatus(
      await who.get(`/api/v1/share-links/${shareLink.id}/possible-holders?${query}`),
      200,
    ).json<PossibleHolders>()
  const namesOf = ({ items }: PossibleHolders) => items.map(({ name }) => name)

  it('are those who may share every target, by name, and any of them can have it', async () => {
    const [one, two] = [await aFreshFolder(admin()), await aFreshFolder(admin())]
    const people = ['holder-a', 'holder-b', 'holder-c', 'holder-d', 'holder-e'].map((name) => server.as(name))
    const [a, b, c, d, e] = people as [Caller, Caller, Caller, Caller, Caller]
    const team = await server.group('holders team')
    expectStatus(await admin().put(`/api/v1/groups/${team}/members/${await idOf(d)}`), 200, 204)
    await mayShare(one, a, b, c)
    const entries = (await admin().get(`/api/v1/nodes/${one.id}/acl`)).json<{
      entries: { principal: string; effect: 'allow'; privileges: string[] }[]
    }>().entries
    const plain = entries.map(({ principal, effect, privileges }) => ({ principal, effect, privileges }))
    await setAcl(admin(), one, [...plain, { principal: team, effect: 'allow', privileges: ['read', 'edit-acl'] }])
    await setAcl(admin(), two, [
      ...plain.filter(({ principal }) => principal !== plain[2]?.principal),
      { principal: team, effect: 'allow', privileges: ['read', 'share'] },
      { principal: await idOf(e), effect: 'allow', privileges: ['read'] },
    ])
    const shareLink = await aShareLink(a, [one, two])
    expect(namesOf(await holders(a, shareLink, 'name=HOLDER-'))).toEqual(['holder-b', 'holder-d'])
    expect(namesOf(await holders(a, shareLink, 'name=admin'))).toEqual(['admin'])
    const first = await holders(admin(), shareLink, 'name=holder-&limit=1')
    expect(namesOf(first)).toEqual(['holder-b'])
    expect(namesOf(await holders(admin(), shareLink, `name=holder-&limit=1&cursor=${first.next}`))).toEqual([
      'holder-d',
    ])

    const path = `/api/v1/share-links/${shareLink.id}`
    expect(codeOf(await b.get(`${path}/possible-holders`))).toEqual([404, 'share-link/not-found'])
    await mayViewAll(b)
    expect(codeOf(await b.get(`${path}/possible-holders`))).toEqual([403, 'access/denied'])
    expect(codeOf(await a.post(`${path}/hand-over`, { to: await idOf(c) }))).toEqual([403, 'access/denied'])
    expectStatus(await a.post(`${path}/hand-over`, { to: await idOf(d) }), 204)
  })

  it('are not those who are disabled; targets in the trash do not matter', async () => {
    const [one, two] = [await aFreshFolder(admin()), await aFreshFolder(admin())]
    const [kim, lou] = [server.as('kim'), server.as('lou')]
    await mayShare(one, kim, lou)
    await mayShare(two, kim)
    const shareLink = await aShareLink(kim, [one, two])
    expect(namesOf(await holders(kim, shareLink, 'name=lou'))).toEqual([])
    await trash(admin(), two)
    expect(namesOf(await holders(kim, shareLink, 'name=lou'))).toEqual(['lou'])
    expectStatus(await admin().post(`/api/v1/users/${await idOf(lou)}/disable`), 204)
    expect(namesOf(await holders(kim, shareLink, 'name=lou'))).toEqual([])
  })
})

describe('the QR code of a link', () => {
  it('is a picture of its address, for who may see that', async () => {
    const campaign = await aFreshFolder(admin())
    const [mia, ned] = [server.as('mia'), server.as('ned')]
    await mayShare(campaign, mia)
    const shareLink = await aShareLink(mia, [campaign])
    const path = `/api/v1/share-links/${shareLink.id}/qr.svg`
    const answer = expectStatus(await mia.get(path), 200)
    expect(answer.headers.get('content-type')).toMatch(/^image\/svg\+xml/)
    expect(answer.headers.get('cache-control')).toContain('no-store')
    expect(answer.headers.get('content-security-policy')).toBe("default-src 'none'; sandbox")
    expect(answer.text).toMatch(/^<svg [^]*<\/svg>\s*$/)
    expect(answer.text).not.toContain(shareLink.token)
    expect((await admin().get(path)).text).toBe(answer.text)
    expect(codeOf(await ned.get(path))).toEqual([404, 'share-link/not-found'])
    await mayViewAll(ned)
    expect(codeOf(await ned.get(path))).toEqual([403, 'access/denied'])
    server.secrets.add(shareLink.token)
    expect(await server.leaks()).toEqual({ log: [], database: [] })
  })
})
