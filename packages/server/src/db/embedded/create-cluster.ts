import { spawn } from 'node:child_process'
import {
  chmodSync,
  chownSync,
  closeSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
} from 'node:fs'
import { dirname, join } from 'node:path'
import { text } from 'node:stream/consumers'
import { initdbOptions } from './cluster-settings.ts'
import type { Identity } from './identity.ts'
import type { NativeBinaries } from './native-binaries.ts'

/**
 * Makes a cluster where there is none.
 *
 * It is made in a folder beside and then renamed, so that a crash in the middle leaves nothing half-made:
 * what is at `cluster` is whole. The caller holds the start lock.
 *
 * @throws when the cluster is of another major version than the programs
 */
export async function ensureCluster(cluster: string, binaries: NativeBinaries, identity: Identity): Promise<void> {
  const versionFile = join(cluster, 'PG_VERSION')
  if (!existsSync(versionFile)) return createCluster(cluster, binaries, identity)
  const major = Number(readFileSync(versionFile, 'utf8'))
  if (major !== binaries.major) {
    throw new Error(
      `the database in ${cluster} is of PostgreSQL ${major}, but ${binaries.folder} is PostgreSQL ${binaries.major}: ` +
        `set VITRINE_PG_BIN to the programs of PostgreSQL ${major}`,
    )
  }
}

async function createCluster(cluster: string, binaries: NativeBinaries, identity: Identity): Promise<void> {
  const unfinished = `${cluster}.init`
  rmSync(unfinished, { recursive: true, force: true })
  mkdirSync(unfinished, { mode: 0o700 })
  chmodSync(unfinished, 0o700)
  if (identity.owner) chownSync(unfinished, identity.owner.uid, identity.owner.gid)
  await runInitdb(unfinished, binaries, identity)
  renameSync(unfinished, cluster)
  syncFolder(dirname(cluster))
}

async function runInitdb(folder: string, binaries: NativeBinaries, identity: Identity): Promise<void> {
  const initdb = [join(binaries.folder, 'initdb'), '-D', folder, ...initdbOptions(binaries.major)]
  const [program, ...options] = identity.wrap(initdb)
  const child = spawn(program!, options, {
    ...identity.spawnOptions,
    cwd: folder,
    stdio: ['ignore', 'ignore', 'pipe'],
    env: { ...process.env, LC_ALL: 'C' },
  })
  const ended = new Promise<number | null>((resolve, reject) => child.on('error', reject).on('close', resolve))
  const [complaint, status] = await Promise.all([text(child.stderr), ended])
  if (status !== 0) throw new Error(`initdb failed: ${complaint.trim()}`)
}

function syncFolder(folder: string): void {
  const handle = openSync(folder, 'r')
  try {
    fsyncSync(handle)
  } finally {
    closeSync(handle)
  }
}
