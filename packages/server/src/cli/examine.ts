import { execFile } from 'node:child_process'
import { access, constants, copyFile, mkdir, mkdtemp, rm, statfs, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { readConfig, WrongConfig, type Config } from '../config.ts'
import { readServerFile } from '../data-folder.ts'
import { findNativeBinaries } from '../db/embedded/native-binaries.ts'
import { bytesText } from './quantities.ts'

/** One thing that was looked at. */
export interface Finding {
  /** `good`: as it should be; `note`: works, and something is worth knowing; `wrong`: Vitrine cannot work like that. */
  readonly verdict: 'good' | 'note' | 'wrong'
  readonly about: string
  readonly says: string
}

/** Looks at everything Vitrine depends on. Changes nothing that stays. */
export async function examine(env: Readonly<Record<string, string | undefined>>): Promise<Finding[]> {
  const config = configOf(env)
  if ('verdict' in config) return [node(), config]
  return [
    node(),
    { verdict: 'good', about: 'settings', says: 'every variable can be used' },
    await database(config),
    await dataFolder(config.dataFolder),
    await cloning(config.dataFolder),
    await pictures(),
    await runningServer(config),
  ]
}

function node(): Finding {
  return { verdict: 'good', about: 'node', says: `${process.version} on ${process.platform} ${process.arch}` }
}

function configOf(env: Readonly<Record<string, string | undefined>>): Config | Finding {
  try {
    return readConfig(env)
  } catch (error) {
    if (error instanceof WrongConfig) return { verdict: 'wrong', about: 'settings', says: error.message }
    throw error
  }
}

async function database(config: Config): Promise<Finding> {
  if (config.databaseUrl !== undefined) {
    return { verdict: 'good', about: 'database', says: 'the PostgreSQL that DATABASE_URL names' }
  }
  try {
    const postgres = join(findNativeBinaries(config.pgBin).folder, 'postgres')
    const { stdout } = await promisify(execFile)(postgres, ['--version'])
    return { verdict: 'good', about: 'database', says: `${stdout.trim()}, run by Vitrine` }
  } catch (error) {
    return { verdict: 'wrong', about: 'database', says: error instanceof Error ? error.message : String(error) }
  }
}

async function dataFolder(path: string): Promise<Finding> {
  try {
    await mkdir(path, { recursive: true })
    await access(path, constants.W_OK)
    const { bavail, bsize } = await statfs(path)
    const free = bavail * bsize
    const verdict = free < 1e9 ? 'note' : 'good'
    return { verdict, about: 'data folder', says: `${path}, ${bytesText(free)} free` }
  } catch (error) {
    return {
      verdict: 'wrong',
      about: 'data folder',
      says: `${path}: ${error instanceof Error ? error.message : String(error)}`,
    }
  }
}

/** Whether the file system can take a file over without copying its bytes. */
async function cloning(path: string): Promise<Finding> {
  const folder = await mkdtemp(join(path, 'doctor-')).catch(() => undefined)
  if (folder === undefined)
    return { verdict: 'note', about: 'import', says: 'could not be tried: the data folder is not writable' }
  try {
    await writeFile(join(folder, 'a'), 'a')
    await copyFile(join(folder, 'a'), join(folder, 'b'), constants.COPYFILE_FICLONE_FORCE)
    return { verdict: 'good', about: 'import', says: 'files on the same file system are cloned: no copy, no space' }
  } catch {
    return {
      verdict: 'note',
      about: 'import',
      says: 'files are copied: this file system cannot clone them (Btrfs and XFS can)',
    }
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

async function pictures(): Promise<Finding> {
  try {
    const { default: sharp } = await import('sharp')
    return { verdict: 'good', about: 'previews', says: `sharp ${sharp.versions.sharp}: JPEG, PNG, WebP, GIF, AVIF` }
  } catch (error) {
    return { verdict: 'wrong', about: 'previews', says: error instanceof Error ? error.message : String(error) }
  }
}

async function runningServer(config: Config): Promise<Finding> {
  const server = readServerFile(config.dataFolder)
  if (server === undefined) return { verdict: 'note', about: 'server', says: 'none runs on this data folder' }
  const answer = await fetch(`${server.url}/readyz`).catch(() => undefined)
  if (answer?.ok === true)
    return { verdict: 'good', about: 'server', says: `ready at ${server.url} (process ${server.pid})` }
  return { verdict: 'wrong', about: 'server', says: `process ${server.pid} does not answer at ${server.url}` }
}
