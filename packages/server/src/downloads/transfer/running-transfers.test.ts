import { aServer, aSlowTransfer, expectStatus, type SlowTransfer, type TestServer } from '@vitrine/testkit'
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
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'

/** More than the kernel takes in at once, at both ends. */
const size = 32 << 20

let server: TestServer
let film: MadeNode
beforeAll(async () => {
  server = await aServer()
  const campaign = await aFolder(admin(), await theRoot(admin()), 'Campaign')
  film = await anAsset(admin(), campaign, 'film.bin', Buffer.alloc(size, 'film'))
})
afterAll(() => server.stop())

const admin = () => server.as('admin')

/** Somebody who downloads a large original, slowly. */
interface SlowDownload extends SlowTransfer {
  readonly shareLink: SharedLink
  readonly path: string
}

async function aSlowDownload(holder = admin()): Promise<SlowDownload> {
  const shareLink = await aShareLink(holder, [film])
  const { id } = await itemNamed(server.public, shareLink, 'film.bin')
  const path = shareLink.at(`/items/${id}/original`)
  return { ...(await aSlowTransfer(server.publicUrl, path)), shareLink, path }
}

const untilCut = (download: SlowDownload) =>
  vi.waitFor(() => expect(download.endedAt()).toBeDefined(), { timeout: 5000, interval: 10 })

describe('a running transfer', () => {
  it('is cut within a second after its link was revoked, and nothing is answered to who resumes it', async () => {
    const download = await aSlowDownload()
    const head = await server.public.head(download.path)
    const revokedAt = performance.now()
    expectStatus(await admin().post(`/api/v1/share-links/${download.shareLink.id}/revoke`), 200)
    await untilCut(download)
    expect((download.endedAt() ?? 0) - revokedAt).toBeLessThan(1000)
    expect(download.received()).toBeLessThan(size)
    const etag = head.headers.get('etag') ?? ''
    const conditional: Record<string, string>[] = [
      { 'if-none-match': etag },
      { range: 'bytes=1000-', 'if-range': etag },
      {},
    ]
    for (const headers of conditional) {
      const answer = await server.public.get(download.path, headers)
      expect([answer.status, answer.json()['code']]).toEqual([410, 'share-link/revoked'])
    }
  })

  it('is cut within a second also when nobody said that something changed', async () => {
    const download = await aSlowDownload()
    const { db } = server.parts
    const revokedAt = performance.now()
    await sql`update share_links set revoked_at = now() where id = ${download.shareLink.id}`.execute(db)
    await sql`update access_epoch set epoch = epoch + 1`.execute(db)
    await untilCut(download)
    expect((download.endedAt() ?? 0) - revokedAt).toBeLessThan(1000)
  })

  it('is cut when the holder may not give out just these bytes any more', async () => {
    const sid = server.as('sid')
    const principal = await idOf(sid)
    await setAcl(admin(), film, [{ principal, effect: 'allow', privileges: ['read', 'share', 'download-original'] }])
    const download = await aSlowDownload(sid)
    await setAcl(admin(), film, [{ principal, effect: 'allow', privileges: ['read', 'share'] }])
    await untilCut(download)
    const answer = await server.public.get(download.path)
    expect([answer.status, answer.json()['code']]).toEqual([404, 'item/not-found'])
  })

  it('goes on when something else is taken away', async () => {
    const download = await aSlowDownload()
    const other = await aSlowDownload()
    expectStatus(await admin().post(`/api/v1/share-links/${other.shareLink.id}/revoke`), 200)
    await untilCut(other)
    const before = download.received()
    await vi.waitFor(() => expect(download.received()).toBeGreaterThan(before), { timeout: 5000 })
    expect(download.endedAt()).toBeUndefined()
    expect(server.parts.transfers.count).toBe(1)
    download.close()
    await vi.waitFor(() => expect(server.parts.transfers.count).toBe(0), { timeout: 5000 })
  })
})
