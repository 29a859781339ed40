// How long a download of everything takes to be ready, what that costs, and how soon any range of it begins.
// All of it takes a quarter of an hour; --only=TEXT takes the cases whose name holds the text.
import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Download } from '@vitrine/api/public'
import { type Filling, folderOf } from './nodes-store.ts'
import type { Ask, Observed } from './server.ts'

const quick = process.argv.includes('--quick')
const only = process.argv.find((argument) => argument.startsWith('--only='))?.slice('--only='.length)

/** What is queued, and in what time (ms) it is to be ready. */
interface Case extends Filling {
  readonly goal: number
}

const GB = 1e9
const thousand = { assets: 1000, perFolder: 100, goal: 100 }
const hundredThousand = { assets: 100_000, perFolder: 100, goal: 3000 }
const million = { assets: 1_000_000, perFolder: 100, goal: 30_000 }
const cases: readonly Case[] = [
  { ...thousand, name: '1,000 of 2 GB', size: (2 * GB) / 1000 },
  { ...thousand, name: '1,000 of 2 TB', size: 2 * GB },
  { ...hundredThousand, name: '100,000 of 2 GB', size: 20_000 },
  { ...hundredThousand, name: '100,000 of 2 TB', size: 20_000_000 },
  { ...hundredThousand, name: '100,000 in one folder', size: 20_000, perFolder: 0 },
  { ...hundredThousand, name: '100,000 in folders of 4', size: 20_000, perFolder: 4 },
  { ...million, name: '1,000,000 of 2 GB', size: 2000 },
  { ...million, name: '1,000,000 of 2 TB', size: 2_000_000 },
  { ...million, name: '1,000,000 in one folder', size: 2000, perFolder: 0 },
  { ...million, name: '1,000,000 in folders of 4', size: 2000, perFolder: 4 },
]

/** Blocks of the event loop, in ms, and memory above idle, in bytes, that are wanted at most. */
const goals = { block: 50, memory: 150e6, firstByteWarm: 15, firstByteCold: 150 }

/** How often the server is started anew to see how soon its first answer comes. */
const restarts = 20

class Server {
  readonly #process: ChildProcess
  readonly #ended = new AbortController()
  url = ''
  #token = ''

  private constructor(folder: string) {
    const environment = { VITRINE_DATA: folder, VITRINE_PORT: '0', VITRINE_LOG_LEVEL: 'error' }
    this.#process = fork(join(import.meta.dirname, 'server.ts'), {
      env: { ...process.env, ...environment },
      execArgv: ['--expose-gc'],
    })
    this.#process.once('exit', (code) => this.#ended.abort(new Error(`the server ended with ${code}`)))
  }

  static async start(folder: string): Promise<Server> {
    const server = new Server(folder)
    const { url, token } = await server.#next<{ url: string; token: string }>()
    server.url = url
    server.#token = token
    return server
  }

  async stop(): Promise<void> {
    const ended = once(this.#process, 'exit')
    this.#process.send({ ask: 'stop' } satisfies Ask)
    await ended
  }

  ask<Reply>(message: Ask): Promise<Reply> {
    const reply = this.#next<Reply>()
    this.#process.send(message)
    return reply
  }

  async asAdmin<Reply>(path: string, body: object): Promise<Reply> {
    const headers = { authorization: `Bearer ${this.#token}`, 'content-type': 'application/json' }
    const answer = await fetch(this.url + path, { method: 'POST', headers, body: JSON.stringify(body) })
    if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`)
    return (await answer.json()) as Reply
  }

  async #next<Reply>(): Promise<Reply> {
    const [reply] = (await once(this.#process, 'message', { signal: this.#ended.signal })) as [
      Reply & { error?: string },
    ]
    if (reply.error !== undefined) throw new Error(reply.error)
    return reply
  }
}

async function makeLink(server: Server, filling: Filling): Promise<string> {
  const { url } = await server.asAdmin<{ url: string }>('/api/v1/share-links', { targets: [folderOf(filling)] })
  return new URL(url).searchParams.get('sh') ?? ''
}

/** Queues everything, as a visitor does, and waits until it is ready. */
async function queueAll(server: Server, sh: string): Promise<{ readonly download: Download; readonly ms: number }> {
  const startedAt = performance.now()
  const answer = await fetch(`${server.url}/linkshare.html/downloads?sh=${sh}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ items: 'all', originals: true, renditions: [] }),
  })
  if (answer.status !== 201) throw new Error(await answer.text())
  let download = (await answer.json()) as Download
  const cookie = answer.headers.get('set-cookie')?.split(';')[0] ?? ''
  while (download.state === 'queued' || download.state === 'preparing') {
    await sleep(50)
    const again = await fetch(`${server.url}/linkshare.html/downloads/${download.id}?sh=${sh}`, { headers: { cookie } })
    download = (await again.json()) as Download
  }
  if (download.state !== 'ready') throw new Error(`the download is ${download.state}`)
  return { download, ms: performance.now() - startedAt }
}

async function measureQueueing(server: Server, one: Case): Promise<Download> {
  const sh = await makeLink(server, one)
  const runs: { ms: number; memory: number; block: number; cpu: number; download: Download }[] = []
  for (let run = 0; run < (one.assets > 100_000 ? 3 : 9); run++) {
    await server.ask({ ask: 'begin' })
    const { download, ms } = await queueAll(server, sh)
    runs.push({ ms, download, ...(await server.ask<Observed>({ ask: 'end' })) })
  }
  const ms = median(runs.map((run) => run.ms))
  const worst = (of: 'ms' | 'memory' | 'block') => Math.max(...runs.map((run) => run[of]))
  const { entries, size } = runs[0]!.download
  console.log(
    `${one.name.padEnd(26)} ${seconds(ms)} s, worst ${seconds(worst('ms'))} (goal ${one.goal / 1000})  ` +
      `+${(worst('memory') / 1e6).toFixed(0)} MB (goal ${goals.memory / 1e6})  ` +
      `longest block ${median(runs.map((run) => run.block)).toFixed(0)} ms, worst ${worst('block').toFixed(0)} (goal ${goals.block})  ` +
      `CPU ${seconds(median(runs.map((run) => run.cpu)))} s  ${entries} entries, ${(size / 1e9).toFixed(1)} GB`,
  )
  return runs[0]!.download
}

function seconds(ms: number): string {
  return (ms / 1000).toFixed(2)
}

/** Ms from the request of a random range of a part to the first bytes of its body. */
async function firstByte(server: Server, part: Download['parts'][number]): Promise<number> {
  const start = Math.floor(Math.random() * (part.size - 1000))
  const startedAt = performance.now()
  const answer = await fetch(server.url + part.url, { headers: { range: `bytes=${start}-${start + 999}` } })
  const reader = answer.body!.getReader()
  await reader.read()
  const ms = performance.now() - startedAt
  // To the end: a connection that is broken off could not be used again.
  while (!(await reader.read()).done);
  if (answer.status !== 206) throw new Error(`a part was answered with ${answer.status}`)
  return ms
}

async function measureWarm(server: Server, { entries, parts }: Download): Promise<void> {
  const part = parts[0]!
  for (let i = 0; i < 500; i++) await firstByte(server, part)
  const warm: number[] = []
  for (let i = 0; i < 1000; i++) warm.push(await firstByte(server, part))
  console.log(`first byte of a random range of ${entries}: ${shares(warm)} (goal ${goals.firstByteWarm})`)
}

/** The first request that a new process answers: nothing is read, connected or compiled before. */
async function measureCold(folder: string, { parts }: Download): Promise<void> {
  const cold: number[] = []
  for (let i = 0; i < restarts; i++) {
    const server = await Server.start(folder)
    cold.push(await firstByte(server, parts[0]!))
    await server.stop()
  }
  console.log(
    `the same, first request after each of ${restarts} restarts: ${shares(cold)} (goal ${goals.firstByteCold})`,
  )
}

function shares(times: readonly number[]): string {
  const [p50, p95, worst] = [50, 95, 100].map((percent) => percentile(times, percent).toFixed(1))
  return `p50 ${p50}, p95 ${p95}, worst ${worst} ms`
}

function median(values: readonly number[]): number {
  return percentile(values, 50)
}

function percentile(values: readonly number[], percent: number): number {
  const sorted = values.toSorted((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.floor((sorted.length * percent) / 100))] ?? NaN
}

const wanted = cases.filter(
  ({ name, assets }) => (only === undefined || name.includes(only)) && !(quick && assets > 100_000),
)
const folder = mkdtempSync(join(tmpdir(), 'vitrine-bench-queue-'))
try {
  const server = await Server.start(folder)
  let ranged: Download | undefined
  for (const one of wanted) {
    const isRanged = one.name === '100,000 of 2 GB'
    await server.ask({ ask: 'fill', filling: one, files: isRanged })
    const download = await measureQueueing(server, one)
    if (!isRanged) continue
    await measureWarm(server, download)
    ranged = download
  }
  await server.stop()
  if (ranged) await measureCold(folder, ranged)
} finally {
  rmSync(folder, { recursive: true, force: true })
}
