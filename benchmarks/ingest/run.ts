// What taking files in costs: large ones against `cp -r && sync` of the same files, small ones in files a second.
import { type ChildProcess, fork, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type { ImportBody } from '@vitrine/api'
import type { Kept } from './kept-store.ts'
import { aSmallPicture, makeLarge, makeSmall, renew } from './make-files.ts'
import type { Ask, Observed } from './server.ts'

const quick = process.argv.includes('--quick')
const rounds = quick ? 2 : 7
const large = { files: 4, size: quick ? 64e6 : 256e6 }
const small = { files: quick ? 1000 : 3000, folders: 50, size: 4096 }

const folder = mkdtempSync(join(tmpdir(), 'vitrine-bench-ingest-'))
const dataFolder = join(folder, 'data')
const server = fork(join(import.meta.dirname, 'server.ts'), {
  env: { ...process.env, VITRINE_DATA: dataFolder, VITRINE_PORT: '0', VITRINE_LOG_LEVEL: 'error' },
})
try {
  const reach = await reply<Reach>()
  await measureLarge(reach)
  await measureSmall(reach, 'no pictures', undefined)
  await measureSmall(reach, 'pictures', await aSmallPicture(small.size))
  await ask({ ask: 'stop' })
} finally {
  server.kill()
  if (server.exitCode === null) await once(server, 'exit')
  rmSync(folder, { recursive: true, force: true })
}

interface Reach {
  readonly url: string
  readonly token: string
}

async function measureLarge(reach: Reach): Promise<void> {
  const disk = join(folder, 'large')
  makeLarge(disk, large)
  const times: (Observed & { readonly cp: number; readonly ingest: number })[] = []
  for (let round = 0; round < rounds; round++) {
    // Each goes first as often as the other.
    if (round % 2 === 0) {
      const cp = copyAndSync(disk, round)
      times.push({ cp, ...(await ingestLarge(reach, disk, round)) })
    } else {
      const taken = await ingestLarge(reach, disk, round)
      times.push({ ...taken, cp: copyAndSync(disk, round) })
    }
    clearRound()
  }
  reportLarge(times)
}

function reportLarge(times: readonly (Observed & { readonly cp: number; readonly ingest: number })[]): void {
  const megabytes = (large.files * large.size) / 1e6
  const rate = (ms: readonly number[]) => `${(megabytes / (medianOf(ms) / 1000)).toFixed(0)} MB/s`
  const ratios = times.map((one) => one.cp / one.ingest).toSorted((a, b) => a - b)
  const each = ratios.map((ratio) => ratio.toFixed(2)).join(' ')
  say(`cp -r && sync of ${large.files} files, ${megabytes} MB`, rate(times.map(({ cp }) => cp)))
  say('the same files taken in', rate(times.map(({ ingest }) => ingest)))
  say('ratio, median of the rounds (wanted 0.6)', `${medianOf(ratios).toFixed(2)}  (${each})`)
  say('processor time of the server', `${(medianOf(times.map(({ cpu }) => cpu)) / megabytes).toFixed(2)} s a GB`)
  say('longest block of its event loop', `${medianOf(times.map(({ block }) => block)).toFixed(0)} ms`)
  say('memory above idle at most', `${(Math.max(...times.map(({ memory }) => memory)) / 1e6).toFixed(0)} MB`)
}

async function ingestLarge(reach: Reach, disk: string, round: number): Promise<Observed & { readonly ingest: number }> {
  renew(disk, large, `${round} taken in`)
  warmMemory(disk)
  await ask({ ask: 'begin' })
  const { took } = await ingestAll(reach, disk, `large ${round}`)
  return { ...(await ask<Observed>({ ask: 'end' })), ingest: took }
}

function copyAndSync(disk: string, round: number): number {
  renew(disk, large, `${round} copied`)
  warmMemory(disk)
  const begun = performance.now()
  run('cp', ['-r', '--reflink=auto', disk, join(folder, 'copy')])
  run('sync')
  return performance.now() - begun
}

/**
 * Uses and frees as much memory as a copy will need. A virtual machine gives memory that was free for some seconds back
 * to its host; to get it again may take several times as long as the whole copy, and would fall to whoever comes first.
 */
function warmMemory(disk: string): void {
  const scratch = join(folder, 'scratch')
  run('cp', ['-r', '--reflink=never', disk, scratch])
  rmSync(scratch, { recursive: true })
}

/** Removes both copies, so that every round finds the same room on the disk. Nobody reads these blobs again. */
function clearRound(): void {
  rmSync(join(folder, 'copy'), { recursive: true })
  run('find', [join(dataFolder, 'blobs'), '-type', 'f', '-size', '+16M', '-delete'])
  run('sync')
}

async function measureSmall(reach: Reach, kind: string, picture: Buffer | undefined): Promise<void> {
  const rates: number[] = []
  for (let round = 0; round < rounds; round++) {
    const disk = join(folder, `${kind} ${round}`)
    makeSmall(disk, small, picture)
    run('sync')
    const { took, into } = await ingestAll(reach, disk, `${kind} ${round}`)
    rates.push(small.files / (took / 1000))
    const kept = await ask<Kept>({ ask: 'kept', folder: into })
    if (kept.assets !== small.files || kept.withRenditions !== (picture ? small.files : 0))
      throw new Error(`not every row is there: ${JSON.stringify(kept)}`)
    await ask({ ask: 'drop-jobs' })
  }
  const what = `${small.files} files of 4 kB in ${small.folders} folders, ${kind}`
  say(
    `${what} (wanted 300)`,
    `${medianOf(rates).toFixed(0)} files/s  (${rates.map((one) => one.toFixed(0)).join(' ')})`,
  )
  const { took } = await ingestAll(reach, join(folder, `${kind} 0`), `${kind} 0`)
  say('the same again: nothing has changed', `${(small.files / (took / 1000)).toFixed(0)} files/s`)
}

/** From the request to the end of the import, in ms: every row is committed, and every byte durable. */
async function ingestAll(
  reach: Reach,
  directory: string,
  newFolderName: string,
): Promise<{ took: number; into: string }> {
  const begun = performance.now()
  let now = await call<ImportBody>(reach, 'POST', '/api/v1/imports', { directory, newFolderName })
  while (now.state === 'running') {
    await sleep(20)
    now = await call<ImportBody>(reach, 'GET', `/api/v1/imports/${now.id}`)
  }
  const took = performance.now() - begun
  if (now.state !== 'done' || (now.imported?.skipped.length ?? 1) > 0) throw new Error(now.failure ?? 'not all is in')
  return { took, into: now.folder }
}

async function call<Body>({ url, token }: Reach, method: string, path: string, body?: unknown): Promise<Body> {
  const response = await fetch(`${url}${path}`, {
    method,
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  })
  if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`)
  return (await response.json()) as Body
}

function ask<Reply = object>(message: Ask): Promise<Reply> {
  const answered = reply<Reply>()
  server.send(message)
  return answered
}

async function reply<Reply>(from: ChildProcess = server): Promise<Reply> {
  const [message] = (await once(from, 'message')) as [Reply & { error?: string }]
  if (message.error !== undefined) throw new Error(message.error)
  return message
}

function run(command: string, args: readonly string[] = []): void {
  const { status } = spawnSync(command, args, { stdio: 'inherit' })
  if (status !== 0) throw new Error(`${command} failed`)
}

function medianOf(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN
}

function say(what: string, result: string): void {
  console.log(`${what.padEnd(64)} ${result}`)
}
