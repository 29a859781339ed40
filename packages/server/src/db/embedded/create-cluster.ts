import { spawn } from 'node:child_process'
import {
  chownSync,
  closeSync,
  existsSync,
  fsyncSync,
  mkdtempSync,
  openSync,
  readFileSync,
  readdirSync,
  renameSync,
  rmSync,
} from 'node:fs'
import { basename, dirname, join } from 'node:path'
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
  clearUnfinished(cluster)
  const unfinished = mkdtempSync(`${cluster}.init-`)
  if (identity.owner) chownSync(unfinished, identity.owner.uid, identity.owner.gid)
  await runInitdb(unfinished, binaries, identity)
  renameSync(unfinished, cluster)
  syncFolder(dirname(cluster))
}

/**
 * Removes what earlier attempts left. An `initdb` whose parent was killed may still be at work there: so each
 * attempt has a folder of its own, and what cannot be removed now is left to the next.
 */
function clearUnfinished(cluster: string): void {
  const prefix = `${basename(cluster)}.init-`
  for (const name of readdirSync(dirname(cluster)).filter((name) => name.startsWith(prefix))) {
    try {
      rmSync(join(dirname(cluster), name), { recursive: true, force: true })
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ENOTEMPTY') throw error
    }
  }
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
