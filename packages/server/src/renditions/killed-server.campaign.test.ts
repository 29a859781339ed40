import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { aKillableServer } from '@vitrine/testkit'
import { aFolder, anAsset, theRoot } from '@vitrine/testkit/share-link-words'
import { soak } from '@vitrine/testkit/soak'
import { expect, it, onTestFinished } from 'vitest'
import { hashOfBytes } from '../blobs/blob-hash.ts'
import { type Database, openDatabase } from '../db/open.ts'
import { photo } from './decoder/a-picture.ts'

const kills = soak ? 120 : 6
const pictures = soak ? 400 : 24

it(
  `renditions are all made, and none by halves, when the server is killed ${kills} times at work`,
  async () => {
    const server = await aKillableServer()
    const { db, close } = openDatabase({ url: server.databaseUrl, connections: 2 })
    onTestFinished(async () => {
      await close()
      await server.remove()
    })
    const folder = await aFolder(server.admin, await theRoot(server.admin), 'Pictures')
    const made: Buffer[] = []
    for (let seed = 1; seed <= pictures; seed++) made.push(await (await photo(1600, 1100, seed)).jpeg().toBuffer())
    await Promise.all(made.map((picture, at) => anAsset(server.admin, folder, `${at}.jpg`, picture)))
    const blobs = join(server.folder, 'blobs')
    let atWork = 0
    for (let kill = 1; kill < kills; kill += 1) {
      await server.kill()
      await expectNothingByHalves(db, blobs)
      if ((await countOf(db, 'queued')) > 0) atWork += 1
      await server.start()
      await sleep(Math.random() * (soak ? 1200 : 600))
    }
    expect(atWork).toBeGreaterThan(0)
    await server.kill()
    await server.start()
    await expect.poll(() => countOf(db, 'ready'), { timeout: 120_000, interval: 200 }).toBe(2 * pictures)
    await server.kill()
    await expectNothingByHalves(db, blobs)
  },
  soak ? 3_600_000 : 180_000,
)

async function countOf(db: Database, state: string): Promise<number> {
  const rows = await db.selectFrom('renditions').select('name').where('state', '=', state).execute()
  return rows.length
}

async function expectNothingByHalves(db: Database, blobFolder: string): Promise<void> {
  const rows = await db.selectFrom('renditions').selectAll().execute()
  expect(rows.length).toBe(2 * pictures)
  const statesOf = Map.groupBy(rows, (row) => row.source_sha256.toString('hex'))
  for (const renditions of statesOf.values()) expect(new Set(renditions.map(({ state }) => state)).size).toBe(1)
  expect(rows.filter(({ state }) => state === 'failed')).toEqual([])
  for (const { blob_sha256: blob, size } of rows) {
    if (!blob) continue
    const bytes = await readFile(pathOf(blobFolder, blob.toString('hex')))
    expect([bytes.length, createHash('sha256').update(bytes).digest('hex')]).toEqual([size, hashOfBytes(blob)])
  }
}

function pathOf(blobFolder: string, hash: string): string {
  return join(blobFolder, hash.slice(0, 2), hash.slice(2, 4), hash)
}
