import type { PublicProblem } from '@vitrine/api/public'
import { aServer, type TestServer } from '@vitrine/testkit'
import {
  aDownload,
  askForDownload,
  downloadNow,
  everything,
  partBytes,
  unpacked,
} from '@vitrine/testkit/download-words'
import { aFolder, anAsset, aShareLink, itemNamed, type SharedLink, theRoot } from '@vitrine/testkit/share-link-words'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

let server: TestServer
let link: SharedLink
beforeAll(async () => {
  server = await aServer({
    environment: {
      VITRINE_PART_SIZE: '1000B',
      VITRINE_DOWNLOAD_LIMIT: '4000B',
      VITRINE_CONTACT: 'Ask Ada, extension 12.',
      VITRINE_DOWNLOAD_RETENTION: '7d',
      VITRINE_DOWNLOAD_GRACE: '24h',
    },
  })
  const admin = server.as('admin')
  const campaign = await aFolder(admin, await theRoot(admin), 'Campaign')
  for (const name of ['1.bin', '2.bin', '3.bin']) await anAsset(admin, campaign, name, Buffer.alloc(400, name))
  await anAsset(admin, campaign, '4.bin', Buffer.alloc(1500, 'four'))
  link = await aShareLink(admin, [campaign])
})
afterAll(() => server.stop())

describe('a download larger than one part', () => {
  it('has parts that each open by themselves, within the limit but for a single large file', async () => {
    const download = await aDownload(server.aVisitor(), link)
    expect(download.parts.map(({ name }) => name)).toEqual([1, 2, 3, 4].map((n) => `Campaign part ${n} of 4.zip`))
    const all: string[] = []
    for (const { number, size } of download.parts) {
      const bytes = await partBytes(server.public, download, number)
      expect(bytes).toHaveLength(size)
      expect(size <= 1000 || number === 4).toBe(true)
      all.push(...Object.keys(unpacked(bytes)))
    }
    expect(all).toEqual([1, 2, 3, 4].map((n) => `Campaign/${n}.bin`))
    expect(download.size).toBe(download.parts.reduce((sum, { size }) => sum + size, 0))
  })
})

describe('a download over the limit', () => {
  it('is refused with the limit, its size and whom to ask, and nothing is queued', async () => {
    const admin = server.as('admin')
    const large = await aFolder(admin, await theRoot(admin), 'Large')
    await anAsset(admin, large, 'a.bin', Buffer.alloc(3000, 1))
    await anAsset(admin, large, 'b.bin', Buffer.alloc(3000, 2))
    const largeLink = await aShareLink(admin, [large])
    const visitor = server.aVisitor()
    const answer = await askForDownload(visitor, largeLink)
    expect(answer.status).toBe(422)
    const problem = answer.json<PublicProblem>()
    expect(problem).toMatchObject({ code: 'download/over-limit', limit: 4000, contact: 'Ask Ada, extension 12.' })
    expect(problem.size).toBeGreaterThan(6000)
    expect((await visitor.get(largeLink.at('/downloads'))).json()).toEqual({ downloads: [] })
    const folder = await itemNamed(visitor, largeLink, 'Large')
    const { id } = await itemNamed(visitor, largeLink, 'a.bin', folder)
    expect((await askForDownload(visitor, largeLink, { ...everything, items: [id] })).status).toBe(201)
  })
})

describe('the end of a download', () => {
  it('is a day after its link expired; until then parts go on, though the link does not', async () => {
    const admin = server.as('admin')
    const expiresAt = new Date(server.now() + 3_600_000).toISOString()
    const short = await aShareLink(admin, link.targets, { expiresAt })
    const visitor = server.aVisitor()
    const download = await aDownload(visitor, short)
    expect(Date.parse(download.expiresAt)).toBe(Date.parse(expiresAt) + 86_400_000)
    const { url = '', etag = '' } = download.parts[0] ?? {}

    server.wait(2 * 3_600_000)
    expect((await askForDownload(visitor, short)).status).toBe(410)
    expect((await visitor.get(short.at(`/downloads/${download.id}`))).status).toBe(410)
    expect((await server.public.get(url)).status).toBe(200)

    server.wait(24 * 3_600_000)
    const gone = await server.public.get(url, { 'if-none-match': etag })
    expect([gone.status, gone.json<PublicProblem>().code]).toEqual([410, 'download/expired'])
  })

  it('follows its link when that is made longer, up to seven days', async () => {
    const admin = server.as('admin')
    const at = (days: number) => new Date(server.now() + days * 86_400_000).toISOString()
    const changing = await aShareLink(admin, link.targets, { expiresAt: at(1) })
    const visitor = server.aVisitor()
    const download = await aDownload(visitor, changing)
    await admin.patch(`/api/v1/share-links/${changing.id}`, { expiresAt: at(30) })
    const later = await downloadNow(visitor, changing, download)
    expect(Date.parse(later.expiresAt)).toBe(Date.parse(download.createdAt) + 7 * 86_400_000)
  })
})
