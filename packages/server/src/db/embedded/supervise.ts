import { mkdirSync, realpathSync, rmSync } from 'node:fs'
import { basename, dirname, join, resolve } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { Client } from 'pg'
import { waitForLock } from '../file-lock.ts'
import { clusterUser, socketPort, type ClusterSettings } from './cluster-settings.ts'
import { findNativeBinaries, type NativeBinaries } from './native-binaries.ts'
import { startPostmaster, type Postmaster } from './postmaster.ts'
import { readPostmasterFile, servesCluster } from './running-postmaster.ts'

/** What an embedded database needs to know. */
export interface EmbeddedOptions {
  /** Folder of the cluster; made when it is missing. */
  readonly cluster: string
  /** Folder of `initdb` and `postgres`, when not those that came with npm. */
  readonly pgBin?: string | undefined
  /** Settings of PostgreSQL beyond ours. */
  readonly settings?: ClusterSettings
  /** Told what happens: starts, adoptions, deaths. */
  readonly report?: (event: string, facts: Readonly<Record<string, unknown>>) => void
}

/** PostgreSQL as a child process of ours, kept alive until it is stopped. */
export interface EmbeddedDatabase {
  /** The PostgreSQL of this moment: it is another after it died and was started again. */
  readonly postmaster: () => Postmaster
  /** URL to connect with; the same for as long as this object lives. */
  readonly urlOf: (database: string) => string
  /** Ends PostgreSQL cleanly and waits until it is gone. */
  stop(): Promise<void>
  /** Goes away without ending PostgreSQL: another process that has adopted it goes on with it. */
  leave(): void
}

/** How long another process may take to make or start the cluster, in ms. */
const longestWait = 180_000

/**
 * Starts PostgreSQL for a cluster, or adopts the one that still runs after its parent was killed.
 *
 * Two processes that do this at once get the same PostgreSQL. When it dies it is started again, at once
 * and then with growing pauses.
 *
 * @throws when it cannot be started; the message says what to do
 */
export async function startEmbedded(options: EmbeddedOptions): Promise<EmbeddedDatabase> {
  const binaries = findNativeBinaries(options.pgBin)
  const cluster = prepare(options.cluster)
  const report = options.report ?? (() => {})
  let postmaster = await startLocked(cluster, binaries, options.settings)
  report('database started', { ...postmaster })
  const watch = watchPostmaster(
    cluster,
    () => postmaster.pid,
    async () => {
      report('database died', { pid: postmaster.pid })
      postmaster = await startLocked(cluster, binaries, options.settings)
      report('database started', { ...postmaster })
    },
    report,
  )
  return {
    postmaster: () => postmaster,
    urlOf: (database) => urlOf(postmaster.socketFolder, database),
    leave: () => watch.abort(),
    async stop() {
      watch.abort()
      await stopPostmaster(cluster, postmaster)
    },
  }
}

/** Makes sure that the cluster's parent is there, and names the cluster without symbolic links, as PostgreSQL does. */
function prepare(cluster: string): string {
  const folder = dirname(resolve(cluster))
  mkdirSync(folder, { recursive: true })
  return join(realpathSync(folder), basename(cluster))
}

async function startLocked(
  cluster: string,
  binaries: NativeBinaries,
  settings: ClusterSettings = {},
): Promise<Postmaster> {
  const lock = await waitForLock(`${cluster}.lock`, longestWait)
  try {
    return await startPostmaster(cluster, binaries, settings)
  } finally {
    lock.release()
  }
}

function urlOf(socketFolder: string, database: string): string {
  const where = new URLSearchParams({ host: socketFolder, port: String(socketPort) })
  return `postgresql://${clusterUser}@localhost/${encodeURIComponent(database)}?${where.toString()}`
}

/** How often the postmaster is looked after, in ms. */
const heartbeat = 250
/** Pauses before the next start after failed ones, in ms. */
const backOff = [0, 250, 1000, 3000, 10_000, 30_000] as const

/** Starts the postmaster again whenever it dies, until aborted. A poll, because an adopted one is no child of ours. */
function watchPostmaster(
  cluster: string,
  pid: () => number,
  restart: () => Promise<void>,
  report: NonNullable<EmbeddedOptions['report']>,
): AbortController {
  const watch = new AbortController()
  const { signal } = watch
  const pause = (ms: number) => sleep(ms, undefined, { signal, ref: false }).catch(() => {})
  const look = async () => {
    for (let failures = 0; !signal.aborted; await pause(heartbeat)) {
      if (servesCluster(pid(), cluster)) continue
      await pause(backOff[Math.min(failures, backOff.length - 1)]!)
      if (signal.aborted) return
      failures = await restart().then(
        () => 0,
        (error: unknown) => {
          report('database could not be started', { error })
          return failures + 1
        },
      )
    }
  }
  void look()
  return watch
}

/** How long a clean stop may take, in ms: it writes everything that is only in the log so far. */
const longestStop = 60_000

async function stopPostmaster(cluster: string, postmaster: Postmaster): Promise<void> {
  const goesOn = () => servesCluster(postmaster.pid, cluster)
  if (goesOn()) process.kill(postmaster.pid, 'SIGINT')
  const deadline = performance.now() + longestStop
  while (goesOn()) {
    if (performance.now() > deadline) throw new Error(`the database in ${cluster} does not stop`)
    await sleep(20)
  }
  if (!readPostmasterFile(cluster)) rmSync(postmaster.socketFolder, { recursive: true, force: true })
}

/** Makes a database on the cluster unless it is there. */
export async function ensureDatabase(embedded: EmbeddedDatabase, name: string): Promise<void> {
  const client = new Client({ connectionString: embedded.urlOf('postgres') })
  await client.connect()
  try {
    const { rowCount } = await client.query('select from pg_database where datname = $1', [name])
    if (rowCount === 0) await client.query(`create database ${client.escapeIdentifier(name)}`)
  } catch (error) {
    // 42P04: another process has made it in between.
    if ((error as { code?: string }).code !== '42P04') throw error
  } finally {
    await client.end()
  }
}
