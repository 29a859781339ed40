import { randomBytes } from 'node:crypto'
import type { NodeBody, StoredContent } from '@vitrine/api'
import { type BlobHash, ROOT_ID } from '@vitrine/domain'
import { aServer, type Caller, type TestServer } from '@vitrine/testkit'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { collectBlobs, type CollectOptions } from './collect-blobs.ts'

let server: TestServer
let admin: Caller
beforeAll(async () => {
  server = await aServer()
  admin = server.as('admin')
})
afterAll(() => server?.stop())

const hours = (count: number) => count * 3600_000
const atOnce = { grace: 0, fileSweepEvery: 0 }

function collect(options: CollectOptions = {}): Promise<void> {
  return collectBlobs(server.parts, {}, new AbortController().signal, options)
}

let count = 0
async function anAsset(content: Buffer, folder: string = ROOT_ID): Promise<StoredContent & { sha256: BlobHash }> {
  const answer = await admin.post(`/api/v1/nodes/${folder}/assets?name=blob-${++count}`, content)
  expect([answer.status, answer.text]).toEqual([201, answer.text])
  return answer.json()
}

/** As if the trash had been emptied. */
async function erase({ id }: StoredContent): Promise<void> {
  await server.parts.db.deleteFrom('nodes').where('id', '=', id).execute()
}

function sizeOf({ sha256 }: { readonly sha256: BlobHash }): Promise<number | undefined> {
  return server.parts.blobs.sizeOf(sha256)
}

describe('the collection of blobs', () => {
  it('removes what nothing names, but only after a day', async () => {
    const asset = await anAsset(randomBytes(100))
    await erase(asset)
    await collect()
    server.wait(hours(23))
    await collect()
    expect(await sizeOf(asset)).toBe(100)
    server.wait(hours(2))
    await collect()
    expect(await sizeOf(asset)).toBeUndefined()
  })

  it('spares what an asset, an older version or a trashed asset names', async () => {
    const asset = await anAsset(randomBytes(100))
    await admin.put(`/api/v1/nodes/${asset.id}/content`, randomBytes(50))
    const trashed = await anAsset(randomBytes(70))
    await admin.post(`/api/v1/nodes/${trashed.id}/trash`)
    await collect(atOnce)
    await collect(atOnce)
    expect([await sizeOf(asset), await sizeOf(trashed)]).toEqual([100, 70])
  })

  it('spares bytes that came again since they were marked', async () => {
    const bytes = randomBytes(100)
    await erase(await anAsset(bytes))
    await collect()
    const again = await anAsset(bytes)
    server.wait(hours(30))
    await collect()
    expect(await sizeOf(again)).toBe(100)
    await erase(again)
    await collect()
    server.wait(hours(23))
    await collect()
    expect(await sizeOf(again)).toBe(100)
  })

  it('spares what the manifest of a download names that can still be fetched', async () => {
    const folder = (
      await admin.post('/api/v1/nodes', { parent: ROOT_ID, kind: 'folder', name: 'shared' })
    ).json<NodeBody>()
    const assets = [await anAsset(randomBytes(100), folder.id), await anAsset(randomBytes(200), folder.id)]
    const shared = await admin.post('/api/v1/share-links', { targets: [folder.id] })
    const sh = new URL(shared.json<{ url: string }>().url).searchParams.get('sh') ?? ''
    const wish = { items: 'all', originals: true, renditions: [] }
    const queued = await server.aVisitor().post(`/linkshare.html/downloads?sh=${sh}`, wish)
    expect(queued.json()).toMatchObject({ state: 'ready', entries: 2 })
    for (const asset of assets) await erase(asset)
    await collect(atOnce)
    expect(await Promise.all(assets.map(sizeOf))).toEqual([100, 200])
    await server.parts.db.deleteFrom('downloads').execute()
    await collect(atOnce)
    expect(await Promise.all(assets.map(sizeOf))).toEqual([undefined, undefined])
  })

  it('removes a file that a process left without a row, and nothing that is staged', async () => {
    const { blobs } = server.parts
    const chunks = () => [randomBytes(123)].values()
    const left = await blobs.stage({
      kind: 'stream',
      chunks: (async function* () {
        yield* chunks()
      })(),
    })
    await blobs.place([left])
    const staged = await blobs.stage({
      kind: 'stream',
      chunks: (async function* () {
        yield* chunks()
      })(),
    })
    await collect(atOnce)
    expect(await blobs.sizeOf(left.sha256)).toBeUndefined()
    await blobs.place([staged])
    expect(await blobs.sizeOf(staged.sha256)).toBe(123)
  })

  it('never takes bytes that come in again while it runs', async () => {
    const contents = Array.from({ length: 4 }, () => randomBytes(3000))
    const run = { over: false, collected: 0 }
    const collecting = (async () => {
      for (; !run.over; run.collected++) await collect(atOnce)
    })()
    const kept: (StoredContent & { sha256: BlobHash })[] = []
    await Promise.all(
      contents.map(async (content) => {
        for (let round = 0; round < 25; round++) {
          const asset = await anAsset(content)
          // Looked at while it is named: this is what a reader would meet.
          expect([round, await sizeOf(asset)]).toEqual([round, 3000])
          if (round < 24) await erase(asset)
          else kept.push(asset)
        }
      }),
    )
    run.over = true
    await collecting
    await collect(atOnce)
    expect(run.collected).toBeGreaterThan(3)
    for (const asset of kept) {
      const content = await admin.get(`/api/v1/nodes/${asset.id}/content`)
      expect([content.status, contents.some((one) => one.equals(content.bytes))]).toEqual([200, true])
    }
  }, 60_000)
})
