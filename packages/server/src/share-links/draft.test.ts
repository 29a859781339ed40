import type { ShareLinkBody, ShareLinkDraft } from '@vitrine/api'
import { aServer, type Caller, type TestServer, expectStatus } from '@vitrine/testkit'
import {
  aFreshFolder,
  aShareLink,
  idOf,
  itemsOf,
  setAcl,
  sharedLink,
  type MadeNode,
} from '@vitrine/testkit/share-link-words'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

const day = 86_400_000
const hour = 3_600_000

let server: TestServer
beforeAll(async () => {
  server = await aServer()
})
afterAll(() => server.stop())

const admin = () => server.as('admin')
const mayShare = async (node: MadeNode, ...users: Caller[]) => {
  const entries = users.map(async (user) => ({
    principal: await idOf(user),
    effect: 'allow' as const,
    privileges: ['read' as const, 'share' as const],
  }))
  await setAcl(admin(), node, await Promise.all(entries))
}
const draft = async (who: Caller, ...nodes: MadeNode[]) =>
  expectStatus(
    await who.post('/api/v1/share-links/draft', { targets: nodes.map(({ id }) => id) }),
    200,
  ).json<ShareLinkDraft>()
const create = (who: Caller, { id, draft: proof }: ShareLinkDraft, node: MadeNode, more: object = {}) =>
  who.post('/api/v1/share-links', { targets: [node.id], id, draft: proof, ...more })
const codeOf = (answer: { status: number; json(): Record<string, unknown> }) => [answer.status, answer.json()['code']]

describe('the draft of a share link', () => {
  it('shows a URL that opens nothing yet, with what may be chosen, and writes nothing', async () => {
    const campaign = await aFreshFolder(admin())
    const ann = server.as('ann')
    await mayShare(campaign, ann)
    const rows = async () => [
      await server.parts.db.selectFrom('share_links').selectAll().execute(),
      await server.parts.db.selectFrom('share_link_targets').selectAll().execute(),
      await server.parts.db.selectFrom('share_link_contents').selectAll().execute(),
    ]
    const before = await rows()
    const made = await draft(ann, campaign)
    expect(await rows()).toEqual(before)
    expect(made).toMatchObject({ existing: null, mayNeverExpire: false })
    expect(Date.parse(made.expiresAt) - server.now()).toBeGreaterThan(day - 60_000)
    expect(Date.parse(made.latestExpiresAt) - server.now()).toBeGreaterThan(364 * day)
    expect(made.url).toContain(`sh=${made.id.replaceAll('-', '_')}.`)
    const notYet = await server.public.get(
      new URL(made.url).pathname.replace('.html', '.html/items') + search(made.url),
    )
    expect(codeOf(notYet)).toEqual([404, 'share-link/not-found'])
    expect((await draft(admin(), campaign)).mayNeverExpire).toBe(true)
  })

  it('comes to life with just this URL, once, however often it is copied', async () => {
    const campaign = await aFreshFolder(admin())
    const made = await draft(admin(), campaign)
    const answers = await Promise.all([1, 2, 3, 4].map(() => create(admin(), made, campaign)))
    expect(answers.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([200, 200, 200, 201])
    for (const answer of answers) expect(answer.json()).toMatchObject({ id: made.id, url: made.url })
    expect((await itemsOf(server.public, sharedLink(answers[0]!.json<ShareLinkBody>()))).items).toHaveLength(1)
    const stored = server.parts.db.selectFrom('share_link_targets').where('node_id', '=', campaign.id).selectAll()
    expect(await stored.execute()).toHaveLength(1)
  })

  it('is not taken for another link, nor for one that was ended or given away', async () => {
    const [campaign, other] = [await aFreshFolder(admin()), await aFreshFolder(admin())]
    const [bea, cy] = [server.as('bea'), server.as('cy')]
    await mayShare(campaign, bea, cy)
    const made = await draft(bea, campaign)
    expectStatus(await create(bea, made, campaign, { title: 'Spring' }), 201)
    expect((await create(bea, made, campaign)).status).toBe(200)
    const differently = [{ originals: false }, { audience: 'members' }, { mode: 'frozen' }, { title: 'Summer' }]
    for (const more of differently) {
      expect([more, ...codeOf(await create(bea, made, campaign, more))]).toEqual([more, 409, 'share-link/made-already'])
    }
    const expiresAt = new Date(server.now() + 2 * day).toISOString()
    expect(codeOf(await create(bea, made, campaign, { expiresAt }))).toEqual([409, 'share-link/made-already'])
    expect(codeOf(await create(bea, made, other))).toEqual([409, 'share-link/made-already'])
    const path = `/api/v1/share-links/${made.id}`
    expectStatus(await bea.post(`${path}/hand-over`, { to: await idOf(cy) }), 204)
    expect(codeOf(await create(bea, made, campaign))).toEqual([404, 'share-link/not-found'])

    const ended = await draft(bea, campaign)
    expectStatus(await create(bea, ended, campaign), 201)
    expectStatus(await bea.post(`/api/v1/share-links/${ended.id}/revoke`), 200)
    expect(codeOf(await create(bea, ended, campaign))).toEqual([410, 'share-link/revoked'])
  })

  it('belongs to the person for whom it was made, and to nobody for long', async () => {
    const campaign = await aFreshFolder(admin())
    const [dan, eve] = [server.as('dan'), server.as('eve')]
    await mayShare(campaign, dan, eve)
    const made = await draft(dan, campaign)
    const outOfDate = [422, 'share-link/draft-out-of-date']
    expect(codeOf(await create(eve, made, campaign))).toEqual(outOfDate)
    const [until, mac] = made.draft.split('.')
    const forged = [
      '',
      'x',
      `${Number(until) + day}.${mac}`,
      `${until}.${mac}A`,
      `${until}.`,
      `${'9'.repeat(15)}.${mac}`,
      `${until}.${'A'.repeat(43)}`,
    ]
    for (const proof of forged) {
      expect([proof, ...codeOf(await create(dan, { ...made, draft: proof }, campaign))]).toEqual([proof, ...outOfDate])
    }
    const another = { ...made, id: '01900000-0000-7000-8000-000000000abc' }
    expect(codeOf(await create(dan, another, campaign))).toEqual(outOfDate)
    expect((await dan.post('/api/v1/share-links', { targets: [campaign.id], id: made.id })).status).toBe(400)
    server.wait(8 * hour + 1000)
    expect(codeOf(await create(dan, made, campaign))).toEqual(outOfDate)
    expect(
      (await server.parts.db.selectFrom('share_links').where('id', '=', made.id).selectAll().execute()).length,
    ).toBe(0)
  })

  it('is not made for what may not be shared', async () => {
    const campaign = await aFreshFolder(admin())
    const fay = server.as('fay')
    const refused = await fay.post('/api/v1/share-links/draft', { targets: [campaign.id] })
    expect(codeOf(refused)).toEqual([404, 'node/not-found'])
    await setAcl(admin(), campaign, [{ principal: await idOf(fay), effect: 'allow', privileges: ['read'] }])
    expect(codeOf(await fay.post('/api/v1/share-links/draft', { targets: [campaign.id] }))).toEqual([
      403,
      'access/denied',
    ])
    // Losing the right between the two makes no link either.
    await mayShare(campaign, fay)
    const made = await draft(fay, campaign)
    await setAcl(admin(), campaign, [])
    expect(codeOf(await create(fay, made, campaign))).toEqual([404, 'node/not-found'])
  })

  it('offers the newest link that opens and that the same person holds on the same targets', async () => {
    const [one, two] = [await aFreshFolder(admin()), await aFreshFolder(admin())]
    const gus = server.as('gus')
    await mayShare(one, gus)
    await mayShare(two, gus)
    await aShareLink(admin(), [one, two])
    expect((await draft(gus, one, two)).existing).toBeNull()
    const older = await aShareLink(gus, [one, two])
    await aShareLink(gus, [one])
    expect((await draft(gus, two, one)).existing).toMatchObject({ id: older.id, url: older.url })
    const newer = await aShareLink(gus, [two, one], { mode: 'frozen', originals: false })
    expect((await draft(gus, one, two)).existing).toMatchObject({ id: newer.id, mode: 'frozen' })
    expectStatus(await gus.post(`/api/v1/share-links/${newer.id}/revoke`), 200)
    expect((await draft(gus, one, two)).existing).toMatchObject({ id: older.id })
    server.wait(2 * day)
    expect((await draft(gus, one, two)).existing).toBeNull()
  })
})

it('keeps drafts out of the log and out of the database', async () => {
  const campaign = await aFreshFolder(admin())
  const made = await draft(admin(), campaign)
  await create(admin(), made, campaign)
  server.secrets.add(made.draft)
  server.secrets.add(new URL(made.url).searchParams.get('sh') ?? '')
  expect(await server.leaks()).toEqual({ log: [], database: [] })
})

function search(url: string): string {
  return new URL(url).search
}
