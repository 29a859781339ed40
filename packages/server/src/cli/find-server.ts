import { createServer } from 'node:net'
import { readConfig, type Config } from '../config.ts'
import { readServerFile } from '../data-folder.ts'
import { CliFailure } from './cli-failure.ts'
import type { CommandRun } from './command.ts'
import { tellStart } from './commands/start.ts'
import { ownAddresses, reachText } from './reach.ts'
import { serverClient, type ServerClient } from './server-client.ts'
import { untilAborted } from './until-aborted.ts'

/** A way to a server for one command. */
export interface Connection {
  readonly client: ServerClient
  /** Whether this command started the server, which ends with it. */
  readonly started: boolean
  /** Who can open a link, when this command opened the public listener. */
  readonly reach: string | undefined
  /** Settled when the person asked the command to end. */
  readonly untilStopped: Promise<void>
  /** Stops what was started. */
  close(): Promise<void>
}

/** What a command wants of a server. */
export interface ConnectOptions {
  /** `share`: when none runs, start one that strangers can reach. `ask`: when none runs, start one for this call. */
  readonly purpose: 'share' | 'ask'
  /** Keeps the public listener of a started server on the loopback address. */
  readonly loopbackOnly?: boolean
}

/**
 * Runs a command's work with a server, and lets go of that when it is done or has failed.
 *
 * @throws {CliFailure} when a server was named that cannot be asked
 */
export async function withServer<Result>(
  run: CommandRun,
  options: ConnectOptions,
  work: (connection: Connection) => Promise<Result>,
): Promise<Result> {
  const connection = await connect(run, options)
  try {
    return await work(connection)
  } finally {
    await connection.close()
  }
}

/** Finds a server: the one of `VITRINE_URL`, else the live one of the data folder, else it starts one. */
async function connect(run: CommandRun, options: ConnectOptions): Promise<Connection> {
  const config = readConfig(run.env)
  const client = remoteClient(config) ?? (await localClient(config))
  if (client === undefined) return startForCommand(run, config, options)
  return { client, started: false, reach: undefined, untilStopped: untilAborted(run.signal), close: async () => {} }
}

function remoteClient(config: Config): ServerClient | undefined {
  if (config.cliUrl === undefined) return undefined
  if (config.cliUser === undefined || config.cliPassword === undefined) {
    throw new CliFailure('VITRINE_URL is set: set VITRINE_USER and VITRINE_PASSWORD as well.')
  }
  const { cliUser, cliPassword } = config
  return serverClient(config.cliUrl, { kind: 'password', user: cliUser, password: cliPassword.reveal() })
}

/** A process id can be another process's by now: only who answers on the address is the server. */
async function localClient(config: Config): Promise<ServerClient | undefined> {
  const server = readServerFile(config.dataFolder)
  if (server === undefined) return undefined
  const answer = await fetch(`${server.url}/healthz`).catch(() => undefined)
  return answer?.ok === true ? serverClient(server.url, { kind: 'local-token', token: server.token }) : undefined
}

async function startForCommand(run: CommandRun, config: Config, options: ConnectOptions): Promise<Connection> {
  const shown = options.purpose === 'share' ? await openToOthers(run, config, options) : quiet(config)
  // Loaded only here: a command that talks to a running server needs none of it.
  const [{ createLog }, { startServer }] = await Promise.all([
    import('../log/create-log.ts'),
    import('../start-server.ts'),
  ])
  // Its warnings would drown the link; failures of commands come as answers.
  const log = createLog({ logLevel: run.env['VITRINE_LOG_LEVEL'] === undefined ? 'error' : config.logLevel })
  const server = await startServer(shown, { log })
  tellStart(server, run.terminal)
  return {
    client: serverClient(server.url, { kind: 'local-token', token: server.parts.localToken.reveal() }),
    started: true,
    reach: shown.publicUrl === undefined ? undefined : reachText(shown.publicHost, shown.publicUrl),
    untilStopped: untilAborted(run.signal),
    close: () => server.stop(run.now),
  }
}

/** A server for one call: any free port, no public listener. */
function quiet(config: Config): Config {
  return { ...config, port: 0, publicPort: undefined }
}

async function openToOthers(
  run: CommandRun,
  config: Config,
  { loopbackOnly = false }: ConnectOptions,
): Promise<Config> {
  const publicHost = loopbackOnly ? '127.0.0.1' : (run.env['VITRINE_PUBLIC_HOST'] ?? '0.0.0.0')
  // The link is made with it, so that it must be known before anything listens.
  const publicPort = config.publicPort || (await freePort(publicHost, config.publicPort ?? 4503))
  const port = run.env['VITRINE_PORT'] === undefined ? await freePort(config.host, config.port) : config.port
  const address = loopbackOnly || publicHost === '127.0.0.1' ? '127.0.0.1' : (ownAddresses()[0] ?? '127.0.0.1')
  return { ...config, port, publicHost, publicPort, publicUrl: config.publicUrl ?? `http://${address}:${publicPort}` }
}

/** The wanted port, or the next free one: sharing must not fail because something else has it. 0: any. */
async function freePort(host: string, wanted: number): Promise<number> {
  for (let port = wanted; port < wanted + 20; port++) {
    const bound = await tryPort(host, port)
    if (bound !== undefined) return bound
  }
  throw new CliFailure(
    `The ports ${wanted} to ${wanted + 19} are all in use: set VITRINE_PUBLIC_PORT and VITRINE_PORT.`,
  )
}

/** The port, when nothing else has it. */
function tryPort(host: string, port: number): Promise<number | undefined> {
  const { promise, resolve } = Promise.withResolvers<number | undefined>()
  const server = createServer()
  server.once('error', () => resolve(undefined))
  server.listen({ host, port }, () => {
    const address = server.address()
    server.close(() => resolve(typeof address === 'object' && address !== null ? address.port : port))
  })
  return promise
}
