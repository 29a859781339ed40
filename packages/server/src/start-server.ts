import { join } from 'node:path'
import type { FastifyInstance } from 'fastify'
import { createApp } from './app.ts'
import type { Config } from './config.ts'
import { openDataFolder, type DataFolder } from './data-folder.ts'
import { ensureDatabase, startEmbedded } from './db/embedded/supervise.ts'
import { stopGracefully } from './http/graceful-stop.ts'
import type { Log } from './log/create-log.ts'
import { makeParts } from './make-parts.ts'
import type { Parts } from './parts.ts'
import { ensureFirstPeople } from './people/ensure-first-people.ts'
import type { Secret } from './secret.ts'

/** What a server needs beside its configuration. */
export interface ServerOptions {
  readonly log: Log
  /** Now, in ms since the Unix epoch. */
  readonly clock?: () => number
}

/** What ends the things that were started, in the order in which they were started. */
type Undo = ((now?: AbortSignal) => Promise<void> | void)[]

/** A server that answers. */
export interface RunningServer {
  readonly parts: Parts
  /** Address of the main listener, as one reaches it from this machine: no slash at its end. */
  readonly url: string
  /** Address of the public listener, or undefined. */
  readonly publicUrl: string | undefined
  /** The password that was made up for `admin` at the first start: the only time that it can be told. */
  readonly firstPassword: Secret | undefined
  /**
   * Stops: no new connection, running transfers may go on for the grace of the configuration.
   *
   * @param now ends the grace at once when aborted
   */
  stop(now?: AbortSignal): Promise<void>
}

/**
 * Starts a server on its data folder: database, migrations, parts, listeners, in that order.
 *
 * @throws {VitrineError} `server/already-running` when another process has the data folder
 */
export async function startServer(config: Config, options: ServerOptions): Promise<RunningServer> {
  // What was started is ended in the opposite order, also when a later step fails.
  const undo: Undo = []
  const stopping = new AbortController()
  const stop = async (now?: AbortSignal) => {
    stopping.abort()
    for (let step = undo.pop(); step; step = undo.pop()) await step(now)
  }
  try {
    const folder = openDataFolder(config.dataFolder)
    undo.push(() => folder.release())
    const url = await databaseUrl(config, options.log, undo)
    const parts = await makeParts(config, { ...options, databaseUrl: url, stopping: stopping.signal }, undo)
    const { firstPassword } = await ensureFirstPeople(parts)
    return { ...(await listen(parts, folder, undo)), parts, firstPassword, stop }
  } catch (error) {
    await stop().catch((failure: unknown) => options.log.error({ err: failure }, 'the start could not be undone'))
    throw error
  }
}

/** The address of the database: the configured one, or that of our own PostgreSQL, started for it. */
async function databaseUrl(config: Config, log: Log, undo: Undo): Promise<string> {
  if (config.databaseUrl) return config.databaseUrl.reveal()
  const embedded = await startEmbedded({
    cluster: join(config.dataFolder, 'postgres'),
    pgBin: config.pgBin,
    report: (event, { error, ...facts }) => (error ? log.error({ err: error }, event) : log.info(facts, event)),
  })
  undo.push(() => embedded.stop())
  await ensureDatabase(embedded, 'vitrine')
  return embedded.urlOf('vitrine')
}

async function listen(parts: Parts, folder: DataFolder, undo: Undo) {
  const { config } = parts
  const main = await createApp(parts, 'main')
  const open = config.publicPort === undefined ? undefined : await createApp(parts, 'public')
  const apps = open ? [main, open] : [main]
  undo.push(async (now) => {
    await Promise.all(apps.map((app) => stopGracefully(app, config.stopGrace, now)))
  })
  const url = await bind(main, config.host, config.port)
  const publicUrl = open && (await bind(open, config.publicHost, config.publicPort ?? 0))
  parts.listeners.opened('main', url)
  if (publicUrl !== undefined) parts.listeners.opened('public', publicUrl)
  const token = parts.localToken.reveal()
  folder.announce({ pid: process.pid, url, token, ...(publicUrl === undefined ? {} : { publicUrl }) })
  return { url, publicUrl }
}

async function bind(app: FastifyInstance, host: string, port: number): Promise<string> {
  await app.listen({ host, port })
  const address = app.server.address()
  const bound = typeof address === 'object' && address ? address.port : port
  return `http://${reachable(host)}:${bound}`
}

/** An address that means "all interfaces" cannot be called; this machine can. */
function reachable(host: string): string {
  if (host === '0.0.0.0' || host === '::') return '127.0.0.1'
  return host.includes(':') ? `[${host}]` : host
}
