import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { mkdir, open, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { dirname, join, relative } from 'node:path'
import process from 'node:process'
import { setTimeout as wait } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'

const here = import.meta.dirname
const repository = join(here, '..', '..')

/** The built pages: three HTML files, and beside them what they load, below `/linkshare.html/assets/`. */
export const pagesFolder = join(here, 'dist')

/** Written into the build: the state of the sources that it was made from. */
const STAMP = 'sources.sha256'
/** What the pages are made from, besides the lockfile. */
const SOURCES = ['packages/link', 'packages/ui', 'packages/api/src'].map((folder) => join(repository, folder))
const NOT_SOURCES = /^(dist.*|node_modules|\.building)$|\.test\.tsx?$/
/** A build takes seconds; whoever waits this long for another's builds for itself, in milliseconds. */
const PATIENCE = 120_000

/**
 * Builds the pages unless the build that is there was made from the present sources.
 *
 * Vite runs in a process of its own. The new build takes the place of the old one whole, or not at
 * all; processes that build at the same time wait for each other.
 *
 * @throws Error when the build fails, with what Vite said
 */
export async function ensureBuilt(): Promise<void> {
  const wanted = await stateOfSources()
  if (await isBuiltFrom(wanted)) return
  await alone(async () => {
    if (await isBuiltFrom(wanted)) return
    const side = join(here, `dist.${process.pid}`)
    try {
      await runVite(side)
      await writeFile(join(side, STAMP), wanted)
      await putInPlace(side)
    } finally {
      await rm(side, { recursive: true, force: true })
    }
  })
}

async function isBuiltFrom(wanted: string): Promise<boolean> {
  const stamp = await readFile(join(pagesFolder, STAMP), 'utf8').catch(() => '')
  return stamp === wanted
}

async function stateOfSources(): Promise<string> {
  const hash = createHash('sha256')
  for (const folder of SOURCES) await addFolder(hash, folder)
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

async function runVite(outDir: string): Promise<void> {
  const vite = join(dirname(fileURLToPath(import.meta.resolve('vite/package.json'))), 'bin', 'vite.js')
  const child = spawn(process.execPath, [vite, 'build', '--logLevel', 'warn'], {
    cwd: here,
    env: { ...process.env, NODE_ENV: 'production', NODE_OPTIONS: '', VITRINE_LINK_OUT: outDir },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let said = ''
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => (said += chunk.toString()))
  const code = await new Promise<number | null>((resolve, reject) => {
    child.once('error', reject)
    child.once('close', resolve)
  })
  if (code !== 0)
    throw new Error(`The recipient's pages could not be built (vite ended with ${code}):\n${said.slice(-4000)}`)
}

/** A folder cannot be renamed over one that has something in it: the old one steps aside first. */
async function putInPlace(side: string): Promise<void> {
  const old = `${side}.old`
  if (existsSync(pagesFolder)) await rename(pagesFolder, old)
  await rename(side, pagesFolder)
  await rm(old, { recursive: true, force: true })
}

/** Runs work while no other process does. What a killed process left behind stops nobody. */
async function alone(work: () => Promise<void>): Promise<void> {
  const lock = join(here, '.building')
  await mkdir(here, { recursive: true })
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
