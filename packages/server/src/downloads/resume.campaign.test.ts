import { spawn, spawnSync } from 'node:child_process'
import { createHash, randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { existsSync, statSync } from 'node:fs'
import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import type { Download } from '@vitrine/api/public'
import { aKillableServer, type Caller, callerOf, type KillableServer, sendTo, withCookies } from '@vitrine/testkit'
import {
  aDownload,
  anOwnDownload,
  askForDownload,
  downloadNow,
  ownDownloadNow,
  partBytes,
  settled,
} from '@vitrine/testkit/download-words'
import { aFolder, anAsset, aShareLink, type SharedLink, theRoot } from '@vitrine/testkit/share-link-words'
import { soak } from '@vitrine/testkit/soak'
import sharp from 'sharp'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

const kills = soak ? 100 : 4
const programs = ['curl', 'wget', 'aria2c'].filter((program) => spawnSync(program, ['--version']).error === undefined)

let server: KillableServer
let folder: string
let visitor: Caller
let link: SharedLink
let download: Download
let right: string
const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex')
const addressOf = (path = download.parts[0]?.url ?? '') => server.url + path

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'vitrine-resume-'))
  server = await aKillableServer()
  const campaign = await aFolder(server.admin, await theRoot(server.admin), 'Campaign')
  for (let i = 0; i < 4; i++) await anAsset(server.admin, campaign, `${i}.bin`, randomBytes(4_000_000))
  for (let i = 0; i < 40; i++) await anAsset(server.admin, campaign, `small ${i}.txt`, `small ${i}`)
  link = await aShareLink(server.admin, [campaign])
  visitor = callerOf(withCookies(sendTo(server.url, () => {})))
  download = await aDownload(visitor, link)
  right = sha256(await partBytes(server.anyone, download))
}, 120_000)
afterAll(async () => {
  await server?.remove()
  await rm(folder, { recursive: true, force: true })
})

/** Runs a program to its end; answers its exit code. Never in this thread: it may need this process to work. */
async function run(program: string, ...options: string[]): Promise<number | null> {
  const [code] = (await once(spawn(program, options, { stdio: 'ignore' }), 'exit')) as [number | null]
  return code
}

describe('download programs', () => {
  const resumed: Record<string, (path: string) => string[]> = {
    curl: (path) => ['-sS', '-f', '-C', '-', '-o', path, addressOf()],
    wget: (path) => ['-q', '-c', '-O', path, addressOf()],
    aria2c: (path) => [
      '-q',
      '-c',
      '-x8',
      '-s8',
      '-k1M',
      '--allow-overwrite=true',
      '-d',
      folder,
      '-o',
      path.slice(folder.length + 1),
      addressOf(),
    ],
  }

  it.each(programs)('%s goes on where it stopped, to the same bytes', async (program) => {
    const path = join(folder, `${program}.zip`)
    const whole = await partBytes(server.anyone, download)
    // aria2c keeps its own notes of what it has: without them it takes what is there as the beginning.
    await writeFile(path, whole.subarray(0, 5_000_001))
    expect(await run(program, ...(resumed[program]?.(path) ?? []))).toBe(0)
    expect(sha256(await readFile(path))).toBe(right)
  })

  it.skipIf(!programs.includes('aria2c'))('aria2c gets the same bytes over eight connections', async () => {
    const path = join(folder, 'eight.zip')
    expect(await run('aria2c', ...(resumed['aria2c']?.(path) ?? []))).toBe(0)
    expect(sha256(await readFile(path))).toBe(right)
  })
})

describe('a server that was killed', () => {
  it.skipIf(!programs.includes('curl'))(
    `is resumed from at the same address, ${kills} times over`,
    { timeout: soak ? 3_600_000 : 180_000 },
    async () => {
      const path = join(folder, 'killed.zip')
      const { size = 0, url = '' } = download.parts[0] ?? {}
      for (let kill = 1; kill <= kills; kill++) {
        if (existsSync(path) && (await stat(path)).size === size) await rm(path)
        const getting = run('curl', '-sS', '-f', '-C', '-', '--limit-rate', '4M', '-o', path, addressOf(url))
        await pause(Math.random() * 1500)
        await server.kill()
        await getting
        await server.start()
      }
      await run('curl', '-sS', '-f', '-C', '-', '-o', path, addressOf(url))
      expect(sha256(await readFile(path))).toBe(right)
    },
  )

  it(
    `while it queued, ${kills} times, has lost nothing that it acknowledged and shows nothing by halves`,
    { timeout: soak ? 3_600_000 : 180_000 },
    async () => {
      const acknowledged: Download[] = []
      for (let kill = 1; kill <= kills; kill++) {
        const asking = askOften(acknowledged)
        await pause(Math.random() * 400)
        await server.kill()
        await asking
        await server.start()
      }
      for (const one of acknowledged) {
        const now = await settled(visitor, link, await downloadNow(visitor, link, one))
        expect(now.state).toBe('ready')
        expect(now.parts).toEqual(one.parts)
      }
      const { downloads } = (await visitor.get(link.at('/downloads'))).json<{ downloads: Download[] }>()
      const ready = downloads.filter(({ state }) => state === 'ready')
      expect(ready.length).toBeGreaterThan(0)
      for (const one of ready.slice(0, 10)) expect(sha256(await partBytes(server.anyone, one))).toBe(right)
    },
  )

  it.skipIf(!programs.includes('curl'))(
    "keeps a user's download and its address, and what was queued while it died is made afterwards",
    { timeout: 180_000 },
    async () => {
      const { id } = (await server.admin.get('/api/v1/nodes?path=/Campaign')).json<{ id: string }>()
      const own = await anOwnDownload(server.admin, [id])
      const picture = await aPicture()
      const path = join(folder, 'own.zip')
      const { size = 0, url = '' } = own.parts[0] ?? {}
      const getting = run('curl', '-sS', '-f', '--limit-rate', '200K', '-o', path, addressOf(url))
      await expect.poll(() => existsSync(path) && statSync(path).size > 0).toBe(true)
      await anAsset(server.admin, { id, name: 'Campaign' }, 'picture.png', picture)
      const made = await anOwnDownload(server.admin, [id], { renditions: ['web.1280'] })
      await server.kill()
      await getting
      expect((await stat(path)).size).toBeLessThan(size)
      await server.start()
      expect(await ownDownloadNow(server.admin, own)).toEqual(own)
      expect(await run('curl', '-sS', '-f', '-C', '-', '-o', path, addressOf(url))).toBe(0)
      expect(sha256(await readFile(path))).toBe(sha256(await partBytes(server.anyone, own)))
      await expect.poll(async () => (await ownDownloadNow(server.admin, made)).state, { timeout: 60_000 }).toBe('ready')
    },
  )
})

/** One that takes a while to be shown smaller. */
function aPicture(): Promise<Buffer> {
  const noise = { type: 'gaussian', mean: 128, sigma: 30 } as const
  return sharp({ create: { width: 3000, height: 2000, channels: 3, background: 'white', noise } })
    .png()
    .toBuffer()
}

/** Queues one download after another until the server is gone. */
async function askOften(acknowledged: Download[]): Promise<void> {
  for (;;) {
    const answer = await askForDownload(visitor, link).catch(() => undefined)
    if (answer?.status !== 201) return
    acknowledged.push(answer.json<Download>())
  }
}
