import { spawn } from 'node:child_process'
import { chownSync, closeSync, openSync, readFileSync, renameSync, statSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { Client } from 'pg'
import { clusterSettings, clusterUser, socketPort, type ClusterSettings } from './cluster-settings.ts'
import { chooseIdentity, giveTo, type Identity } from './identity.ts'
import { ensureCluster } from './create-cluster.ts'
import type { NativeBinaries } from './native-binaries.ts'
import { clearStalePostmasterFile, readPostmasterFile, servesCluster } from './running-postmaster.ts'
import { makeSocketFolder } from './socket-folder.ts'

/** A PostgreSQL that runs and answers. */
export interface Postmaster {
  readonly pid: number
  readonly socketFolder: string
  /** True when it was running already: the process that had started it was killed. */
  readonly adopted: boolean
  /** As whom it runs; `unknown` when adopted. */
  readonly how: string
}

/** How long PostgreSQL may take until it answers, in ms: recovery after a crash replays up to 256 MB. */
const longestStart = 120_000

/**
 * Adopts the PostgreSQL of a cluster, or makes the cluster and starts it. The caller holds the start lock.
 *
 * @param cluster absolute path of the cluster; the folder that holds it exists
 */
export async function startPostmaster(
  cluster: string,
  binaries: NativeBinaries,
  settings: ClusterSettings,
): Promise<Postmaster> {
  return (await adopt(cluster)) ?? start(cluster, binaries, settings)
}

async function adopt(cluster: string): Promise<Postmaster | undefined> {
  const running = readPostmasterFile(cluster)
  if (!running || !servesCluster(running.pid, cluster)) return undefined
  const goesOn = () => servesCluster(running.pid, cluster)
  const socketFolder = () => readPostmasterFile(cluster)?.socketFolder
  const answering = await untilItAnswers(cluster, socketFolder, goesOn)
  return answering === undefined
    ? undefined
    : { pid: running.pid, socketFolder: answering, adopted: true, how: 'unknown' }
}

async function start(cluster: string, binaries: NativeBinaries, settings: ClusterSettings): Promise<Postmaster> {
  const identity = chooseIdentity(binaries.folder, resolve(cluster, '..'))
  await ensureCluster(cluster, binaries, identity)
  giveTo(identity, cluster)
  await clearStalePostmasterFile(cluster)
  const socketFolder = makeSocketFolder(cluster, identity)
  const all = clusterSettings(binaries.major, socketFolder, settings)
  const command = [join(binaries.folder, 'postgres'), '-D', cluster, ...optionsOf(all)]
  const log = openLog(cluster, identity)
  const child = spawnApart(identity, command, log)
  const ended = new Promise<void>((resolve) => child.once('exit', resolve).once('error', resolve))
  let running = true
  void ended.then(() => (running = false))
  const answering = await untilItAnswers(
    cluster,
    () => socketFolder,
    () => running,
  )
  if (answering === undefined || child.pid === undefined) {
    throw new Error(`PostgreSQL did not start: ${tailOf(logPath(cluster))}`)
  }
  return { pid: child.pid, socketFolder, adopted: false, how: identity.how }
}

function optionsOf(settings: ClusterSettings): string[] {
  return Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`])
}

/**
 * Starts a process that a Ctrl-C in our terminal does not reach, and that does not end with us. It
 * writes into a file, because a pipe would break with us.
 */
function spawnApart(identity: Identity, command: readonly string[], log: number) {
  const [program, ...options] = identity.wrap(command)
  try {
    const child = spawn(program!, options, {
      ...identity.spawnOptions,
      cwd: '/',
      detached: true,
      stdio: ['ignore', log, log],
      env: { ...process.env, LC_ALL: 'C' },
    })
    child.unref()
    return child
  } finally {
    closeSync(log)
  }
}

const logPath = (cluster: string) => `${cluster}.log`

/** Longest log that is gone on with, in bytes; a longer one becomes `.log.1`. */
const longestLog = 4 << 20

function openLog(cluster: string, identity: Identity): number {
  const path = logPath(cluster)
  if ((statSync(path, { throwIfNoEntry: false })?.size ?? 0) > longestLog) renameSync(path, `${path}.1`)
  const log = openSync(path, 'a', 0o600)
  if (identity.owner) chownSync(path, identity.owner.uid, identity.owner.gid)
  return log
}

function tailOf(path: string): string {
  return readFileSync(path, 'utf8').slice(-1500).trim()
}

/** Waits until the cluster answers, and says on which socket; undefined when it ended before. */
async function untilItAnswers(
  cluster: string,
  socketFolder: () => string | undefined,
  goesOn: () => boolean,
): Promise<string | undefined> {
  const deadline = performance.now() + longestStart
  while (goesOn()) {
    const folder = socketFolder()
    if (folder !== undefined && (await answersFrom(folder)) === cluster) return folder
    if (performance.now() > deadline) throw new Error(`the database in ${cluster} does not answer`)
    await sleep(15)
  }
  return undefined
}

/** The cluster behind a socket; undefined when nothing answers there (yet). */
async function answersFrom(socketFolder: string): Promise<string | undefined> {
  const client = new Client({
    host: socketFolder,
    port: socketPort,
    user: clusterUser,
    database: 'postgres',
    connectionTimeoutMillis: 5000,
  })
  client.on('error', () => {})
  try {
    await client.connect()
    const { rows } = await client.query<{ data_directory: string }>('show data_directory')
    return rows[0]?.data_directory
  } catch {
    return undefined
  } finally {
    await client.end().catch(() => {})
  }
}
