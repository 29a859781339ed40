import type { Download, PublicProblem } from '@vitrine/api/public'
import { aServer, type Caller, type TestServer, expectStatus } from '@vitrine/testkit'
import { aDownload, downloadNow, everything, partBytes } from '@vitrine/testkit/download-words'
import {
  aFolder,
  anAsset,
  aShareLink,
  idOf,
  type MadeNode,
  setAcl,
  type SharedLink,
  theRoot,
  trash,
} from '@vitrine/testkit/share-link-words'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'

let server: TestServer
beforeAll(async () => {
  server = await aServer()
})
afterAll(() => server.stop())

let counter = 0
let root: MadeNode
let campaign: MadeNode
let a: MadeNode
let holder: Caller
let holderId: string
let link: SharedLink
let visitor: Caller
let download: Download
const admin = () => server.as('admin')
const all = ['read', 'share', 'download-original', 'download-rendition']
const url = () => download.parts[0]?.url ?? ''

beforeEach(async () => {
  counter += 1
  root = await theRoot(admin())
  campaign = await aFolder(admin(), root, `Campaign ${counter}`)
  a = await anAsset(admin(), campaign, 'a.txt', 'the first')
  await anAsset(admin(), campaign, 'b.txt', 'the second')
  holder = server.as(`holder-${counter}`)
  holderId = await idOf(holder)
  await setAcl(admin(), campaign, [{ principal: holderId, effect: 'allow', privileges: all }])
  link = await aShareLink(holder, [campaign])
  visitor = server.aVisitor()
  download = await aDownload(visitor, link)
})

/** The part is gone for everyone, also for who has it already, and the inbox says so. */
async function expectWithdrawn(count: number): Promise<void> {
  for (const headers of [{}, { range: 'bytes=0-0' }, { 'if-none-match': download.parts[0]?.etag ?? '' }]) {
    const answer = await server.public.get(url(), headers)
    expect([answer.status, answer.json<PublicProblem & { count: number }>()]).toMatchObject([
      410,
      { code: 'download/contents-withdrawn', count },
    ])
  }
  expect(await downloadNow(visitor, link, download)).toMatchObject({ state: 'withdrawn', parts: [] })
  expect((await visitor.get(link.at(`/downloads/${download.id}/SHA256SUMS`))).status).toBe(410)
  expect((await visitor.get(link.at(`/downloads/${download.id}/manifest.json`))).status).toBe(410)
}

describe('after it was queued, a download', () => {
  it('stays as it was when an asset gets another version, another name, or another place in the link', async () => {
    const before = await partBytes(server.public, download)
    const sub = await aFolder(admin(), campaign, 'Sub')
    expectStatus(await admin().post(`/api/v1/nodes/${a.id}/move`, { parent: sub.id, name: 'renamed.txt' }), 200)
    expectStatus(await admin().put(`/api/v1/nodes/${a.id}/content`, Buffer.from('another version')), 200, 201)
    await anAsset(admin(), campaign, 'c.txt', 'a third')
    expect(await partBytes(server.public, download)).toEqual(before)
    expect((await downloadNow(visitor, link, download)).state).toBe('ready')
  })

  it('is withdrawn when an asset leaves the link', async () => {
    expectStatus(
      await admin().post(`/api/v1/nodes/${a.id}/move`, { parent: root.id, name: `left-${counter}.txt` }),
      200,
    )
    await expectWithdrawn(1)
  })

  it('is withdrawn when an asset is put into the trash', async () => {
    await trash(admin(), a)
    await expectWithdrawn(1)
  })

  it('is withdrawn when its holder may not give an original any more', async () => {
    const denied = [{ principal: holderId, effect: 'deny', privileges: ['download-original'] }] as const
    await setAcl(admin(), a, denied)
    await expectWithdrawn(1)
  })

  it('is withdrawn when the link does not give originals any more', async () => {
    expectStatus(await holder.patch(`/api/v1/share-links/${link.id}`, { originals: false }), 200)
    await expectWithdrawn(2)
  })

  it('can be queued again without what was withdrawn', async () => {
    await trash(admin(), a)
    expect((await downloadNow(visitor, link, download)).state).toBe('withdrawn')
    const again = (id: string) => visitor.post(link.at(`/downloads/${id}/queue-again`), {})
    const answer = expectStatus(await again(download.id), 201).json<Download>()
    // One file is left, which is given as it is.
    expect([answer.name, (await partBytes(server.public, answer)).toString()]).toEqual(['b.txt', 'the second'])
    expect((await again(download.id)).json<Download>().id).toBe(answer.id)
  })

  it('is gone with its link, also for who has it already', async () => {
    expectStatus(await holder.post(`/api/v1/share-links/${link.id}/revoke`), 200, 204)
    const { etag = '' } = download.parts[0] ?? {}
    const answer = await server.public.get(url(), { 'if-none-match': etag })
    expect([answer.status, answer.json<PublicProblem>().code]).toEqual([410, 'share-link/revoked'])
  })

  it('comes back with a link that was suspended for a while', async () => {
    await setAcl(admin(), campaign, [])
    expect((await server.public.get(url())).json<PublicProblem>().code).toBe('share-link/suspended')
    await setAcl(admin(), campaign, [{ principal: holderId, effect: 'allow', privileges: all }])
    expect((await server.public.get(url())).status).toBe(200)
  })
})

describe('a single file', () => {
  it('stays as it was when something else is taken away', async () => {
    const single = await aFolder(admin(), campaign, 'Kept')
    link = await aShareLink(holder, [await anAsset(admin(), single, 'kept.txt', 'only this')])
    download = await aDownload(visitor, link, everything)
    await trash(admin(), await anAsset(admin(), single, 'other.txt'))
    expect((await server.public.get(url())).text).toBe('only this')
    expect((await downloadNow(visitor, link, download)).state).toBe('ready')
  })

  it('is withdrawn like an archive', async () => {
    const single = await aFolder(admin(), campaign, 'Single')
    const only = await anAsset(admin(), single, 'only.txt', 'only this')
    link = await aShareLink(holder, [only])
    download = await aDownload(visitor, link, everything)
    expect((await server.public.get(url())).text).toBe('only this')
    await setAcl(admin(), only, [{ principal: holderId, effect: 'deny', privileges: ['download-original'] }])
    await expectWithdrawn(1)
  })
})
