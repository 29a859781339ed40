import type { DownloadBody } from '@vitrine/api'
import { aServer, type Person, type TestServer } from '@vitrine/testkit'
import { aDownload, anOwnDownload } from '@vitrine/testkit/download-words'
import { aFolder, anAsset, aShareLink, type MadeNode, setAcl, theRoot } from '@vitrine/testkit/share-link-words'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { disguises, wrongSecrets } from './attacks.ts'
import { rawRequest, type RawAnswer } from './raw-request.ts'

/** The part of a download of somebody who is signed in: where strangers meet it, and how it is attacked. */
const methods = ['GET', 'HEAD'] as const
const all = ['read', 'download-original'] as const

let server: TestServer
let campaign: MadeNode
let ann: Person
let path: string
let right: string
beforeAll(async () => {
  server = await aServer()
  campaign = await aFolder(server.as('admin'), await theRoot(server.as('admin')), 'Secret client')
  for (const name of ['a.txt', 'b.txt']) await anAsset(server.as('admin'), campaign, name)
  ann = await server.user('ann')
  await setAcl(server.as('admin'), campaign, [{ principal: ann.id, effect: 'allow', privileges: all }])
  ;[path, right] = partOf(await anOwnDownload(ann, [campaign.id]))
})
afterAll(() => server.stop())
// Misses are counted per network: each test is a new stranger's day.
beforeEach(() => server.wait(60_000))

function partOf(download: Pick<DownloadBody, 'parts'>): [path: string, secret: string] {
  const url = new URL(download.parts[0]?.url ?? '', 'http://x')
  return [url.pathname, url.searchParams.get('dl') ?? '']
}

const get = (
  secret: string | undefined,
  at = path,
  more: Parameters<typeof rawRequest>[3] = {},
  listener = server.url,
) => rawRequest(listener, 'GET', secret === undefined ? at : `${at}?dl=${secret}`, more)
const withoutRequestId = ({ body }: RawAnswer) => body.replace(/"requestId":"[^"]*"/, '')
const codeOf = ({ status, body }: RawAnswer) => [status, (JSON.parse(body) as { code: string }).code]

function expectSilent(answer: RawAnswer): void {
  expect(answer.text).not.toContain('Secret client')
  expect(answer.headers['cache-control']).toContain('no-store')
  expect([answer.headers['etag'], answer.headers['location'], answer.headers['set-cookie']]).toEqual([
    undefined,
    undefined,
    undefined,
  ])
}

describe("the capability of a user's part", () => {
  it.each(methods)('opens it with %s on the main listener, without a sign-in', async (method) => {
    const answer = await rawRequest(server.url, method, `${path}?dl=${right}`)
    expect([answer.status, answer.headers['cache-control']]).toEqual([200, 'private, no-transform'])
    expect(answer.headers['set-cookie']).toBeUndefined()
    const forged = await rawRequest(server.url, method, `${path}?dl=${right}`, {
      headers: { cookie: 'vitrine_session=forged; vitrine_visitor=x' },
    })
    expect(forged.status).toBe(200)
  })

  it('opens nothing on the public listener: there it is like any wrong one', async () => {
    const answers = [await get(right, path, {}, server.publicUrl), await get(undefined, path, {}, server.publicUrl)]
    for (const answer of answers) {
      expect(codeOf(answer)).toEqual([404, 'download/not-found'])
      expectSilent(answer)
    }
    expect(new Set(answers.map(withoutRequestId)).size).toBe(1)
  })

  it('answers 404 with one and the same body, whatever is wrong with it', async () => {
    const bob = await server.user('bob')
    await setAcl(server.as('admin'), campaign, [
      { principal: ann.id, effect: 'allow', privileges: all },
      { principal: bob.id, effect: 'allow', privileges: all },
    ])
    const link = await aShareLink(server.as('admin'), [campaign])
    const [, ofLink] = partOf((await aDownload(server.aVisitor(), link)) as DownloadBody)
    const [, ofBob] = partOf(await anOwnDownload(bob, [campaign.id]))
    const [, ofAnother] = partOf(await anOwnDownload(ann, [campaign.id]))
    const bodies = new Set<string>()
    for (const secret of [...wrongSecrets(right), ofLink, ofBob, ofAnother]) {
      const answer = await get(secret)
      expect([secret, ...codeOf(answer)]).toEqual([secret, 404, 'download/not-found'])
      expectSilent(answer)
      bodies.add(withoutRequestId(answer))
    }
    for (const at of [path.replace('/parts/1', '/parts/2'), path.replace(/[\w-]{22}/, 'A'.repeat(22))]) {
      bodies.add(withoutRequestId(await get(right, at)))
    }
    expect(bodies.size).toBe(1)
  })

  it('is not reached by an address that could be read in another way', async () => {
    for (const disguised of disguises(path)) {
      const answer = await get(right, disguised)
      expect([disguised, answer.status]).toEqual([
        disguised,
        expect.toSatisfy((status) => status === 404 || status === 400),
      ])
    }
  })

  it('opens nothing else: not what its user may ask for, and no link', async () => {
    for (const other of [
      '/api/v1/downloads',
      `/api/v1/downloads/${path.split('/')[3] ?? ''}`,
      '/linkshare.html/items',
    ]) {
      expect([401, 404]).toContain((await rawRequest(server.url, 'GET', `${other}?dl=${right}&sh=${right}`)).status)
    }
  })
})

describe('once it is over', () => {
  const conditions: Record<string, string>[] = [{}, { 'if-none-match': '*' }, { range: 'bytes=0-0' }]

  it.each<[string, string, (user: Person, id: string) => Promise<unknown>]>([
    ['cancelled', 'download/cancelled', (user, id) => user.post(`/api/v1/downloads/${id}/cancel`)],
    [
      'withdrawn',
      'download/contents-withdrawn',
      (user) => setAcl(server.as('admin'), campaign, [{ principal: user.id, effect: 'deny', privileges: ['read'] }]),
    ],
    [
      'not given at present, as its user is disabled',
      'download/contents-withdrawn',
      (user) => server.as('admin').post(`/api/v1/users/${user.id}/disable`, {}),
    ],
    ['expired', 'download/expired', async () => server.wait(8 * 86_400_000)],
  ])('because it is %s, it is 410 and never "not modified"', async (how, code, end) => {
    const user = await server.user(`user ${how.length}`)
    await setAcl(server.as('admin'), campaign, [{ principal: user.id, effect: 'allow', privileges: all }])
    const download = await anOwnDownload(user, [campaign.id])
    const [at, secret] = partOf(download)
    expect((await get(secret, at)).status).toBe(200)
    await end(user, download.id)
    for (const headers of conditions) {
      const answer = await get(secret, at, { headers })
      expect(codeOf(answer)).toEqual([410, code])
      expectSilent(answer)
    }
    for (const method of methods) {
      expect((await rawRequest(server.url, method, `${at}?dl=${secret}`)).status).toBe(410)
      expect((await rawRequest(server.url, method, `${at}?dl=A${secret}`)).status).toBe(404)
    }
  })
})
