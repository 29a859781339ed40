import { execFile, spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { createInterface } from 'node:readline'
import { promisify } from 'node:util'
import { aFreePort } from '@vitrine/testkit/a-free-port'
import { aPicture } from './a-picture.ts'

const command = join(import.meta.dirname, '../packages/server/bin/vitrine.mjs')

/** The built product, started as a user starts it, with a folder shared. */
export interface Product extends AsyncDisposable {
  /** The link to the folder. */
  readonly link: string
  /** Runs another `vitrine` command beside it. @returns the object in its last line, if there is one */
  vitrine(...args: string[]): Promise<{ readonly id: string; readonly url: string }>
}

/** Shares a folder that holds these files. */
export async function shareFolder(name: string, files: Readonly<Record<string, Buffer>>): Promise<Product> {
  const place = await aPlace(name, files)
  await mkdir(join(place.source, 'Empty'), { recursive: true })
  const server = place.spawnVitrine('share', place.source, '--local', '--json')
  const { url } = await firstObject(server)
  return {
    link: url,
    vitrine: place.vitrine,
    [Symbol.asyncDispose]: async () => {
      await endServer(server)
      await place.remove()
    },
  }
}

/** The built product, started as a user starts it, with a folder imported. */
export interface House extends AsyncDisposable {
  /** Address of the application, without a slash at its end. */
  readonly url: string
  /** What the first start has printed: the password of `admin`, unless the environment gave one. */
  readonly firstPassword: string | undefined
  /** Runs another `vitrine` command beside it. @returns the object in its last line, if there is one */
  vitrine(...args: string[]): Promise<Record<string, unknown>>
  /** Ends the server and starts it again on the same data and the same port. */
  restart(meanwhile: () => Promise<void>): Promise<void>
}

/** Starts the server on a new data folder. @param environment beyond what it needs */
export async function openHouse(
  files: Readonly<Record<string, Buffer>>,
  environment: Readonly<Record<string, string>> = {},
): Promise<House> {
  const place = await aPlace('Autumn campaign', files, environment)
  let server = place.spawnVitrine('start')
  const firstPassword = await startOf(server, 'VITRINE_ADMIN_PASSWORD' in environment ? address : password)
  await place.vitrine('import', place.source, '--json')
  return {
    url: place.url,
    firstPassword,
    vitrine: place.vitrine,
    restart: async (meanwhile) => {
      await endServer(server)
      await meanwhile()
      server = place.spawnVitrine('start')
      await startOf(server, address)
    },
    [Symbol.asyncDispose]: async () => {
      await endServer(server)
      await place.remove()
    },
  }
}

/** A folder with files and room for data, and how `vitrine` is run on it. */
async function aPlace(
  name: string,
  files: Readonly<Record<string, Buffer>>,
  environment: Readonly<Record<string, string>> = {},
) {
  const folder = await mkdtemp(join(tmpdir(), 'vitrine-journey-'))
  const source = join(folder, name)
  for (const [path, content] of Object.entries(files)) {
    await mkdir(dirname(join(source, path)), { recursive: true })
    await writeFile(join(source, path), content)
  }
  const port = String(await aFreePort())
  const env = {
    ...process.env,
    NODE_OPTIONS: '',
    VITRINE_DATA: join(folder, 'data'),
    VITRINE_PORT: port,
    VITRINE_PUBLIC_PORT: String(await aFreePort()),
    ...environment,
  }
  return {
    source,
    url: `http://127.0.0.1:${port}`,
    spawnVitrine: (...args: string[]) =>
      spawn(process.execPath, [command, ...args], { env, stdio: ['ignore', 'pipe', 'pipe'] }),
    vitrine: async <Told = { id: string; url: string }>(...args: string[]) => {
      const { stdout } = await promisify(execFile)(process.execPath, [command, ...args], { env })
      const last = stdout.trim().split('\n').at(-1) ?? ''
      return JSON.parse(last.startsWith('{') ? last : '{}') as Told
    },
    remove: () => rm(folder, { recursive: true, force: true }),
  }
}

async function endServer(server: ChildProcess): Promise<void> {
  if (server.exitCode === null && server.kill('SIGTERM')) await once(server, 'exit')
}

/** Waits until the server has said where it answers, or with which password. */
function startOf(server: ChildProcess, awaited: RegExp): Promise<string | undefined> {
  return new Promise((resolve, reject) => {
    let said = ''
    server.stderr?.on('data', (chunk: Buffer) => {
      said += chunk.toString()
      const found = awaited.exec(said)
      if (found !== null) resolve(found[1])
    })
    server.once('exit', () => reject(new Error(`vitrine start ended early:\n${said}`)))
  })
}

const address = /Links are answered at \S+\n/
const password = /made with the password (\S+)/

/** What journeys look at: pictures in two sizes, folders, a text, and names that are not plain. */
export function aCampaign(): Record<string, Buffer> {
  const files: Record<string, Buffer> = {
    'Brief.txt': Buffer.from('What this is about.\n'),
    'Plakat Größe A2.png': aPicture(700, 990, 20),
    'Print/Cover.png': aPicture(400, 500, 200),
    'Print/Inside/Spread.png': aPicture(800, 400, 240),
  }
  for (let n = 1; n <= 24; n++) {
    files[`Motif ${String(n).padStart(2, '0')}.png`] = aPicture(1500 - n * 10, 1000, n * 15)
  }
  return files
}

async function firstObject(server: ChildProcess): Promise<{ url: string }> {
  let said = ''
  server.stderr?.on('data', (chunk: Buffer) => (said += chunk.toString()))
  if (server.stdout !== null) {
    for await (const line of createInterface({ input: server.stdout })) {
      if (line.startsWith('{')) return JSON.parse(line) as { url: string }
    }
  }
  throw new Error(`vitrine share ended without a link:\n${said}`)
}
