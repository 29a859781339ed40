import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { createHash, randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import type { Download } from '@vitrine/api/public'
import { type Caller, callerOf, makeTestDatabase, sendTo, withCookies, withHeaders } from '@vitrine/testkit'
import { aDownload, askForDownload, downloadNow, partBytes, settled } from '@vitrine/testkit/download-words'
import { aFolder, anAsset, aShareLink, type SharedLink, theRoot } from '@vitrine/testkit/share-link-words'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'

const soak = process.env['SOAK'] === '1'
const kills = soak ? 100 : 4
const programs = ['curl', 'wget', 'aria2c'].filter((program) => spawnSync(program, ['--version']).error === undefined)

/** A server in a process of its own, on one folder, database and port, that can be killed and started again. */
class KillableServer {
  readonly environment: Record<string, string>
  readonly url: string
  #process: ChildProcess | undefined
  #token = ''

  constructor(environment: Record<string, string>, port: number) {
    this.environment = { ...environment, VITRINE_PORT: String(port), VITRINE_LOG_LEVEL: 'fatal' }
    this.url = `http://127.0.0.1:${port}`
  }

  async start(): Promise<void> {
    const script = join(import.meta.dirname, '../import/serve.fixture.ts')
    const { PATH = '' } = process.env
    const server = spawn(process.execPath, [script], {
      stdio: ['ignore', 'pipe', 'inherit'],
      env: { PATH, ...this.environment },
    })
    this.#process = server
    const ended = once(server, 'exit').then(() => Promise.reject(new Error('the server ended')))
    ended.catch(() => undefined)
    const [line] = (await Promise.race([once(server.stdout, 'data'), ended])) as [Buffer]
    this.#token = (JSON.parse(line.toString()) as { token: string }).token
  }

  async kill(): Promise<void> {
    if (!this.#process || this.#process.exitCode !== null) return
    const gone = once(this.#process, 'exit')
    this.#process.kill('SIGKILL')
    await gone
  }

  get admin(): Caller {
    const authorization = `Bearer ${this.#token}`
    return callerOf(
      withHeaders(
        sendTo(this.url, () => {}),
        async () => ({ authorization }),
      ),
    )
  }

  get anyone(): Caller {
    return callerOf(sendTo(this.url, () => {}))
  }
}

let server: KillableServer
let folder: string
let dropDatabase: () => Promise<void>
let visitor: Caller
let link: SharedLink
let download: Download
let right: string
const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex')
const addressOf = (path = download.parts[0]?.url ?? '') => server.url + path

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'vitrine-resume-'))
  const database = await makeTestDatabase(inject('testDatabaseServer'))
  dropDatabase = database.drop
  const environment = { VITRINE_DATA: join(folder, 'data'), DATABASE_URL: database.url }
  server = new KillableServer(environment, await aFreePort())
  await server.start()
  const campaign = await aFolder(server.admin, await theRoot(server.admin), 'Campaign')
  for (let i = 0; i < 4; i++) await anAsset(server.admin, campaign, `${i}.bin`, randomBytes(4_000_000))
  for (let i = 0; i < 40; i++) await anAsset(server.admin, campaign, `small ${i}.txt`, `small ${i}`)
  link = await aShareLink(server.admin, [campaign])
  visitor = callerOf(withCookies(sendTo(server.url, () => {})))
  download = await aDownload(visitor, link)
  right = sha256(await partBytes(server.anyone, download))
}, 120_000)
afterAll(async () => {
  await server.kill()
  await dropDatabase()
  await rm(folder, { recursive: true, force: true })
})

async function aFreePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1')
  await once(probe, 'listening')
  const { port } = probe.address() as { port: number }
  probe.close()
  await once(probe, 'close')
  return port
}

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
})

/** Queues one download after another until the server is gone. */
async function askOften(acknowledged: Download[]): Promise<void> {
  for (;;) {
    const answer = await askForDownload(visitor, link).catch(() => undefined)
    if (answer?.status !== 201) return
    acknowledged.push(answer.json<Download>())
  }
}
