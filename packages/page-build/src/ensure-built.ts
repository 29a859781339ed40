import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { open, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { dirname, join, relative } from 'node:path'
import process from 'node:process'
import { setTimeout as wait } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'

const repository = join(import.meta.dirname, '..', '..', '..')

/** Pages that are built together, by a `vite.config.ts` in their package. */
export interface PagesWish {
  /** The package's folder. */
  readonly folder: string
  /** For error messages, as `The recipient's pages`. */
  readonly name: string
  /** Folders that the pages are made from, below the repository, besides the lockfile and what builds them. */
  readonly sources: readonly string[]
}

/** Built pages, and how they come to be. */
export interface PagesBuild {
  /** HTML files, and beside them all that they load. */
  readonly pagesFolder: string
  /**
   * Builds the pages unless the build that is there was made from the present sources.
   *
   * Vite runs in a process of its own. The new build takes the place of the old one whole, or not at
   * all; processes that build at the same time wait for each other.
   *
   * @throws Error when the build fails, with what Vite said
   */
  readonly ensureBuilt: () => Promise<void>
}

/** Names the variable that tells Vite where a build goes. */
export const OUT = 'VITRINE_PAGES_OUT'

/** Written into the build: the state of the sources that it was made from. */
const STAMP = 'sources.sha256'
const NOT_SOURCES = /^(dist.*|node_modules|\.building)$|\.test\.tsx?$/
/** A build takes seconds; whoever waits this long for another's builds for itself, in milliseconds. */
const PATIENCE = 120_000

/** Says how a package's pages are built. */
export function pagesBuildOf(wish: PagesWish): PagesBuild {
  const pagesFolder = join(wish.folder, 'dist')
  return { pagesFolder, ensureBuilt: () => ensureBuilt(wish, pagesFolder) }
}

async function ensureBuilt(wish: PagesWish, pagesFolder: string): Promise<void> {
  const wanted = await stateOfSources(wish.sources)
  if (await isBuiltFrom(pagesFolder, wanted)) return
  await alone(wish.folder, async () => {
    if (await isBuiltFrom(pagesFolder, wanted)) return
    const side = join(wish.folder, `dist.${process.pid}`)
    try {
      await runVite(wish, side)
      await writeFile(join(side, STAMP), wanted)
      await putInPlace(side, pagesFolder)
    } finally {
      await rm(side, { recursive: true, force: true })
    }
  })
}

async function isBuiltFrom(pagesFolder: string, wanted: string): Promise<boolean> {
  const stamp = await readFile(join(pagesFolder, STAMP), 'utf8').catch(() => '')
  return stamp === wanted
}

async function stateOfSources(sources: readonly string[]): Promise<string> {
  const hash = createHash('sha256')
  for (const folder of [...sources, 'packages/page-build']) await addFolder(hash, join(repository, folder))
  hash.update(await readFile(join(repository, 'package-lock.json')).catch(() => ''))
  return hash.digest('hex')
}

async function addFolder(hash: ReturnType<typeof createHash>, folder: string): Promise<void> {
  const entries = await readdir(folder, { withFileTypes: true })
  for (const entry of entries.toSorted((a, b) => (a.name < b.name ? -1 : 1))) {
    if (NOT_SOURCES.test(entry.name)) continue
    const path = join(folder, entry.name)
    if (entry.isDirectory()) await addFolder(hash, path)
    else if (entry.isFile()) hash.update(`${relative(repository, path)}\0`).update(await readFile(path))
  }
}

async function runVite({ folder, name }: PagesWish, outDir: string): Promise<void> {
  const vite = join(dirname(fileURLToPath(import.meta.resolve('vite/package.json'))), 'bin', 'vite.js')
  const child = spawn(process.execPath, [vite, 'build', '--logLevel', 'warn'], {
    cwd: folder,
    env: { ...process.env, NODE_ENV: 'production', NODE_OPTIONS: '', [OUT]: outDir },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let said = ''
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => (said += chunk.toString()))
  const code = await new Promise<number | null>((resolve, reject) => {
    child.once('error', reject)
    child.once('close', resolve)
  })
  if (code !== 0) throw new Error(`${name} could not be built (vite ended with ${code}):\n${said.slice(-4000)}`)
}

/** A folder cannot be renamed over one that has something in it: the old one steps aside first. */
async function putInPlace(side: string, pagesFolder: string): Promise<void> {
  const old = `${side}.old`
  if (existsSync(pagesFolder)) await rename(pagesFolder, old)
  await rename(side, pagesFolder)
  await rm(old, { recursive: true, force: true })
}

/** Runs work while no other process does. What a killed process left behind stops nobody. */
async function alone(folder: string, work: () => Promise<void>): Promise<void> {
  const lock = join(folder, '.building')
  const until = Date.now() + PATIENCE
  while (!(await takeLock(lock)) && Date.now() < until) await wait(200)
  try {
    await work()
  } finally {
    await rm(lock, { force: true })
  }
}

async function takeLock(lock: string): Promise<boolean> {
  try {
    const file = await open(lock, 'wx')
    await file.writeFile(String(process.pid))
    await file.close()
    return true
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
    const holder = Number(await readFile(lock, 'utf8').catch(() => ''))
    if (holder > 0 && !isAlive(holder)) await rm(lock, { force: true })
    return false
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}
