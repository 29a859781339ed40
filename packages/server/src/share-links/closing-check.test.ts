import type { ClosingCheck, ClosingCheckDoor } from '@vitrine/api'
import type { PrincipalId, ShareLinkId } from '@vitrine/domain'
import { aServer, type Caller, type TestServer, expectStatus } from '@vitrine/testkit'
import { aDownload } from '@vitrine/testkit/download-words'
import {
  aFolder,
  anAsset,
  aShareLink,
  idOf,
  itemNamed,
  setAcl,
  theRoot,
  type MadeNode,
  type SharedLink,
} from '@vitrine/testkit/share-link-words'
import Fastify from 'fastify'
import sharp from 'sharp'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { createApp } from '../app.ts'
import { Listeners } from '../http/listeners.ts'
import { routesOf, type RouteRecord } from '../http/routes-of.ts'
import { checkClosing } from './check-closing.ts'
import { recipes } from './closing-questions.ts'
import type { LinkUser } from './own-share-link.ts'

const day = 86_400_000

let server: TestServer
let campaign: MadeNode
let routes: readonly RouteRecord[]
beforeAll(async () => {
  server = await aServer({ environment: { VITRINE_DOWNLOAD_GRACE: '24h' } })
  campaign = await aFolder(admin(), await theRoot(admin()), 'Secret campaign')
  await anAsset(admin(), campaign, 'secret.txt', 'a secret text')
  await anAsset(admin(), campaign, 'picture.png', await aPicture())
  const app = await createApp(server.parts, 'public')
  await app.ready()
  routes = routesOf(app).filter(({ isPublic }) => isPublic)
  await app.close()
}, 60_000)
afterAll(() => server.stop())

const admin = () => server.as('admin')
const check = async (who: Caller, shareLink: SharedLink) =>
  expectStatus(await who.post(`/api/v1/share-links/${shareLink.id}/closing-check`), 200).json<ClosingCheck>()
const revoke = async (shareLink: SharedLink) =>
  expectStatus(await admin().post(`/api/v1/share-links/${shareLink.id}/revoke`), 200)
const codeOf = (answer: { status: number; json(): Record<string, unknown> }) => [answer.status, answer.json()['code']]
const openDoors = ({ doors }: ClosingCheck) => doors.filter(({ closed }) => !closed)
const routeOf = ({ method, route }: ClosingCheckDoor) => `${method} ${route}`

/** A link that was looked at, and from which something was downloaded: an archive and a single file. */
async function aUsedLink(holder = admin(), more: Readonly<Record<string, unknown>> = {}): Promise<SharedLink> {
  const shareLink = await aShareLink(holder, [campaign], more)
  const visitor = more['audience'] === 'members' ? admin() : server.aVisitor()
  await aDownload(visitor, shareLink)
  const folder = await itemNamed(visitor, shareLink, campaign.name)
  const text = await itemNamed(visitor, shareLink, 'secret.txt', folder)
  await aDownload(visitor, shareLink, { items: [text.id], originals: true, renditions: [] })
  return shareLink
}

describe('the closing check', () => {
  it('knows how to ask every public route, and asks no route that there is not', () => {
    expect(Object.keys(recipes).toSorted()).toEqual([...new Set(routes.map(({ url }) => url))].toSorted())
  })

  it('asks every door of a revoked link on both listeners, plain and conditionally, and finds them closed', async () => {
    const shareLink = await aUsedLink()
    await revoke(shareLink)
    const checked = await check(admin(), shareLink)
    expect([openDoors(checked), checked.allClosed, checked.partsNotAsked]).toEqual([[], true, 0])
    expect(Date.parse(checked.checkedAt)).toBeLessThanOrEqual(server.now())
    const saying = routes.filter(({ url }) => recipes[url] !== null).map(({ method, url }) => `${method} ${url}`)
    for (const listener of ['main', 'public'] as const) {
      const asked = checked.doors.filter((door) => door.listener === listener)
      expect([...new Set(asked.map(routeOf))].toSorted()).toEqual([...new Set(saying)].toSorted())
      const readable = saying.filter((one) => !one.startsWith('POST '))
      const conditional = asked.filter(({ condition }) => condition === 'if-none-match').map(routeOf)
      expect([...new Set(conditional)].toSorted()).toEqual([...new Set(readable)].toSorted())
      const parts = asked.filter(
        ({ route, method, condition }) => /parts/.test(route) && method === 'GET' && !condition,
      )
      expect(parts.map(({ url }) => url)).toEqual([
        expect.stringMatching(/^\/linkshare\.html\/downloads\/[\w-]{22}\/parts\/1\?dl=…$/),
        expect.stringMatching(/^\/linkshare\.html\/downloads\/[\w-]{22}\/parts\/1\?dl=…$/),
      ])
    }
    for (const { method, answer } of checked.doors) {
      expect(answer).toEqual({ status: 410, code: method === 'HEAD' ? null : 'share-link/revoked' })
    }
    expect(JSON.stringify(checked)).not.toContain(shareLink.token)
  })

  it('finds a door that was left open, and one that nobody knows how to ask', async () => {
    const shareLink = await aUsedLink()
    await revoke(shareLink)
    // A server that forgets what has become of the link at some of its doors.
    const leaky = Fastify()
    leaky.all('/*', async (request, reply) => {
      const isRead = request.method === 'GET'
      if (isRead && request.url.includes('/original') && !request.headers['if-none-match']) return 'the secret bytes'
      if (isRead && request.url.includes('/parts/') && request.headers['if-none-match']) return reply.code(304).send()
      if (request.method === 'POST' && request.url.includes('/opens')) return reply.code(204).send()
      const problem = { code: 'share-link/revoked' }
      return reply.code(410).type('application/problem+json').send(JSON.stringify(problem))
    })
    const address = await leaky.listen({ port: 0, host: '127.0.0.1' })
    const unknown = { method: 'GET', url: '/linkshare.html/new', isPublic: true }
    const checked = await checkAt(address, shareLink, [...routes, unknown])
    expect(checked.allClosed).toBe(false)
    expect(openDoors(checked).map((door) => [routeOf(door), door.condition, door.answer.status])).toEqual(
      expect.arrayContaining([
        ['GET /linkshare.html/items/:id/original', null, 200],
        ['GET /linkshare.html/downloads/:id/parts/:number', 'if-none-match', 304],
        ['POST /linkshare.html/opens', null, 204],
        ['GET /linkshare.html/new', null, 0],
      ]),
    )
    await leaky.close()
    // What does not answer is not known to be closed.
    const unanswered = await checkAt(address, shareLink, routes)
    expect([unanswered.allClosed, unanswered.doors[0]?.answer]).toEqual([false, { status: 0, code: null }])
  }, 60_000)

  it('tells what of an expired link may still be finished, until that is over', async () => {
    const shareLink = await aUsedLink()
    server.wait(day + 1000)
    const within = await check(admin(), shareLink)
    expect(within.allClosed).toBe(false)
    expect(new Set(openDoors(within).map(({ route }) => route))).toEqual(
      new Set(['/linkshare.html/downloads/:id/parts/:number']),
    )
    expect(new Set(openDoors(within).map(({ answer }) => answer.status))).toEqual(new Set([200, 206, 304]))
    server.wait(day)
    const over = await check(admin(), shareLink)
    expect([openDoors(over), over.allClosed]).toEqual([[], true])
  })

  it('asks a link for members as one of them', async () => {
    const shareLink = await aUsedLink(admin(), { audience: 'members', mode: 'versions' })
    await revoke(shareLink)
    const checked = await check(admin(), shareLink)
    expect([openDoors(checked), checked.allClosed]).toEqual([[], true])
    const codes = (listener: string) =>
      new Set(
        checked.doors
          .filter((door) => door.listener === listener && door.method === 'GET')
          .map(({ answer }) => answer.code),
      )
    expect([codes('main'), codes('public')]).toEqual([
      new Set(['share-link/revoked']),
      new Set(['share-link/members-only']),
    ])
  })

  it('changes nothing, and is refused while the link opens', async () => {
    const shareLink = await aUsedLink()
    const path = `/api/v1/share-links/${shareLink.id}/closing-check`
    expect(codeOf(await admin().post(path))).toEqual([409, 'share-link/not-ended'])
    await revoke(shareLink)
    const before = await rowsOf(shareLink)
    await check(admin(), shareLink)
    expect(await rowsOf(shareLink)).toEqual(before)
  })

  it('is for its holder and for who may see all links', async () => {
    const [ann, bob] = [server.as('ann'), server.as('bob')]
    await setAcl(admin(), campaign, [
      { principal: await idOf(ann), effect: 'allow', privileges: ['read', 'share', 'download-original'] },
    ])
    const shareLink = await aUsedLink(ann)
    await revoke(shareLink)
    expect((await check(ann, shareLink)).allClosed).toBe(true)
    const path = `/api/v1/share-links/${shareLink.id}/closing-check`
    expect(codeOf(await bob.post(path))).toEqual([404, 'share-link/not-found'])
    await server.parts.db
      .insertInto('global_privileges')
      .values({ principal_id: await idOf(bob), privilege: 'share-links/view-all' })
      .execute()
    expect((await check(bob, shareLink)).allClosed).toBe(true)
  })

  it('leaves no token and no capability in the log', async () => {
    const shareLink = await aUsedLink()
    await revoke(shareLink)
    await check(admin(), shareLink)
    server.secrets.add(shareLink.token)
    await vi.waitFor(() => expect(server.log.join('')).toContain('/linkshare.html/items'))
    expect(await server.leaks()).toEqual({ log: [], database: [] })
  })
})

/** The check, as if the public listener were another server. */
function checkAt(address: string, shareLink: SharedLink, asked: readonly RouteRecord[]): Promise<ClosingCheck> {
  const listeners = new Listeners()
  listeners.opened('public', address)
  const userId = shareLink.holder.id as PrincipalId
  const holder: LinkUser = { userId, subject: { user: userId, groups: new Set() }, globals: new Set() }
  return checkClosing({ ...server.parts, listeners }, holder, shareLink.id as ShareLinkId, asked)
}

async function rowsOf(shareLink: SharedLink): Promise<unknown> {
  const { db } = server.parts
  return [
    await db.selectFrom('share_links').where('id', '=', shareLink.id).selectAll().execute(),
    await db.selectFrom('downloads').where('share_link_id', '=', shareLink.id).selectAll().execute(),
  ]
}

function aPicture(): Promise<Buffer> {
  return sharp({ create: { width: 64, height: 48, channels: 3, background: { r: 200, g: 30, b: 60 } } })
    .png()
    .toBuffer()
}
