import { chmodSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { VitrineError } from '@vitrine/domain'
import { tryLock } from './db/file-lock.ts'

/** What a running server says to commands on the same machine, in `server.json`. */
export interface ServerFile {
  readonly pid: number
  /** Address of the main listener. */
  readonly url: string
  /** Address of the public listener, where there is one. */
  readonly publicUrl?: string
  /** Lets the holder act as `admin` on the main listener, for as long as the process runs. */
  readonly token: string
}

/** The folder of all state, held by this process alone. */
export interface DataFolder {
  readonly path: string
  /** Says where this process answers. Replaces what was said before. */
  announce(server: ServerFile): void
  /** Lets go: another process may start on it. */
  release(): void
}

/**
 * Makes the data folder when it is missing, and takes it for this process.
 *
 * @throws {VitrineError} `server/already-running` when another process has it
 */
export function openDataFolder(path: string): DataFolder {
  mkdirSync(path, { recursive: true })
  // Passable, not readable: as root, the database runs as another user below it.
  chmodSync(path, 0o711)
  const lock = tryLock(join(path, 'lock'))
  if (!lock) throw alreadyRunning(path)
  const serverFile = join(path, fileName)
  rmSync(serverFile, { force: true })
  return {
    path,
    announce: (server) => writeWhole(serverFile, JSON.stringify(server)),
    release() {
      rmSync(serverFile, { force: true })
      lock.release()
    },
  }
}

const fileName = 'server.json'

function alreadyRunning(path: string): VitrineError {
  const server = readServerFile(path)
  const where = server ? ` (process ${server.pid}, ${server.url})` : ''
  return new VitrineError(
    'server/already-running',
    `Another Vitrine is running on ${path}${where}. Stop it, or set VITRINE_DATA to another folder.`,
    { path, pid: server?.pid },
  )
}

/** What the server on this data folder says of itself; undefined when none runs. */
export function readServerFile(path: string): ServerFile | undefined {
  try {
    const server = JSON.parse(readFileSync(join(path, fileName), 'utf8')) as ServerFile
    process.kill(server.pid, 0)
    return server
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (code === 'EPERM') return JSON.parse(readFileSync(join(path, fileName), 'utf8')) as ServerFile
    if (code === 'ENOENT' || code === 'ESRCH' || code === 'EACCES' || error instanceof SyntaxError) return undefined
    throw error
  }
}

/** Nobody sees half of it, and nobody else may read it. */
function writeWhole(path: string, content: string): void {
  const draft = `${path}.new`
  rmSync(draft, { force: true })
  writeFileSync(draft, content, { mode: 0o600, flag: 'wx' })
  renameSync(draft, path)
}
