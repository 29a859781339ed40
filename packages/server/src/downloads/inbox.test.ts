import type { Download, PublicProblem } from '@vitrine/api/public'
import { aServer, type Answer, type Caller, type TestServer, expectStatus } from '@vitrine/testkit'
import { aDownload, askForDownload, downloadNow, everything, partBytes } from '@vitrine/testkit/download-words'
import { aFolder, anAsset, aShareLink, type SharedLink, theRoot } from '@vitrine/testkit/share-link-words'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

let server: TestServer
let link: SharedLink
let other: SharedLink
beforeAll(async () => {
  server = await aServer()
  const admin = server.as('admin')
  const campaign = await aFolder(admin, await theRoot(admin), 'Campaign')
  await anAsset(admin, campaign, 'a.txt', 'the first')
  await anAsset(admin, campaign, 'b.txt', 'the second')
  link = await aShareLink(admin, [campaign])
  other = await aShareLink(admin, [campaign])
})
afterAll(() => server.stop())

const inboxOf = async (visitor: Caller, of = link) =>
  expectStatus(await visitor.get(of.at('/downloads')), 200).json<{ downloads: Download[] }>().downloads
const codeOf = (answer: Answer) => [answer.status, answer.json<PublicProblem>().code]

describe('an inbox', () => {
  it('belongs to a visitor who has queued something, and to this link', async () => {
    const [one, another] = [server.aVisitor(), server.aVisitor()]
    expect(await inboxOf(one)).toEqual([])
    const download = await aDownload(one, link)
    await aDownload(another, link)
    expect((await inboxOf(one)).map(({ id }) => id)).toEqual([download.id])
    expect(await inboxOf(one, other)).toEqual([])
    expect(await inboxOf(server.public)).toEqual([])

    for (const stranger of [another, server.public]) {
      expect(codeOf(await stranger.get(link.at(`/downloads/${download.id}`)))).toEqual([404, 'download/not-found'])
      expect(codeOf(await stranger.post(link.at(`/downloads/${download.id}/cancel`), {}))).toEqual([
        404,
        'download/not-found',
      ])
      expect((await stranger.get(link.at(`/downloads/${download.id}/SHA256SUMS`))).status).toBe(404)
      expect((await stranger.post(link.at(`/downloads/${download.id}/queue-again`), {})).status).toBe(404)
    }
    expect((await one.get(other.at(`/downloads/${download.id}`))).status).toBe(404)
    expect((await downloadNow(one, link, download)).parts).toEqual(download.parts)
  })

  it('is kept by a cookie that no script reads, for these pages alone', async () => {
    const answer = await askForDownload(server.aVisitor(), link)
    const [cookie = ''] = answer.headers.getSetCookie()
    expect(cookie).toMatch(/^vitrine_visitor=[\w-]{22}; /)
    for (const attribute of ['HttpOnly', 'SameSite=Lax', 'Path=/linkshare.html', 'Max-Age=2592000']) {
      expect(cookie.split('; ')).toContain(attribute)
    }
    expect((await server.public.get(link.at('/downloads'))).headers.getSetCookie()).toEqual([])
  })
})

describe('a repeated request', () => {
  it('with the same key makes one download, also at the same time', async () => {
    const visitor = server.aVisitor()
    await aDownload(visitor, link)
    const answers = await Promise.all([1, 2, 3].map(() => askForDownload(visitor, link, everything, 'again')))
    expect(new Set(answers.map((answer) => answer.json<Download>().id)).size).toBe(1)
    expect(await inboxOf(visitor)).toHaveLength(2)
    const changed = await askForDownload(visitor, link, { ...everything, layout: 'flat' }, 'again')
    expect(codeOf(changed)).toEqual([400, 'request/invalid'])
  })
})

describe('the capability of a part', () => {
  it('opens this part without cookie or token, and nothing else', async () => {
    const download = await aDownload(server.aVisitor(), link)
    const [part] = download.parts
    const url = part?.url ?? ''
    expect(url).toMatch(new RegExp(`^/linkshare.html/downloads/${download.id}/parts/1\\?dl=[\\w-]{43}$`))
    expect((await server.public.get(url)).status).toBe(200)
    const dl = url.split('=').at(-1) ?? ''
    const second = await aDownload(server.aVisitor(), link)
    const wrong = [
      url.replace('/parts/1', '/parts/2'),
      url.replace(download.id, second.id),
      url.slice(0, -1),
      `${url}A`,
      url.split('?')[0] ?? '',
      url.replace('/parts/1', '/parts/01'),
      url.replace('/parts/1', '/parts/x'),
      `/linkshare.html/downloads/${'A'.repeat(22)}/parts/1?dl=${dl}`,
    ]
    for (const address of wrong) {
      expect([address, ...codeOf(await server.public.get(address))]).toEqual([address, 404, 'download/not-found'])
    }
    expect((await server.public.get(`/linkshare.html/items?sh=${dl}`)).status).toBe(404)
  })

  it('is in no log and in no row of the database', async () => {
    await partBytes(server.public, await aDownload(server.aVisitor(), link))
    expect(await server.leaks()).toEqual({ log: [], database: [] })
  })
})

describe('cancelling', () => {
  it('ends a download for good', async () => {
    const visitor = server.aVisitor()
    const download = await aDownload(visitor, link)
    const { url = '' } = download.parts[0] ?? {}
    for (let time = 1; time <= 2; time++) {
      const cancelled = expectStatus(await visitor.post(link.at(`/downloads/${download.id}/cancel`), {}), 200)
      expect(cancelled.json<Download>()).toMatchObject({ state: 'cancelled', parts: [] })
    }
    const etag = download.parts[0]?.etag ?? ''
    expect(codeOf(await server.public.get(url, { 'if-none-match': etag }))).toEqual([410, 'download/cancelled'])
  })
})

describe('a hostile request', () => {
  it.each<[string, unknown]>([
    ['an empty object', {}],
    ['a list', []],
    ['a text', 'all'],
    ['null', null],
    ['no items', { ...everything, items: [] }],
    ['null for items', { ...everything, items: null }],
    ['another word for items', { ...everything, items: 'some' }],
    ['a number for an id', { ...everything, items: [1] }],
    ['an object for an id', { ...everything, items: [{ id: 'x' }] }],
    ['an id that is too long', { ...everything, items: ['x'.repeat(101)] }],
    ['too many items', { ...everything, items: Array.from({ length: 20_001 }, () => 'x') }],
    ['a word to leave out', { ...everything, except: 'all' }],
    ['a text for a truth', { ...everything, originals: 'yes' }],
    ['nothing about originals', { ...everything, originals: undefined }],
    ['an unknown rendition', { ...everything, renditions: ['../../etc/passwd'] }],
    ['a text for a list', { ...everything, renditions: 'web.1280' }],
    ['an unknown layout', { ...everything, layout: '../' }],
    ['an unknown member', { ...everything, holder: 'admin' }],
    ['a strange member', { ...everything, ['__proto__x']: {} }],
  ])('is refused: %s', async (_name, body) => {
    expect(codeOf(await askForDownload(server.aVisitor(), link, body as object))).toEqual([400, 'request/invalid'])
  })

  it('of another form, or from another site, is refused', async () => {
    const post = (headers: Record<string, string>, body: unknown = everything) =>
      server.public.post(link.at('/downloads'), body, headers)
    expect(codeOf(await post({ 'content-type': 'text/plain' }))).toEqual([415, 'request/unsupported-media-type'])
    expect((await post({ 'content-type': 'application/x-www-form-urlencoded' })).status).toBe(415)
    expect((await server.public.post(link.at('/downloads'), Buffer.from('{"items'))).status).toBe(415)
    expect(codeOf(await post({ 'sec-fetch-site': 'cross-site' }))).toEqual([403, 'request/cross-site'])
    expect(codeOf(await post({ 'idempotency-key': 'x'.repeat(256) }))).toEqual([400, 'request/invalid'])
    const huge = await post({}, { ...everything, items: ['x'.repeat(2_000_000)] })
    expect(codeOf(huge)).toEqual([413, 'request/too-large'])
  })

  it('for items of another link, or of none, finds nothing', async () => {
    const { items } = (await server.public.get(other.at('/items'))).json<{ items: { id: string }[] }>()
    for (const id of [items[0]?.id ?? '', 'A'.repeat(22), '', '../x', '0'.repeat(36)]) {
      const answer = await askForDownload(server.aVisitor(), link, { ...everything, items: [id] })
      expect(codeOf(answer)).toEqual([404, 'item/not-found'])
    }
  })
})
