import { execFileSync } from 'node:child_process'
import { readFileSync, readdirSync, readlinkSync, realpathSync, rmSync } from 'node:fs'
import { basename, join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'

/** What `postmaster.pid` says. */
export interface PostmasterFile {
  readonly pid: number
  /** Folder of its socket; undefined while it is still starting. */
  readonly socketFolder: string | undefined
}

/** Reads a cluster's `postmaster.pid`; undefined when there is none, or only a part of one. */
export function readPostmasterFile(cluster: string): PostmasterFile | undefined {
  try {
    const lines = readFileSync(join(cluster, 'postmaster.pid'), 'utf8').split('\n')
    const pid = Number(lines[0])
    return pid > 0 ? { pid, socketFolder: lines[4]?.trim() || undefined } : undefined
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
    throw error
  }
}

/**
 * Whether the process is a living PostgreSQL of this cluster. A process number is given out again after
 * a restart of the machine, and a zombie is not alive: neither may be taken for it.
 */
export function servesCluster(pid: number, cluster: string): boolean {
  try {
    if (process.platform !== 'linux') {
      return execFileSync('ps', ['-o', 'comm=', '-p', String(pid)], { encoding: 'utf8' }).includes('postgres')
    }
    // Every process of PostgreSQL works in the folder of its cluster. After an upgrade of the package
    // the program reads "…/postgres (deleted)".
    const program = basename(readlinkSync(`/proc/${pid}/exe`))
    return program.startsWith('postgres') && readlinkSync(`/proc/${pid}/cwd`) === realpathSync(cluster)
  } catch {
    return false
  }
}

/**
 * Clears what a dead postmaster left behind where PostgreSQL itself would refuse to start: a
 * `postmaster.pid` whose number now belongs to somebody else. The caller holds the start lock.
 *
 * The file also guards against backends that outlive their postmaster; so those are waited for first,
 * and a file that names no process at all is left to PostgreSQL, which does the same.
 */
export async function clearStalePostmasterFile(cluster: string): Promise<void> {
  const file = readPostmasterFile(cluster)
  if (!file || servesCluster(file.pid, cluster) || !exists(file.pid)) return
  for (let tries = 0; tries < 200 && anyServes(cluster); tries++) await sleep(50)
  if (anyServes(cluster)) throw new Error(`processes of a dead PostgreSQL still use ${cluster}: end them`)
  rmSync(join(cluster, 'postmaster.pid'), { force: true })
}

function anyServes(cluster: string): boolean {
  if (process.platform !== 'linux') return false
  return readdirSync('/proc').some((name) => /^\d+$/.test(name) && servesCluster(Number(name), cluster))
}

/** Whether there is a process of this number, be it a zombie. */
function exists(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}
