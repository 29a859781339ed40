// How soon `vitrine start` is ready, on a new data folder and on one with data, and what it takes of memory when idle.
import { type ChildProcess, fork, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { aFreePort } from '@vitrine/testkit/a-free-port'
import type { Filling } from '../queue/nodes-store.ts'
import type { Ask } from '../queue/server.ts'
import { memoryOf } from './memory-of.ts'

const quick = process.argv.includes('--quick')
const rounds = quick ? 2 : 7
const filling: Filling = { name: 'Archive', assets: quick ? 10_000 : 100_000, perFolder: 100, size: 2_000_000 }
/** Until the memory is looked at, in ms: what a start needs alone is given back by then. */
const settling = quick ? 5000 : 20_000
/** After so long, in ms, a start has failed. */
const patience = 60_000

const launcher = join(import.meta.dirname, '../../packages/server/bin/vitrine.mjs')
const folder = mkdtempSync(join(tmpdir(), 'vitrine-bench-start-'))
try {
  // The very first start compiles, and what it compiled is kept: as on every machine, once.
  await started(join(folder, 'warm'), async () => {})
  const [bare, fresh, existing]: [number[], number[], number[]] = [[], [], []]
  await fillData(join(folder, 'filled'))
  for (let round = 0; round < rounds; round++) {
    bare.push(bareNode())
    fresh.push(await started(join(folder, `new ${round}`), async () => {}))
    existing.push(await started(join(folder, 'filled'), async () => {}))
  }
  say('Node alone, which does nothing', `${medianOf(bare).toFixed(0)} ms`)
  say('new data folder, to /readyz (wanted 5 s)', seconds(fresh))
  say(`${filling.assets} assets, to /readyz (wanted 1.5 s)`, seconds(existing))
  await started(join(folder, 'filled'), sayMemory)
} finally {
  rmSync(folder, { recursive: true, force: true })
}

async function sayMemory(server: ChildProcess): Promise<void> {
  await sleep(settling)
  const { server: own, database } = memoryOf(server.pid ?? 0)
  const [all, node, postgres] = [own + database, own, database].map((bytes) => (bytes / 1e6).toFixed(0))
  say('idle memory, PSS (wanted 300 MB)', `${all} MB: server ${node}, PostgreSQL ${postgres}`)
}

/** Puts rows of an archive into a new data folder. */
async function fillData(dataFolder: string): Promise<void> {
  const server = fork(join(import.meta.dirname, '../queue/server.ts'), { env: environment(dataFolder, 0) })
  await once(server, 'message')
  server.send({ ask: 'fill', filling, files: false } satisfies Ask)
  const [answer] = (await once(server, 'message')) as [{ error?: string }]
  if (answer.error !== undefined) throw new Error(answer.error)
  const ended = once(server, 'exit')
  server.send({ ask: 'stop' } satisfies Ask)
  await ended
}

/** Ms from the command until the server says that it is ready; then does something with it, and stops it. */
async function started(dataFolder: string, use: (server: ChildProcess) => Promise<void>): Promise<number> {
  const port = await aFreePort()
  const begun = performance.now()
  const server = spawn(process.execPath, [launcher, 'start'], { env: environment(dataFolder, port), stdio: 'ignore' })
  const ended = once(server, 'exit')
  try {
    await untilReady(`http://127.0.0.1:${port}/readyz`, server)
    const took = performance.now() - begun
    await use(server)
    return took
  } finally {
    server.kill('SIGTERM')
    await ended
  }
}

async function untilReady(url: string, server: ChildProcess): Promise<void> {
  const deadline = performance.now() + patience
  while (performance.now() < deadline && server.exitCode === null) {
    const answer = await fetch(url).catch(() => undefined)
    await answer?.body?.cancel()
    if (answer?.status === 200) return
    await sleep(5)
  }
  throw new Error(`the server is not ready; it ended with ${server.exitCode}`)
}

function environment(dataFolder: string, port: number): NodeJS.ProcessEnv {
  return { ...process.env, VITRINE_DATA: dataFolder, VITRINE_PORT: String(port), VITRINE_LOG_LEVEL: 'error' }
}

/** The limit: no server on Node starts sooner. In ms. */
function bareNode(): number {
  const begun = performance.now()
  spawnSync(process.execPath, ['-e', '0'])
  return performance.now() - begun
}

function seconds(times: readonly number[]): string {
  const each = times.toSorted((a, b) => a - b).map((ms) => (ms / 1000).toFixed(2))
  return `${(medianOf(times) / 1000).toFixed(2)} s  (${each.join(' ')})`
}

function medianOf(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN
}

function say(what: string, result: string): void {
  console.log(`${what.padEnd(48)} ${result}`)
}
