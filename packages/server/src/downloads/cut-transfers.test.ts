import type { DownloadBody } from '@vitrine/api'
import type { Download } from '@vitrine/api/public'
import { aServer, aSlowTransfer, expectStatus, type Person, type SlowTransfer, type TestServer } from '@vitrine/testkit'
import { aDownload, anOwnDownload, ownDownloadNow } from '@vitrine/testkit/download-words'
import { aFolder, anAsset, aShareLink, type MadeNode, setAcl, theRoot } from '@vitrine/testkit/share-link-words'
import { sql } from 'kysely'
import { afterAll, beforeAll, beforeEach, expect, it, vi } from 'vitest'

/** More than the kernel takes in at once, at both ends. */
const size = 32 << 20
const all = ['read', 'download-original'] as const

let server: TestServer
/** Another server on the same database. */
let other: TestServer
let campaign: MadeNode
let film: MadeNode
let ann: Person
let counter = 0
beforeAll(async () => {
  server = await aServer()
  other = await aServer({ environment: { DATABASE_URL: server.parts.config.databaseUrl?.reveal() ?? '' } })
  campaign = await aFolder(admin(), await theRoot(admin()), 'Campaign')
  film = await anAsset(admin(), campaign, 'film.bin', Buffer.alloc(size, 'film'))
  await anAsset(admin(), campaign, 'b.bin', Buffer.alloc(size, 'b'))
})
afterAll(async () => {
  await other.stop()
  await server.stop()
})
beforeEach(async () => {
  ann = await server.user(`ann-${(counter += 1)}`)
  await setAcl(admin(), campaign, [{ principal: ann.id, effect: 'allow', privileges: all }])
})

const admin = () => server.as('admin')
const urlOf = (download: Download | DownloadBody) => download.parts[0]?.url ?? ''
const transferOf = (download: Download | DownloadBody) => aSlowTransfer(server.url, urlOf(download))

/** The transfer ends within a second after this was done, in its midst. */
async function expectCut(transfer: SlowTransfer, act: () => Promise<unknown>): Promise<void> {
  await act()
  const doneAt = performance.now()
  await vi.waitFor(() => expect(transfer.endedAt()).toBeDefined(), { timeout: 5000, interval: 10 })
  expect((transfer.endedAt() ?? 0) - doneAt).toBeLessThan(1000)
  expect(transfer.received()).toBeLessThan(2 * size)
}

it('is cut when its user is disabled', async () => {
  const transfer = await transferOf(await anOwnDownload(ann, [campaign.id]))
  await expectCut(transfer, async () => expectStatus(await admin().post(`/api/v1/users/${ann.id}/disable`, {}), 204))
})

it('is cut when its user may not have one of its files any more, and says how many', async () => {
  const download = await anOwnDownload(ann, [campaign.id])
  const transfer = await transferOf(download)
  await expectCut(transfer, () => setAcl(admin(), film, [{ principal: ann.id, effect: 'deny', privileges: ['read'] }]))
  expect(await ownDownloadNow(ann, download)).toMatchObject({ state: 'withdrawn', withdrawn: 1 })
  const answer = await server.anonymous.get(urlOf(download))
  expect([answer.status, answer.json()]).toMatchObject([410, { code: 'download/contents-withdrawn', count: 1 }])
  await setAcl(admin(), film, [])
})

it('is cut when its user cancels it, and nothing else is', async () => {
  const [download, kept] = [await anOwnDownload(ann, [campaign.id]), await anOwnDownload(ann, [campaign.id])]
  const [transfer, going] = [await transferOf(download), await transferOf(kept)]
  await expectCut(transfer, async () => expectStatus(await ann.post(`/api/v1/downloads/${download.id}/cancel`), 200))
  const before = going.received()
  await vi.waitFor(() => expect(going.received()).toBeGreaterThan(before), { timeout: 5000 })
  expect(going.endedAt()).toBeUndefined()
  going.close()
})

it('is cut when its visitor cancels it', async () => {
  const link = await aShareLink(admin(), [campaign])
  const visitor = server.aVisitor()
  const download = await aDownload(visitor, link)
  const transfer = await transferOf(download)
  await expectCut(transfer, async () =>
    expectStatus(await visitor.post(link.at(`/downloads/${download.id}/cancel`), {}), 200),
  )
})

it('is cut where members are unknown when its link is for members again', async () => {
  const link = await aShareLink(admin(), [campaign], { audience: 'members' })
  const audience = async (to: string) =>
    expectStatus(await admin().patch(`/api/v1/share-links/${link.id}`, { audience: to }), 200)
  const download = await aDownload(ann, link)
  await audience('anyone')
  const [known, unknown] = [await transferOf(download), await aSlowTransfer(server.publicUrl, urlOf(download))]
  await expectCut(unknown, () => audience('members'))
  expect(known.endedAt()).toBeUndefined()
  known.close()
})

it('is cut when it is cancelled at another server', async () => {
  const download = await anOwnDownload(admin(), [campaign.id])
  const transfer = await transferOf(download)
  await expectCut(transfer, async () =>
    expectStatus(await other.as('admin').post(`/api/v1/downloads/${download.id}/cancel`), 200),
  )
})

it('is cut also when nobody said that it was cancelled', async () => {
  const download = await anOwnDownload(ann, [campaign.id])
  const transfer = await transferOf(download)
  await expectCut(transfer, () =>
    sql`update downloads set state = 'cancelled' where id = ${download.id}`.execute(server.parts.db),
  )
})
