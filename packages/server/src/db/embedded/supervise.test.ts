import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, existsSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { afterEach, describe, expect, it } from 'vitest'
import { openDatabase } from '../open.ts'
import type { Postmaster } from './postmaster.ts'
import { servesCluster } from './running-postmaster.ts'
import { startEmbedded, type EmbeddedDatabase } from './supervise.ts'

const isRoot = process.getuid?.() === 0
const debianPrograms = '/usr/lib/postgresql/15/bin'
const fixture = join(import.meta.dirname, 'hold-database.fixture.ts')

// What each test started is ended in the opposite order, however it went.
const cleanUps: (() => unknown)[] = []
afterEach(async () => {
  for (let next = cleanUps.pop(); next; next = cleanUps.pop()) await next()
})

/** A folder that another user can pass, and the cluster in it. */
function aCluster(mode = 0o711, name = 'pg'): string {
  const folder = mkdtempSync(join(tmpdir(), 'vitrine-embedded-'))
  chmodSync(folder, mode)
  cleanUps.push(() => rmSync(folder, { recursive: true, force: true, maxRetries: 5 }))
  return join(folder, name)
}

async function started(cluster: string, options: { pgBin?: string } = {}): Promise<EmbeddedDatabase> {
  const embedded = await startEmbedded({ cluster, ...options })
  cleanUps.push(() => embedded.stop())
  return embedded
}

/** Another process that holds the database of a cluster. */
function holder(cluster: string, wrap: readonly string[] = []): ChildProcess & { database: Promise<Postmaster> } {
  const command = [...wrap, process.execPath, fixture, cluster]
  const child = spawn(command[0]!, command.slice(1), { stdio: ['ignore', 'pipe', 'inherit'] })
  cleanUps.push(() => child.kill('SIGKILL'))
  const database = (async () => {
    for await (const line of createInterface({ input: child.stdout })) return JSON.parse(line) as Postmaster
    throw new Error('the holder ended without a database')
  })()
  return Object.assign(child, { database })
}

async function killed(child: ChildProcess): Promise<void> {
  const ended = once(child, 'exit')
  child.kill('SIGKILL')
  await ended
}

async function answer(embedded: EmbeddedDatabase, question: string): Promise<unknown> {
  const { pool, close } = openDatabase({ url: embedded.urlOf('postgres') })
  try {
    const { rows } = await pool.query<Record<string, unknown>>(question)
    return Object.values(rows[0] ?? {})[0]
  } finally {
    await close()
  }
}

describe('the embedded database', () => {
  it('is made, stopped without a trace of it running, and started again with what was in it', async () => {
    const cluster = aCluster()
    const first = await startEmbedded({ cluster })
    await answer(first, 'create table kept as select 42 as number')
    expect(await answer(first, 'show fsync')).toBe('on')
    expect(await answer(first, 'show data_checksums')).toBe('on')
    const { pid, socketFolder } = first.postmaster()
    await first.stop()
    expect([servesCluster(pid, cluster), existsSync(socketFolder)]).toEqual([false, false])
    expect(await answer(await started(cluster), 'select number from kept')).toBe(42)
  })

  it('cannot be reached over the network nor by others, and orders text by code points of all languages', async () => {
    const embedded = await started(aCluster())
    expect(await answer(embedded, 'show listen_addresses')).toBe('')
    expect(statSync(embedded.postmaster().socketFolder).mode & 0o077).toBe(0)
    const ordered = `select string_agg(x, '' order by x) from unnest(array['a','B','é','Z']) x`
    expect(await answer(embedded, ordered)).toBe('BZaé')
    expect(await answer(embedded, `select lower('ÄÉЖ')`)).toBe('äéж')
  })

  it('takes a path that is too long for a socket, with spaces', async () => {
    const embedded = await started(aCluster(0o711, `a long name ${'x'.repeat(120)}`))
    expect(await answer(embedded, 'select 1')).toBe(1)
  })

  it('refuses a cluster of another major version', async () => {
    const cluster = aCluster()
    await (await startEmbedded({ cluster })).stop()
    writeFileSync(join(cluster, 'PG_VERSION'), '14\n')
    await expect(startEmbedded({ cluster })).rejects.toThrow('is of PostgreSQL 14')
  })

  it.skipIf(!existsSync(debianPrograms))('runs on the programs of a distribution', async () => {
    const embedded = await started(aCluster(), { pgBin: debianPrograms })
    expect(await answer(embedded, 'show server_version')).toMatch(/^15\./)
    expect(await answer(embedded, `select lower('ÄÉЖ')`)).toBe('äéж')
  })

  it('says what to do when there are no programs', async () => {
    await expect(startEmbedded({ cluster: aCluster(), pgBin: '/nowhere' })).rejects.toThrow('DATABASE_URL')
  })
})

describe('when the process that started it is killed', () => {
  it('goes on, and the next one adopts it', async () => {
    const cluster = aCluster()
    const first = holder(cluster)
    const { pid } = await first.database
    await killed(first)
    expect(servesCluster(pid, cluster)).toBe(true)
    const next = await started(cluster)
    expect(next.postmaster()).toMatchObject({ pid, adopted: true })
    expect(await answer(next, 'select 1')).toBe(1)
  })

  it('during initdb, leaves nothing half-made', async () => {
    const cluster = aCluster()
    const first = holder(cluster)
    first.database.catch(() => {})
    const begun = () => readdirSync(join(cluster, '..')).some((name) => name.startsWith('pg.init-'))
    await expect.poll(begun, { interval: 5, timeout: 30_000 }).toBe(true)
    await killed(first)
    expect(existsSync(cluster)).toBe(false)
    expect(await answer(await started(cluster), 'select 1')).toBe(1)
  })
})

describe('two that start at once on an empty folder', () => {
  it('get the same database', async () => {
    const cluster = aCluster()
    const two = [holder(cluster), holder(cluster)]
    const [a, b] = await Promise.all(two.map(({ database }) => database))
    cleanUps.push(() => process.kill(a!.pid, 'SIGQUIT'))
    expect(a?.pid).toBe(b?.pid)
    expect(a?.adopted).toBe(!b?.adopted)
  })
})

describe('a postmaster.pid that was left behind', () => {
  it('does not stop the start when its number is now that of another process of the same user', async () => {
    const cluster = aCluster()
    await (await startEmbedded({ cluster })).stop()
    const { uid, gid } = statSync(cluster)
    const stranger = spawn('sleep', ['600'], { uid, gid })
    cleanUps.push(() => stranger.kill('SIGKILL'))
    writeFileSync(
      join(cluster, 'postmaster.pid'),
      `${stranger.pid}\n${cluster}\n1700000000\n5432\n/nowhere\n\n  1 2\nready   \n`,
    )
    expect(await answer(await started(cluster), 'select 1')).toBe(1)
  })
})

describe('when it dies under us', () => {
  it('is started again, and the same connections serve again', async () => {
    const cluster = aCluster()
    const embedded = await started(cluster)
    const { pool, close } = openDatabase({ url: embedded.urlOf('postgres') })
    cleanUps.push(close)
    await pool.query('create table kept as select 42 as number')
    const { pid } = embedded.postmaster()
    process.kill(pid, 'SIGKILL')
    await expect.poll(() => embedded.postmaster().pid, { timeout: 30_000 }).not.toBe(pid)
    const { rows } = await pool.query('select number from kept')
    expect(rows).toEqual([{ number: 42 }])
  })

  it('survives the death of a backend', async () => {
    const embedded = await started(aCluster())
    const { pool, close } = openDatabase({ url: embedded.urlOf('postgres') })
    cleanUps.push(close)
    const { rows } = await pool.query<{ pid: number }>('select pg_backend_pid() as pid')
    process.kill(rows[0]!.pid, 'SIGKILL')
    const again = async () => (await pool.query<{ one: number }>('select 1 as one')).rows[0]?.one
    await expect.poll(() => again().catch(() => undefined), { timeout: 30_000 }).toBe(1)
  })
})

describe.skipIf(!isRoot)('for root', () => {
  it('runs as another user where that one can reach the folder', async () => {
    const cluster = aCluster()
    const embedded = await started(cluster)
    expect(embedded.postmaster().how).toMatch(/^setuid /)
    expect(statSync(cluster).uid).not.toBe(0)
  })

  it('runs in a user namespace below a closed folder, whose files stay its own, and moves out again', async () => {
    const cluster = aCluster(0o700)
    const closed = await startEmbedded({ cluster })
    expect(closed.postmaster().how).toBe('user namespace')
    await answer(closed, 'create table kept as select 42 as number')
    expect(statSync(cluster).uid).toBe(0)
    await closed.stop()
    chmodSync(join(cluster, '..'), 0o711)
    const open = await started(cluster)
    expect(open.postmaster().how).toMatch(/^setuid /)
    expect(await answer(open, 'select number from kept')).toBe(42)
  })

  it('is what an ordinary user does not need to be', async () => {
    const cluster = aCluster(0o777)
    const nobody = ['setpriv', '--reuid=nobody', '--regid=nogroup', '--clear-groups']
    const child = holder(cluster, [...nobody, 'env', `TMPDIR=${join(cluster, '..')}`])
    const { how, pid } = await child.database
    cleanUps.push(() => process.kill(pid, 'SIGQUIT'))
    expect(how).toBe('self')
    expect(statSync(cluster).uid).toBe(65534)
  })
})
