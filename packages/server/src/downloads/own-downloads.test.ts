import type { DownloadBody, DownloadEstimate } from '@vitrine/api'
import { aServer, type Answer, type Caller, expectStatus, type Person, type TestServer } from '@vitrine/testkit'
import { anOwnDownload, ownDownloadNow, partBytes, unpacked } from '@vitrine/testkit/download-words'
import { aFolder, anAsset, type MadeNode, setAcl, theRoot, trash } from '@vitrine/testkit/share-link-words'
import fc from 'fast-check'
import sharp from 'sharp'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'

let server: TestServer
let ann: Person
let bob: Person
let counter = 0
beforeAll(async () => {
  server = await aServer({
    environment: { VITRINE_PART_SIZE: '2000B', VITRINE_DOWNLOAD_LIMIT: '50kB', VITRINE_CONTACT: 'Ask Ada.' },
  })
  ann = await server.user('ann')
  bob = await server.user('bob')
})
afterAll(() => server.stop())

const admin = () => server.as('admin')
const codeOf = (answer: Answer) => [answer.status, answer.json()['code']]
const all = ['read', 'download-original', 'download-rendition'] as const
const wish = (nodes: unknown, more: object = {}) => ({ nodes, originals: true, renditions: [], ...more })
const ask = (user: Caller, body: unknown, headers: Record<string, string> = {}) =>
  user.post('/api/v1/downloads', body, headers)
const estimate = async (user: Caller, body: unknown) =>
  expectStatus(await user.post('/api/v1/downloads/estimate', body), 200).json<DownloadEstimate>()

let campaign: MadeNode
let a: MadeNode
let print: MadeNode
beforeEach(async () => {
  counter += 1
  campaign = await aFolder(admin(), await theRoot(admin()), `Campaign ${counter}`)
  a = await anAsset(admin(), campaign, 'a.txt', 'the first')
  await anAsset(admin(), campaign, 'b.TXT', 'the second')
  await anAsset(admin(), campaign, 'c.dat', 'a third')
  print = await aFolder(admin(), campaign, 'Print txt')
  await anAsset(admin(), print, 'poster.dat', 'ein Plakat')
  await setAcl(admin(), campaign, [{ principal: ann.id, effect: 'allow', privileges: all }])
})

describe('a download of somebody who is signed in', () => {
  it('is ready in the answer, and its part is got without signing in, on the main listener alone', async () => {
    const answer = await ask(ann, wish([campaign.id]))
    const download = expectStatus(answer, 201).json<DownloadBody>()
    const name = `${campaign.name}.zip`
    expect(download).toMatchObject({ state: 'ready', name, entries: 4, skipped: [], withdrawn: 0 })
    expect(answer.headers.get('location')).toBe(`/api/v1/downloads/${download.id}`)
    const { url = '', size, etag } = download.parts[0] ?? {}
    expect(url).toMatch(new RegExp(`^/linkshare.html/downloads/${download.id}/parts/1\\?dl=[\\w-]{43}$`))
    const got = await server.anonymous.get(url)
    expect([got.status, got.headers.get('content-length'), got.headers.get('etag')]).toEqual([200, String(size), etag])
    expect(Object.keys(unpacked(got.bytes))).toEqual([
      `${campaign.name}/a.txt`,
      `${campaign.name}/b.TXT`,
      `${campaign.name}/c.dat`,
      `${campaign.name}/Print txt/poster.dat`,
    ])
    const range = await server.anonymous.get(url, { range: 'bytes=10-19', 'if-range': etag ?? '' })
    expect([range.status, range.bytes]).toEqual([206, got.bytes.subarray(10, 20)])
    expect(codeOf(await server.public.get(url))).toEqual([404, 'download/not-found'])
  })

  it('holds of a folder what its filter lets through, without what is left out', async () => {
    const of = async (nodes: object, more: object = {}) => {
      const download = await anOwnDownload(ann, nodes, more)
      return [download.name, Object.keys(unpacked(await partBytes(server.anonymous, download)))]
    }
    const name = `${campaign.name}.zip`
    expect(await of({ folder: campaign.id, filter: 'TXT' })).toEqual([
      name,
      ['a.txt', 'b.TXT', 'Print txt/poster.dat'].map((path) => `${campaign.name}/${path}`),
    ])
    expect(await of({ folder: campaign.id, except: [a.id, print.id] })).toEqual([
      name,
      ['b.TXT', 'c.dat'].map((path) => `${campaign.name}/${path}`),
    ])
    expect(await of({ folder: campaign.id, filter: 'txt', except: [a.id] }, { layout: 'flat' })).toEqual([
      name,
      ['b.TXT', 'poster.dat'],
    ])
    expect(codeOf(await ask(ann, wish({ folder: campaign.id, filter: '%' })))).toEqual([422, 'download/empty'])
  })

  it('is called after the folder that holds what was chosen, where that is seen', async () => {
    const b = await anAsset(admin(), campaign, 'd.txt')
    expect((await anOwnDownload(ann, [a.id, b.id])).name).toBe(`${campaign.name}.zip`)
    expect((await anOwnDownload(ann, [a.id])).name).toBe('a.txt')
    const hidden = await aFolder(admin(), campaign, 'Secret client')
    const shown = await Promise.all(['x.txt', 'y.txt'].map((name) => anAsset(admin(), hidden, name)))
    await setAcl(admin(), hidden, [{ principal: ann.id, effect: 'deny', privileges: ['read'] }])
    for (const node of shown) {
      await setAcl(admin(), node, [{ principal: ann.id, effect: 'allow', privileges: all }])
    }
    expect(
      (
        await anOwnDownload(
          ann,
          shown.map(({ id }) => id),
        )
      ).name,
    ).toBe('Vitrine.zip')
  })

  it('belongs to nobody else', async () => {
    const download = await anOwnDownload(ann, [campaign.id])
    const listed = expectStatus(await ann.get('/api/v1/downloads'), 200).json<{ downloads: DownloadBody[] }>()
    expect(listed.downloads[0]).toEqual(download)
    expect((await bob.get('/api/v1/downloads')).json()).toEqual({ downloads: [] })
    const one = `/api/v1/downloads/${download.id}`
    for (const [method, path] of [
      ['GET', one],
      ['GET', `${one}/SHA256SUMS`],
      ['GET', `${one}/manifest.json`],
      ['POST', `${one}/cancel`],
      ['POST', `${one}/again`],
      ['GET', `/api/v1/downloads/${'A'.repeat(22)}`],
    ] as const) {
      expect([path, ...codeOf(await bob.request(method, path))]).toEqual([path, 404, 'download/not-found'])
      expect((await server.anonymous.request(method, path)).status).toBe(401)
    }
    expect((await ownDownloadNow(ann, download)).state).toBe('ready')
  })

  it('has its checksums and its list beside it', async () => {
    const download = await anOwnDownload(ann, [a.id])
    const sums = await ann.get(`/api/v1/downloads/${download.id}/SHA256SUMS`)
    expect(sums.text).toMatch(/^[0-9a-f]{64} {2}a\.txt\n$/)
    const list = (await ann.get(`/api/v1/downloads/${download.id}/manifest.json`)).json()
    expect(list).toMatchObject({ name: 'a.txt', entries: [{ part: 1, name: 'a.txt', size: 9 }] })
  })

  it('is made once for one key, also at the same time', async () => {
    const answers = await Promise.all(
      [1, 2, 3].map(() => ask(ann, wish([a.id, print.id]), { 'idempotency-key': `key-${counter}` })),
    )
    expect(new Set(answers.map((answer) => answer.json<DownloadBody>().id)).size).toBe(1)
    // In another order it is the same wish.
    const turned = await ask(ann, wish([print.id, a.id]), { 'idempotency-key': `key-${counter}` })
    expect(turned.json<DownloadBody>().id).toBe(answers[0]?.json<DownloadBody>().id)
    const other = await ask(ann, wish([a.id]), { 'idempotency-key': `key-${counter}` })
    expect(codeOf(other)).toEqual([400, 'request/invalid'])
    await setAcl(admin(), campaign, [{ principal: bob.id, effect: 'allow', privileges: all }])
    expect((await ask(bob, wish([a.id]), { 'idempotency-key': `key-${counter}` })).status).toBe(201)
  })

  it('waits for renditions that are not there yet', async () => {
    const background = { r: counter, g: 30, b: 60 }
    const picture = await sharp({ create: { width: 900, height: 600, channels: 3, background } })
      .png()
      .toBuffer()
    await anAsset(admin(), print, 'picture.png', picture)
    const body = wish([print.id], { renditions: ['web.1280'] })
    const before = await estimate(ann, body)
    expect(before).toMatchObject({
      entries: expect.toSatisfy((entries) => entries === 2 || entries === 3),
      isExact: true,
    })
    const download = expectStatus(await ask(ann, body), 201).json<DownloadBody>()
    await expect.poll(async () => (await ownDownloadNow(ann, download)).state, { timeout: 60_000 }).toBe('ready')
    const ready = await ownDownloadNow(ann, download)
    expect(ready.skipped).toEqual([
      { name: 'poster.dat (web.1280)', reason: 'There is no such rendition of this type of file.' },
    ])
    const names = (await Promise.all(ready.parts.map((part) => server.anonymous.get(part.url)))).flatMap(({ bytes }) =>
      Object.keys(unpacked(bytes)),
    )
    expect(names.filter((name) => name.includes('picture'))).toHaveLength(2)
    expect(await estimate(ann, body)).toMatchObject({ renditionsToMake: 0, bytes: ready.size, entries: ready.entries })
  })
})

describe('rights', () => {
  it('decide what is in it, and what is not is said', async () => {
    await setAcl(admin(), print, [{ principal: ann.id, effect: 'deny', privileges: ['download-original'] }])
    const download = await anOwnDownload(ann, [campaign.id])
    expect(download.skipped).toEqual([{ name: 'poster.dat', reason: 'The original may not be downloaded.' }])
    expect(codeOf(await ask(ann, wish([print.id])))).toEqual([403, 'download/originals-not-allowed'])
    await setAcl(admin(), print, [{ principal: ann.id, effect: 'deny', privileges: ['read'] }])
    const without = await anOwnDownload(ann, [campaign.id])
    expect([without.entries, without.skipped]).toEqual([3, []])
    expect(codeOf(await ask(ann, wish([print.id])))).toEqual([404, 'node/not-found'])
    expect(codeOf(await ask(bob, wish([campaign.id])))).toEqual([404, 'node/not-found'])
  })

  it('that are lost withdraw it for good, with the number, and it can be queued again without', async () => {
    const download = await anOwnDownload(ann, [campaign.id])
    const { url = '', etag = '' } = download.parts[0] ?? {}
    await setAcl(admin(), print, [{ principal: ann.id, effect: 'deny', privileges: ['download-original'] }])
    await trash(admin(), a)
    for (const headers of [{}, { range: 'bytes=0-0' }, { 'if-none-match': etag }] as Record<string, string>[]) {
      const answer = await server.anonymous.get(url, headers)
      expect([answer.status, answer.json()]).toMatchObject([410, { code: 'download/contents-withdrawn', count: 2 }])
    }
    expect(await ownDownloadNow(ann, download)).toMatchObject({ state: 'withdrawn', withdrawn: 2, parts: [] })
    expect((await ann.get(`/api/v1/downloads/${download.id}/SHA256SUMS`)).status).toBe(410)
    const again = (id: string) => ann.post(`/api/v1/downloads/${id}/again`)
    const answer = expectStatus(await again(download.id), 201)
    const made = answer.json<DownloadBody>()
    expect(answer.headers.get('location')).toBe(`/api/v1/downloads/${made.id}`)
    expect(Object.keys(unpacked(await partBytes(server.anonymous, made)))).toEqual([
      `${campaign.name}/b.TXT`,
      `${campaign.name}/c.dat`,
      `${campaign.name}/Print txt/`,
      'NOT-INCLUDED.txt',
    ])
    expect((await again(download.id)).json<DownloadBody>().id).toBe(made.id)
  })

  it('of somebody who is disabled give nothing, and come back with them', async () => {
    const cid = await server.user(`cid-${counter}`)
    await setAcl(admin(), campaign, [{ principal: cid.id, effect: 'allow', privileges: all }])
    const download = await anOwnDownload(cid, [campaign.id])
    const { url = '', etag = '' } = download.parts[0] ?? {}
    expectStatus(await admin().post(`/api/v1/users/${cid.id}/disable`, {}), 204)
    for (const headers of [{}, { 'if-none-match': etag }] as Record<string, string>[]) {
      expect(codeOf(await server.anonymous.get(url, headers))).toEqual([410, 'download/contents-withdrawn'])
    }
    expectStatus(await admin().post(`/api/v1/users/${cid.id}/enable`, {}), 204)
    expect((await server.anonymous.get(url)).status).toBe(200)
  })

  it('end with the retention', async () => {
    const download = await anOwnDownload(ann, [a.id])
    server.wait(7 * 86_400_000)
    const { url = '' } = download.parts[0] ?? {}
    expect(codeOf(await server.anonymous.get(url))).toEqual([410, 'download/expired'])
    expect(await ownDownloadNow(ann, download)).toMatchObject({ state: 'expired', parts: [] })
  })
})

describe('an estimate', () => {
  it('says what a download comes to, whatever is in the tree and whatever may be had of it', async () => {
    const anEntry = fc.record({
      size: fc.integer({ min: 0, max: 1500 }),
      folder: fc.integer({ min: 0, max: 2 }),
      right: fc.constantFrom('all', 'no-original', 'hidden'),
    })
    await fc.assert(
      fc.asyncProperty(fc.array(anEntry, { minLength: 1, maxLength: 8 }), async (entries) => {
        const root = await aFolder(admin(), campaign, `tree ${(counter += 1)}`)
        const folders = [root, await aFolder(admin(), root, 'one'), await aFolder(admin(), root, 'two')]
        for (const [index, { size, folder, right }] of entries.entries()) {
          const node = await anAsset(admin(), folders[folder]!, `${index}.bin`, Buffer.alloc(size, index))
          const privilege = right === 'hidden' ? 'read' : 'download-original'
          if (right === 'all') continue
          await setAcl(admin(), node, [{ principal: ann.id, effect: 'deny', privileges: [privilege] }])
        }
        const told = await estimate(ann, wish([root.id]))
        const answer = await ask(ann, wish([root.id]))
        const notAllowed = entries.filter(({ right }) => right === 'no-original').length
        expect(told).toMatchObject({
          notAllowed,
          renditionsToMake: 0,
          isExact: true,
          limit: 50_000,
          contact: 'Ask Ada.',
        })
        const made = answer.status === 201 ? answer.json<DownloadBody>() : { entries: 0, size: 0, parts: [] }
        expect([told.entries, told.bytes, told.parts]).toEqual([made.entries, made.size, made.parts.length])
      }),
      { numRuns: 12 },
    )
  })

  it('queues nothing, and tells of more than the limit before it is refused', async () => {
    await anAsset(admin(), campaign, 'large.bin', Buffer.alloc(60_000))
    const before = (await ann.get('/api/v1/downloads')).json<{ downloads: unknown[] }>().downloads.length
    const told = await estimate(ann, wish([campaign.id]))
    expect(told.bytes).toBeGreaterThan(told.limit ?? Infinity)
    const refused = await ask(ann, wish([campaign.id]))
    expect([refused.status, refused.json()]).toMatchObject([
      422,
      { code: 'download/over-limit', limit: 50_000, size: told.bytes, contact: 'Ask Ada.' },
    ])
    expect((await ann.get('/api/v1/downloads')).json<{ downloads: unknown[] }>().downloads).toHaveLength(before)
  })
})

describe('a hostile request', () => {
  it.each<[string, object]>([
    ['no nodes', { nodes: [] }],
    ['a path', { nodes: ['/Campaign'] }],
    ['a word', { nodes: 'all' }],
    ['too many nodes', { nodes: Array.from({ length: 20_001 }, () => '01900000-0000-7000-8000-000000000000') }],
    ['a folder that is a list', { nodes: { folder: [] } }],
    ['a NUL in the filter', { nodes: { folder: '01900000-0000-7000-8000-000000000000', filter: '\0' } }],
    ['a filter without a folder', { nodes: { filter: 'x' } }],
    ['a text for a truth', { originals: 'yes' }],
    ['an unknown rendition', { renditions: ['../../etc/passwd'] }],
    ['an unknown layout', { layout: '../' }],
    ['an unknown member', { owner: 'admin' }],
  ])('is refused: %s', async (_name, change) => {
    const body = { ...wish([campaign.id]), ...change }
    expect(codeOf(await ask(ann, body))).toEqual([400, 'request/invalid'])
    expect(codeOf(await ann.post('/api/v1/downloads/estimate', body))).toEqual([400, 'request/invalid'])
  })

  it('is refused for nothing, for a folder that is none, and with a key that is none', async () => {
    expect(codeOf(await ask(ann, wish([campaign.id], { originals: false })))).toEqual([422, 'download/empty'])
    expect(codeOf(await ask(ann, wish({ folder: a.id })))).toEqual([422, 'node/not-a-folder'])
    const strange = { 'idempotency-key': 'x'.repeat(256) }
    expect(codeOf(await ask(ann, wish([campaign.id]), strange))).toEqual([400, 'request/invalid'])
    const nowhere = wish(['01900000-0000-7000-8000-000000000000'])
    expect(codeOf(await ask(ann, nowhere))).toEqual([404, 'node/not-found'])
  })
})

it('leaves no capability in a log or in a row of the database', async () => {
  await partBytes(server.anonymous, await anOwnDownload(ann, [campaign.id]))
  expect(await server.leaks()).toEqual({ log: [], database: [] })
})
