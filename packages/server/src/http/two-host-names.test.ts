import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { request } from 'node:https'
import { join } from 'node:path'
import {
  aProxy,
  aServer,
  callerOf,
  expectStatus,
  hasProxy,
  withCookies,
  type Proxy,
  type TestServer,
} from '@vitrine/testkit'
import { aDownload, partBytes, settled } from '@vitrine/testkit/download-words'
import {
  aFolder,
  anAsset,
  aShareLink,
  itemsOf,
  setAcl,
  theRoot,
  type MadeNode,
} from '@vitrine/testkit/share-link-words'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

const document = join(import.meta.dirname, '../../../../docs/two-host-names.md')
const [app, share] = ['assets.example.com', 'share.example.com'] as const

let server: TestServer
let proxy: Proxy
let campaign: MadeNode
const picture = randomBytes(3_000_000)
/** Somebody who works here, at the first host. */
const member = () => callerOf(withCookies(proxy.sendTo(app)))
/** Somebody who was given a link, at the second host. */
const stranger = () => callerOf(withCookies(proxy.sendTo(share)))
const credentials = { name: 'ada', password: 'correct horse battery staple' }
const basic = { authorization: `Basic ${Buffer.from(Object.values(credentials).join(':')).toString('base64')}` }

beforeAll(async () => {
  if (!hasProxy) return
  server = await aServer({
    environment: { VITRINE_PUBLIC_URL: `https://${share}`, VITRINE_TRUST_PROXY: '127.0.0.1' },
  })
  const { id } = expectStatus(await server.as('admin').post('/api/v1/users', credentials), 201).json<{ id: string }>()
  campaign = await aFolder(server.as('admin'), await theRoot(server.as('admin')), 'Campaign')
  const privileges = ['read', 'create', 'share', 'download-original', 'download-rendition']
  await setAcl(server.as('admin'), campaign, [{ principal: id, effect: 'allow', privileges }])
  await anAsset(server.as('admin'), campaign, 'picture.bin', picture)
  proxy = await aProxy(document, {
    'http://127.0.0.1:4502': server.url,
    'http://127.0.0.1:4503': server.publicUrl,
  })
}, 60_000)
afterAll(async () => {
  await proxy?.stop()
  await server?.stop()
})

describe.skipIf(!hasProxy)('behind the proxy of docs/two-host-names.md', () => {
  it('people sign in at the first host, with a cookie that no other host gets and no open connection', async () => {
    const ada = member()
    const answer = expectStatus(await ada.post('/api/v1/sessions', credentials, { origin: `https://${app}` }), 201)
    expect(answer.headers.getSetCookie()).toEqual([expect.stringMatching(/^__Host-vitrine_session=.*; Secure/)])
    expect((await ada.get('/api/v1/me')).json()).toMatchObject({ name: 'ada' })
  })

  it('the second host knows no session, no application and no API', async () => {
    for (const path of ['/api/v1/me', '/api/v1/nodes?path=/', '/sign-in', '/files', '/metrics']) {
      expect([path, (await stranger().get(path, basic)).status]).toEqual([path, 404])
    }
  })

  it('links for anyone open at the second host, links for members at the first', async () => {
    const speaking = { ...member(), post: (path: string, body: unknown) => member().post(path, body, basic) }
    const open = await aShareLink(speaking, [campaign])
    const closed = await aShareLink(speaking, [campaign], { audience: 'members' })
    expect([open.url, closed.url].map((url) => new URL(url).origin)).toEqual([`https://${share}`, `https://${app}`])
    expect((await itemsOf(stranger(), open)).items.map(({ name }) => name)).toEqual(['Campaign'])
    // Nobody is signed in there.
    expect((await stranger().get(closed.at('/items'))).status).toBe(403)
    expect((await member().get(closed.at('/items'), basic)).status).toBe(200)
  })

  it('an archive has its length, and each of its ranges the same bytes', async () => {
    const link = await aShareLink(server.as('admin'), [campaign])
    const visitor = stranger()
    const download = await settled(visitor, link, await aDownload(visitor, link))
    const whole = await partBytes(visitor, download)
    const { url = '', size } = download.parts[0] ?? {}
    expect(whole.length).toBe(size)
    const rest = expectStatus(await stranger().get(url, { range: 'bytes=1000000-' }), 206)
    expect(rest.bytes.equals(whole.subarray(1_000_000))).toBe(true)
  })

  it('an upload of more than a page is taken in', async () => {
    const path = `/api/v1/nodes/${campaign.id}/assets?name=sent.bin`
    expectStatus(await member().post(path, picture, basic), 201)
  })

  it('what others change is told while the stream is open', async () => {
    const to = proxy.to(app)
    const stream = request({ ...to, path: '/api/v1/events', headers: { ...to.headers, ...basic } })
    stream.on('error', () => undefined).end()
    const [answer] = (await once(stream, 'response')) as [AsyncIterable<Buffer>]
    await aFolder(server.as('admin'), campaign, 'Told at once')
    for await (const some of answer) if (some.toString().includes(campaign.id)) break
    stream.destroy()
  })
})
