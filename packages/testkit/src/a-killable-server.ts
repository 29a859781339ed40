import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { inject } from 'vitest'
import { aFreePort } from './a-free-port.ts'
import { type Caller, callerOf, sendTo, withHeaders } from './caller.ts'
import { makeTestDatabase } from './test-database.ts'

/** A server in a process of its own, on one folder, database and port, that can be killed and started again. */
export interface KillableServer {
  /** Address of the main listener: the same after each start. */
  readonly url: string
  /** Its data folder. */
  readonly folder: string
  /** `postgresql://…` of its database. */
  readonly databaseUrl: string
  start(): Promise<void>
  /** Ends it with SIGKILL: nothing is written any more, nothing is tidied up. */
  kill(): Promise<void>
  /** `admin`, with the token of the present start. */
  readonly admin: Caller
  readonly anyone: Caller
  /** What `admin` sends to sign in. */
  readonly authorization: string
  /** Kills it, and removes its folder and database. */
  remove(): Promise<void>
}

/** Makes a server that can be killed, and starts it. */
export async function aKillableServer(environment: Readonly<Record<string, string>> = {}): Promise<KillableServer> {
  const folder = await mkdtemp(join(tmpdir(), 'vitrine-killable-'))
  const database = await makeTestDatabase(inject('testDatabaseServer'))
  const port = await aFreePort()
  const given = {
    VITRINE_DATA: folder,
    DATABASE_URL: database.url,
    VITRINE_PORT: String(port),
    VITRINE_LOG_LEVEL: 'fatal',
    ...environment,
  }
  const server = new SpawnedServer(port, given, async () => {
    await database.drop()
    await rm(folder, { recursive: true, force: true })
  })
  await server.start()
  return server
}

interface Environment extends Readonly<Record<string, string>> {
  readonly VITRINE_DATA: string
  readonly DATABASE_URL: string
}

class SpawnedServer implements KillableServer {
  readonly url: string
  readonly folder: string
  readonly databaseUrl: string
  readonly #environment: Readonly<Record<string, string>>
  readonly #cleanUp: () => Promise<void>
  #process: ChildProcess | undefined
  #token = ''

  constructor(port: number, environment: Environment, cleanUp: () => Promise<void>) {
    this.url = `http://127.0.0.1:${port}`
    this.folder = environment.VITRINE_DATA
    this.databaseUrl = environment.DATABASE_URL
    this.#environment = environment
    this.#cleanUp = cleanUp
  }

  async start(): Promise<void> {
    const script = join(import.meta.dirname, 'serve.fixture.ts')
    const { PATH = '' } = process.env
    const server = spawn(process.execPath, [script], {
      stdio: ['ignore', 'pipe', 'inherit'],
      env: { PATH, ...this.#environment },
    })
    this.#process = server
    const ended = once(server, 'exit').then(() => Promise.reject(new Error('the server ended')))
    ended.catch(() => undefined)
    const [line] = (await Promise.race([once(server.stdout, 'data'), ended])) as [Buffer]
    this.#token = (JSON.parse(line.toString()) as { token: string }).token
  }

  async kill(): Promise<void> {
    if (!this.#process || this.#process.exitCode !== null || this.#process.signalCode !== null) return
    const gone = once(this.#process, 'exit')
    this.#process.kill('SIGKILL')
    await gone
  }

  get authorization(): string {
    return `Bearer ${this.#token}`
  }

  get admin(): Caller {
    const { authorization } = this
    return callerOf(withHeaders(sendTo(this.url, silently), async () => ({ authorization })))
  }

  get anyone(): Caller {
    return callerOf(sendTo(this.url, silently))
  }

  async remove(): Promise<void> {
    await this.kill()
    await this.#cleanUp()
  }
}

function silently(): void {}
