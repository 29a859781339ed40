// What taking files in costs: large ones against `cp && sync` of the same files, small ones in files a second.
import { fork, spawnSync, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, mkdtempSync, openSync, rmSync, writeFileSync, writeSync, closeSync } from 'node:fs'
import { randomBytes } from 'node:crypto'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type { ImportBody, NodeBody } from '@vitrine/api'
import { ROOT_ID } from '@vitrine/domain'

const quick = process.argv.includes('--quick')
const rounds = quick ? 1 : 5
const large = { files: 4, size: quick ? 64e6 : 512e6 }
const small = { files: quick ? 1000 : 5000, folders: 50, size: 4096 }

const folder = mkdtempSync(join(tmpdir(), 'vitrine-bench-ingest-'))
const server = fork(join(import.meta.dirname, 'server.ts'), {
  env: { ...process.env, VITRINE_DATA: join(folder, 'data'), VITRINE_PORT: '0', VITRINE_LOG_LEVEL: 'error' },
})
try {
  const [reach] = (await once(server, 'message')) as [Reach]
  await measure(reach, server)
} finally {
  server.send('stop')
  await once(server, 'exit')
  rmSync(folder, { recursive: true, force: true })
}

interface Reach {
  readonly url: string
  readonly token: string
}

async function measure(reach: Reach, process: ChildProcess): Promise<void> {
  const disk = join(folder, 'large')
  makeLarge(disk)
  const times: { cp: number; ingest: number; memory: number }[] = []
  for (let round = 0; round < rounds; round++) {
    renew(disk, round)
    const cp = copyAndSync(disk)
    renew(disk, round + 1000)
    const before = await ask(process, 'begin')
    const ingest = await ingestAll(reach, disk, `large ${round}`)
    times.push({ cp, ingest, memory: (await ask(process, 'end')) - before })
  }
  const megabytes = (large.files * large.size) / 1e6
  const [cp, ingest] = [medianOf(times.map((one) => one.cp)), medianOf(times.map((one) => one.ingest))]
  say(`cp && sync of ${large.files} files, ${megabytes} MB`, `${(megabytes / (cp / 1000)).toFixed(0)} MB/s`)
  say('the same files taken in', `${(megabytes / (ingest / 1000)).toFixed(0)} MB/s`)
  say('ratio, median of the rounds', medianOf(times.map((one) => one.cp / one.ingest)).toFixed(2))
  say('memory above idle at most', `${(Math.max(...times.map(({ memory }) => memory)) / 1e6).toFixed(0)} MB`)

  const rates: number[] = []
  for (let round = 0; round < rounds; round++) {
    const many = join(folder, `small ${round}`)
    makeSmall(many)
    rates.push(small.files / ((await ingestAll(reach, many, `small ${round}`)) / 1000))
  }
  say(
    `${small.files} files of 4 kB in ${small.folders} folders, with all rows`,
    `${medianOf(rates).toFixed(0)} files/s`,
  )
  const again = await ingestAll(reach, join(folder, 'small 0'), 'small 0')
  say('the same again: nothing has changed', `${(small.files / (again / 1000)).toFixed(0)} files/s`)
}

function makeLarge(path: string): void {
  mkdirSync(path)
  const megabyte = randomBytes(1 << 20)
  for (let file = 0; file < large.files; file++) {
    const to = openSync(join(path, `large ${file}`), 'w')
    for (let at = 0; at < large.size; at += megabyte.length) {
      megabyte.writeDoubleLE(file + at / large.size, 0)
      writeSync(to, megabyte, 0, Math.min(megabyte.length, large.size - at))
    }
    closeSync(to)
  }
}

/** Makes the files others than before, so that nothing is there already, and puts all that waits on the disk. */
function renew(path: string, mark: number): void {
  for (let file = 0; file < large.files; file++) {
    const to = openSync(join(path, `large ${file}`), 'r+')
    writeSync(to, Buffer.from(`${mark}`.padEnd(16)), 0, 16, 64)
    closeSync(to)
  }
  run('sync', [])
}

function copyAndSync(path: string): number {
  const copy = `${path} copy`
  const begun = performance.now()
  run('cp', ['-r', '--reflink=auto', path, copy])
  run('sync', [])
  const took = performance.now() - begun
  rmSync(copy, { recursive: true })
  run('sync', [])
  return took
}

function run(command: string, args: string[]): void {
  const { status } = spawnSync(command, args, { stdio: 'inherit' })
  if (status !== 0) throw new Error(`${command} failed`)
}

function makeSmall(path: string): void {
  for (let i = 0; i < small.files; i++) {
    const into = join(path, `folder ${i % small.folders}`)
    if (i < small.folders) mkdirSync(into, { recursive: true })
    writeFileSync(join(into, `file ${i}`), randomBytes(small.size))
  }
  run('sync', [])
}

/** From the request to the end of the import, in ms: every row is committed, and every byte durable. */
async function ingestAll(reach: Reach, directory: string, newFolderName: string): Promise<number> {
  const begun = performance.now()
  let now = await call<ImportBody>(reach, 'POST', '/api/v1/imports', { directory, newFolderName })
  while (now.state === 'running') {
    await sleep(20)
    now = await call<ImportBody>(reach, 'GET', `/api/v1/imports/${now.id}`)
  }
  const took = performance.now() - begun
  if (now.state !== 'done' || (now.imported?.skipped.length ?? 1) > 0) throw new Error(now.failure ?? 'not all is in')
  await call<NodeBody>(reach, 'GET', `/api/v1/nodes/${ROOT_ID}`)
  return took
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

async function ask(process: ChildProcess, what: 'begin' | 'end'): Promise<number> {
  process.send(what)
  const [{ memory }] = (await once(process, 'message')) as [{ memory: number }]
  return memory
}

function medianOf(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN
}

function say(what: string, result: string): void {
  console.log(`${what.padEnd(60)} ${result}`)
}
