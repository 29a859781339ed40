// How long a download of everything takes to be ready, what that costs, and how soon any range of it begins.
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

class Server {
  readonly #process: ChildProcess
  readonly #ended = new AbortController()
  url = ''
  #token = ''

  constructor(folder: string) {
    const environment = { VITRINE_DATA: folder, VITRINE_PORT: '0', VITRINE_LOG_LEVEL: 'error' }
    this.#process = fork(join(import.meta.dirname, 'server.ts'), {
      env: { ...process.env, ...environment },
      execArgv: ['--expose-gc'],
    })
    this.#process.once('exit', (code) => this.#ended.abort(new Error(`the server ended with ${code}`)))
  }

  async start(): Promise<void> {
    const { url, token } = await this.#next<{ url: string; token: string }>()
    this.url = url
    this.#token = token
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
  for (let run = 0; run < (one.assets > 100_000 ? 2 : 5); run++) {
    await server.ask({ ask: 'begin' })
    const { download, ms } = await queueAll(server, sh)
    runs.push({ ms, download, ...(await server.ask<Observed>({ ask: 'end' })) })
  }
  const ms = median(runs.map((run) => run.ms))
  const memory = Math.max(...runs.map((run) => run.memory)) / 1e6
  const block = median(runs.map((run) => run.block))
  const { entries, size } = runs[0]!.download
  console.log(
    `${one.name.padEnd(28)} ${(ms / 1000).toFixed(2).padStart(7)} s (goal ${one.goal / 1000})  +${memory.toFixed(0)} MB  ` +
      `longest block ${block.toFixed(0)} ms (worst ${Math.max(...runs.map((run) => run.block)).toFixed(0)})  ` +
      `CPU ${(median(runs.map((run) => run.cpu)) / 1000).toFixed(2)} s  ${entries} entries, ${(size / 1e9).toFixed(1)} GB`,
  )
  return runs[0]!.download
}

/** First bytes of random ranges, with every page read before or none. */
async function measureFirstBytes(server: Server, download: Download): Promise<void> {
  const part = download.parts[0]!
  const first = async () => {
    const start = Math.floor(Math.random() * (part.size - 1000))
    const startedAt = performance.now()
    const answer = await fetch(server.url + part.url, { headers: { range: `bytes=${start}-${start + 999}` } })
    const reader = answer.body!.getReader()
    await reader.read()
    const ms = performance.now() - startedAt
    await reader.cancel()
    return ms
  }
  const cold = await first()
  const rest: number[] = []
  for (let i = 0; i < 300; i++) rest.push(await first())
  const warm: number[] = []
  for (let i = 0; i < 1000; i++) warm.push(await first())
  console.log(
    `first byte of a random range of ${download.entries}: the very first ${cold.toFixed(1)} ms; ` +
      `pages not read before p95 ${percentile(rest, 95).toFixed(1)} ms; warm p50 ${percentile(warm, 50).toFixed(1)}, ` +
      `p95 ${percentile(warm, 95).toFixed(1)} ms (goals 150, 15)`,
  )
}

function median(values: readonly number[]): number {
  return percentile(values, 50)
}

function percentile(values: readonly number[], percent: number): number {
  const sorted = values.toSorted((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.floor((sorted.length * percent) / 100))] ?? NaN
}

const folder = mkdtempSync(join(tmpdir(), 'vitrine-bench-queue-'))
try {
  const server = new Server(folder)
  await server.start()
  for (const one of cases) {
    if (quick && one.assets > 100_000) continue
    if (only !== undefined && !one.name.includes(only)) continue
    const isRanged = one.name === '100,000 of 2 GB'
    await server.ask({ ask: 'fill', filling: one, files: isRanged })
    const download = await measureQueueing(server, one)
    if (isRanged) await measureFirstBytes(server, download)
  }
  await server.ask({ ask: 'stop' })
} finally {
  rmSync(folder, { recursive: true, force: true })
}
