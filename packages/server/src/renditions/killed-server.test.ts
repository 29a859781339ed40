import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { makeTestDatabase } from '@vitrine/testkit'
import { expect, inject, it, onTestFinished } from 'vitest'
import { hashOfBytes } from '../blobs/blob-hash.ts'
import { type Database, openDatabase } from '../db/open.ts'

const soak = process.env['SOAK'] === '1'
const kills = soak ? 120 : 6
const pictures = soak ? 400 : 24

it(
  `renditions are all made, and none by halves, when the server is killed ${kills} times at work`,
  async () => {
    const folder = await mkdtemp(join(tmpdir(), 'vitrine-killed-'))
    const database = await makeTestDatabase(inject('testDatabaseServer'))
    const { db, close } = openDatabase({ url: database.url, connections: 2 })
    onTestFinished(async () => {
      await close()
      await database.drop()
      await rm(folder, { recursive: true, force: true })
    })
    const environment = {
      VITRINE_DATA: folder,
      DATABASE_URL: database.url,
      VITRINE_PORT: '0',
      VITRINE_LOG_LEVEL: 'fatal',
    }
    await (
      await start(environment, pictures)
    )()
    let atWork = 0
    for (let kill = 1; kill < kills; kill += 1) {
      const end = await start(environment, 0)
      await sleep(Math.random() * (soak ? 1200 : 600))
      await end()
      await expectNothingByHalves(db, join(folder, 'blobs'))
      if ((await countOf(db, 'queued')) > 0) atWork += 1
    }
    expect(atWork).toBeGreaterThan(0)
    const end = await start(environment, 0)
    await expect.poll(() => countOf(db, 'ready'), { timeout: 120_000, interval: 200 }).toBe(2 * pictures)
    await end()
    await expectNothingByHalves(db, join(folder, 'blobs'))
  },
  soak ? 3_600_000 : 180_000,
)

/** Starts a real server in a process of its own. Answers, when it works, how to kill it. */
async function start(environment: Record<string, string>, fill: number): Promise<() => Promise<void>> {
  const script = join(import.meta.dirname, 'serve-and-fill.fixture.ts')
  const { PATH = '' } = process.env
  const server = spawn(process.execPath, [script, String(fill)], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { PATH, ...environment },
  })
  await Promise.race([
    once(server.stdout, 'data'),
    once(server, 'exit').then(() => Promise.reject(new Error('it ended'))),
  ])
  return async () => {
    const gone = once(server, 'exit')
    server.kill('SIGKILL')
    await gone
  }
}

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
