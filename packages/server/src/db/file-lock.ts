import { DatabaseSync } from 'node:sqlite'
import { setTimeout as sleep } from 'node:timers/promises'

/** A lock on a file that the operating system lets go of when its process ends, however it ends. */
export interface FileLock {
  /** Lets go. Twice is the same as once. */
  release(): void
  /** Tries to become the only holder of a shared lock. Says whether it is; if not, the shared lock is gone too. */
  becomeOnlyHolder(): boolean
}

/**
 * Takes a lock, or says that somebody else has it. The file is made when it is missing, and stays, empty.
 *
 * Node has no `flock`. SQLite has: an open transaction on an empty database is a lock of the kernel on
 * its file, on every platform, and leaves nothing stale behind after a `kill -9`. Nothing is ever stored.
 *
 * @param kind `exclusive`: one holder; `shared`: many, but none beside an exclusive one
 */
export function tryLock(path: string, kind: 'exclusive' | 'shared' = 'exclusive'): FileLock | undefined {
  const database = new DatabaseSync(path, { timeout: 0 })
  const taken = kind === 'exclusive' ? beginExclusive(database) : beginShared(database)
  if (!taken) {
    database.close()
    return undefined
  }
  return {
    release() {
      if (database.isOpen) database.close()
    },
    becomeOnlyHolder() {
      database.exec('rollback')
      return beginExclusive(database)
    },
  }
}

/**
 * Waits for a lock.
 *
 * @param timeout in ms; after that it throws
 */
export async function waitForLock(
  path: string,
  timeout: number,
  kind: 'exclusive' | 'shared' = 'exclusive',
): Promise<FileLock> {
  const deadline = performance.now() + timeout
  for (;;) {
    const lock = tryLock(path, kind)
    if (lock) return lock
    if (performance.now() > deadline) throw new Error(`another process has held ${path} for ${timeout} ms`)
    await sleep(25)
  }
}

function beginExclusive(database: DatabaseSync): boolean {
  // Without a journal beside it: that would need room, and there must be locks on a full disk as well.
  return unlessBusy(() => database.exec('pragma journal_mode = memory; begin exclusive'))
}

function beginShared(database: DatabaseSync): boolean {
  return unlessBusy(() => database.exec('begin; select count(*) from sqlite_schema'))
}

const SQLITE_BUSY = 5

function unlessBusy(attempt: () => void): boolean {
  try {
    attempt()
    return true
  } catch (error) {
    if ((error as { errcode?: number }).errcode === SQLITE_BUSY) return false
    throw error
  }
}
