import { randomBytes } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { readConfig } from '@vitrine/server/config'
import { openDatabase } from '@vitrine/server/db/open'
import { createLog } from '@vitrine/server/log/create-log'
import { startServer, type RunningServer } from '@vitrine/server/start-server'
import { inject } from 'vitest'
import { callerOf, sendTo, withCookies, withHeaders, type Caller, type Send } from './caller.ts'
import { peopleWords, type PeopleWords } from './people.ts'
import { dumpAsText, Secrets } from './secrets.ts'
import { makeTestDatabase } from './test-database.ts'

declare module 'vitest' {
  interface ProvidedContext {
    /** Where the tests of this run make their databases. */
    testDatabaseServer: { readonly adminUrl: string; readonly template: string }
  }
}

/** How a test's server differs from the usual one. */
export interface ServerWishes {
  /** Variables of the environment beyond those that a test needs, as in `.env.example`. */
  readonly environment?: Readonly<Record<string, string>>
}

/** A real server on a folder and a database of its own. Ends with `await using`, or with `stop()`. */
export interface TestServer extends AsyncDisposable, PeopleWords {
  /** Address of the main listener. */
  readonly url: string
  /** Address of the public listener. */
  readonly publicUrl: string
  /** What the server is made of: to look where no request can, not to go around it. */
  readonly parts: RunningServer['parts']
  /** Its data folder. */
  readonly folder: string
  /** Lets time pass, in ms. Nobody waits. */
  wait(ms: number): void
  /** The server's time, in ms since the Unix epoch. */
  now(): number
  /** Somebody signed in. The user is made at the first request; `admin` is there from the beginning. */
  as(user: string): Caller
  /** Somebody who is not signed in, on the main listener, without cookies. */
  readonly anonymous: Caller
  /** The same on the public listener. */
  readonly public: Caller
  /** A new visitor with a browser's memory for cookies. */
  aVisitor(listener?: 'main' | 'public'): Caller
  /** Lines of the log so far. */
  readonly log: readonly string[]
  /** What was handed out; add what else must never be logged or stored. */
  readonly secrets: Secrets
  /** Secrets of this test that stand in the log or in the database. Should be empty. */
  leaks(): Promise<{ log: string[]; database: string[] }>
  /** Ends the server and removes its folder and database. */
  stop(): Promise<void>
}

/** Starts a server for a test. */
export async function aServer(wishes: ServerWishes = {}): Promise<TestServer> {
  const folder = await mkdtemp(join(tmpdir(), 'vitrine-server-'))
  const database = await makeTestDatabase(inject('testDatabaseServer'))
  const secrets = new Secrets()
  const clock = aClock()
  const log: string[] = []
  const adminPassword = aPassword(secrets)
  const config = readConfig({
    VITRINE_DATA: folder,
    DATABASE_URL: database.url,
    VITRINE_DATABASE_CONNECTIONS: '6',
    VITRINE_PORT: '0',
    VITRINE_PUBLIC_PORT: '0',
    VITRINE_LOG_LEVEL: 'debug',
    VITRINE_STOP_GRACE: '1s',
    VITRINE_ADMIN_PASSWORD: adminPassword,
    ...wishes.environment,
  })
  const stream = { write: (line: string) => void log.push(line) }
  const cleanUp = async () => {
    await database.drop()
    await rm(folder, { recursive: true, force: true })
  }
  const running = await startServer(config, { log: createLog(config, stream), clock: clock.now }).catch(
    async (error: unknown) => {
      await cleanUp()
      throw error
    },
  )
  secrets.add(running.parts.localToken.reveal())
  const stop = async () => {
    await running.stop()
    await cleanUp()
  }
  const callers = callersOf(running, secrets)
  return {
    url: running.url,
    publicUrl: running.publicUrl ?? '',
    parts: running.parts,
    folder,
    wait: clock.wait,
    now: clock.now,
    ...callers,
    ...peopleWords(callers.as),
    log,
    secrets,
    leaks: async () => ({
      log: secrets.foundIn(log.join('')),
      database: secrets.foundIn(await dump(database.url)),
    }),
    stop,
    [Symbol.asyncDispose]: stop,
  }
}

/** Who may call a server. */
function callersOf(
  running: RunningServer,
  secrets: Secrets,
): Pick<TestServer, 'as' | 'anonymous' | 'public' | 'aVisitor'> {
  const main = sendTo(running.url, (answer) => secrets.hear(answer))
  const open = sendTo(running.publicUrl ?? running.url, (answer) => secrets.hear(answer))
  const token = running.parts.localToken.reveal()
  const admin = withHeaders(main, async () => ({ authorization: `Bearer ${token}` }))
  const people = new Map<string, Caller>([['admin', callerOf(admin)]])
  return {
    anonymous: callerOf(main),
    public: callerOf(open),
    aVisitor: (listener = 'public') => callerOf(withCookies(listener === 'public' ? open : main)),
    as(user) {
      const known = people.get(user) ?? callerOf(signedIn(user, main, admin, secrets))
      people.set(user, known)
      return known
    },
  }
}

/** Somebody who signs in with a password, made by the admin at the first request. */
function signedIn(user: string, main: Send, admin: Send, secrets: Secrets): Send {
  const password = aPassword(secrets)
  const basic = Buffer.from(`${user}:${password}`).toString('base64')
  secrets.add(basic)
  let made: Promise<void> | undefined
  const make = async () => {
    const answer = await admin('POST', '/api/v1/users', { body: { name: user, password } })
    if (answer.status !== 201) throw new Error(`${user} could not be made: ${answer.status} ${answer.text}`)
  }
  return withHeaders(main, async () => {
    made ??= make()
    await made
    return { authorization: `Basic ${basic}` }
  })
}

function aPassword(secrets: Secrets): string {
  const password = randomBytes(15).toString('base64url')
  secrets.add(password)
  return password
}

/** The real time, and what was added to it. */
function aClock() {
  let passed = 0
  return {
    now: () => Date.now() + passed,
    wait: (ms: number) => void (passed += ms),
  }
}

async function dump(url: string): Promise<string> {
  const { pool, close } = openDatabase({ url, connections: 1 })
  try {
    return await dumpAsText(pool)
  } finally {
    await close()
  }
}
