import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** The temporary folder of one run: everything that the run leaves behind is in it, or has it in its environment. */
export interface TestFolder {
  readonly path: string
  /** Ends every process that the run left behind, and removes the folder. Says how many processes those were. */
  clear(): number
}

/** Makes it. Short, because sockets are in it; traversable, because PostgreSQL runs as another user when we are root. */
export function makeTestFolder(): TestFolder {
  const path = mkdtempSync(join(tmpdir(), 'vt-'))
  chmodSync(path, 0o711)
  return {
    path,
    clear() {
      const left = leftovers(path)
      for (const pid of left) process.kill(pid, 'SIGKILL')
      rmSync(path, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 })
      return left.length
    },
  }
}

/** Processes that were started with this TMPDIR, by whomever of the run. Linux only: there is no such list elsewhere. */
function leftovers(path: string): number[] {
  if (process.platform !== 'linux') return []
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name) && Number(name) !== process.pid)
    .filter((name) => environmentOf(name).includes(`TMPDIR=${path}`))
    .map(Number)
}

function environmentOf(pid: string): string[] {
  try {
    return readFileSync(`/proc/${pid}/environ`, 'utf8').split('\0')
  } catch {
    return []
  }
}
