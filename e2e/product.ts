import { execFile, spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createServer, type AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { createInterface } from 'node:readline'
import { promisify } from 'node:util'
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
  const folder = await mkdtemp(join(tmpdir(), 'vitrine-journey-'))
  for (const [path, content] of Object.entries(files)) {
    await mkdir(dirname(join(folder, name, path)), { recursive: true })
    await writeFile(join(folder, name, path), content)
  }
  await mkdir(join(folder, name, 'Empty'), { recursive: true })
  const env = {
    ...process.env,
    NODE_OPTIONS: '',
    VITRINE_DATA: join(folder, 'data'),
    VITRINE_PORT: String(await aFreePort()),
    VITRINE_PUBLIC_PORT: String(await aFreePort()),
  }
  const server = spawn(process.execPath, [command, 'share', join(folder, name), '--local', '--json'], {
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const { url } = await firstObject(server)
  return {
    link: url,
    vitrine: async (...args) => {
      const { stdout } = await promisify(execFile)(process.execPath, [command, ...args], { env })
      const last = stdout.trim().split('\n').at(-1) ?? ''
      return JSON.parse(last.startsWith('{') ? last : '{}') as { id: string; url: string }
    },
    [Symbol.asyncDispose]: async () => {
      if (server.exitCode === null && server.kill('SIGTERM')) await once(server, 'exit')
      await rm(folder, { recursive: true, force: true })
    },
  }
}

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

async function aFreePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1')
  await once(probe, 'listening')
  const { port } = probe.address() as AddressInfo
  probe.close()
  await once(probe, 'close')
  return port
}
