import { join, resolve } from 'node:path'
import {
  anyText,
  databaseAddress,
  duration,
  integer,
  oneOf,
  port,
  size,
  trustedProxies,
  webAddress,
  WrongSetting,
  yesOrNo,
  type Parser,
} from './parse-setting.ts'
import { Secret } from './secret.ts'

/** Folder of the root package.json. */
const rootFolder = join(import.meta.dirname, '../../..')

/** One variable of the environment. */
interface Variable<Value> {
  readonly name: string
  readonly parse: Parser<Value>
  /** As it would be written in the environment; undefined where the variable has none. */
  readonly default?: string
}

function variable<Value>(name: string, parse: Parser<Value>): Variable<Value | undefined>
function variable<Value>(name: string, parse: Parser<Value>, standard: string): Variable<Value>
function variable<Value>(name: string, parse: Parser<Value>, standard?: string): Variable<Value | undefined> {
  return { name, parse, ...(standard === undefined ? {} : { default: standard }) }
}

const secret: Parser<Secret> = (text) => new Secret(text)
const secretDatabaseAddress: Parser<Secret> = (text) => new Secret(databaseAddress(text))
const folder: Parser<string> = (text) => resolve(rootFolder, text)

/** Every variable that Vitrine reads. `.env.example` says what each means. */
const variables = {
  /** The folder that holds all state: database, blobs, keys. Absolute. */
  dataFolder: variable('VITRINE_DATA', folder, 'data'),
  /** Address that the main listener binds to. */
  host: variable('VITRINE_HOST', anyText, '127.0.0.1'),
  /** Port of the main listener; 0: any free one. */
  port: variable('VITRINE_PORT', port, '4502'),
  /** Address that the public listener binds to. */
  publicHost: variable('VITRINE_PUBLIC_HOST', anyText, '127.0.0.1'),
  /** Port of the public listener, which answers on the three doors alone; undefined: there is none. */
  publicPort: variable('VITRINE_PUBLIC_PORT', port),
  /** What links are made with, without a slash at its end; undefined: the address that is listened on. */
  publicUrl: variable('VITRINE_PUBLIC_URL', webAddress),
  /** Which proxies are believed about the client's address. */
  trustProxy: variable('VITRINE_TRUST_PROXY', trustedProxies, 'false'),
  /** A PostgreSQL of yours; undefined: Vitrine runs its own. */
  databaseUrl: variable('DATABASE_URL', secretDatabaseAddress),
  /** Connections to the database at most, of this process. */
  databaseConnections: variable('VITRINE_DATABASE_CONNECTIONS', integer(4, 1000), '12'),
  /** Folder of another PostgreSQL's programs for the embedded database. */
  pgBin: variable('VITRINE_PG_BIN', folder),
  /** Password that `admin` gets when it is made. */
  adminPassword: variable('VITRINE_ADMIN_PASSWORD', secret),
  /** What is logged. */
  logLevel: variable('VITRINE_LOG_LEVEL', oneOf('silent', 'fatal', 'error', 'warn', 'info', 'debug', 'trace'), 'info'),
  /** How long running transfers may go on after a stop was asked for, in ms. */
  stopGrace: variable('VITRINE_STOP_GRACE', duration, '30s'),
  /** Lifetime of a share link for which none was chosen, in ms. */
  defaultExpiry: variable('VITRINE_DEFAULT_EXPIRY', duration, '1d'),
  /** Longest lifetime that a share link may be given, in ms. */
  longestExpiry: variable('VITRINE_LONGEST_EXPIRY', duration, '365d'),
  /** Whether a share link may be made without an expiry. */
  allowNeverExpiring: variable('VITRINE_ALLOW_NEVER_EXPIRING', yesOrNo, 'false'),
  /** Most bytes of one part of a download, the archive's own records counted. */
  partSize: variable('VITRINE_PART_SIZE', size, '100GB'),
  /** Most bytes of one download; undefined: no limit. */
  downloadLimit: variable('VITRINE_DOWNLOAD_LIMIT', size),
  /** Whom a visitor may ask when a limit stands in the way: free text, shown as it is. */
  downloadContact: variable('VITRINE_CONTACT', anyText),
  /** How long a queued download is kept, in ms. */
  downloadRetention: variable('VITRINE_DOWNLOAD_RETENTION', duration, '7d'),
  /** How long after its link's expiry a download queued before may still be finished, in ms. */
  downloadGrace: variable('VITRINE_DOWNLOAD_GRACE', duration, '24h'),
  /** Most unfinished uploads of one person. */
  unfinishedUploads: variable('VITRINE_UNFINISHED_UPLOADS', integer(1, 10_000), '200'),
  /** How long an unfinished upload is kept after its last bytes came, in ms. */
  uploadRetention: variable('VITRINE_UPLOAD_RETENTION', duration, '7d'),
  /** Background jobs that run at the same time. */
  jobs: variable('VITRINE_JOBS', integer(1, 64), '2'),
  /** For the command line: the server to talk to; undefined: the one that runs on the data folder. */
  cliUrl: variable('VITRINE_URL', webAddress),
  /** For the command line: who signs in at `VITRINE_URL`. */
  cliUser: variable('VITRINE_USER', anyText),
  /** For the command line: that person's password or app password. */
  cliPassword: variable('VITRINE_PASSWORD', secret),
} as const

type Variables = typeof variables

/** How this process is set up. Read once; never changes. */
export type Config = {
  readonly [Name in keyof Variables]: Variables[Name] extends Variable<infer Value> ? Value : never
}

/** Names of all variables and their defaults. */
export const knownVariables: ReadonlyMap<string, string | undefined> = new Map(
  Object.values<Variable<unknown>>(variables).map((one) => [one.name, one.default]),
)

/** Variables that cannot be used, all of them. The message has a line for each. */
export class WrongConfig extends Error {
  constructor(mistakes: readonly string[]) {
    super(`The configuration has ${mistakes.length === 1 ? 'a mistake' : 'mistakes'}:\n${mistakes.join('\n')}`)
  }
}

/**
 * Reads the configuration.
 *
 * @param environment usually `process.env`
 * @throws {WrongConfig} with every mistake; values are not repeated, they may be secret
 */
export function readConfig(environment: Readonly<Record<string, string | undefined>>): Config {
  const mistakes: string[] = unknownNames(environment)
  const read = Object.entries<Variable<unknown>>(variables).map(([name, one]) => [
    name,
    readOne(one, environment, mistakes),
  ])
  const config = Object.fromEntries(read) as Config
  mistakes.push(...contradictions(config))
  if (mistakes.length > 0) throw new WrongConfig(mistakes)
  return Object.freeze(config)
}

function readOne(
  one: Variable<unknown>,
  environment: Readonly<Record<string, string | undefined>>,
  mistakes: string[],
): unknown {
  // A variable that is set to nothing is not set: that is how compose files leave one out.
  const text = environment[one.name]?.trim() || one.default
  if (text === undefined) return undefined
  try {
    return one.parse(text)
  } catch (error) {
    if (!(error instanceof WrongSetting)) throw error
    mistakes.push(`  ${one.name}: expected ${error.message}`)
    return undefined
  }
}

/** A misspelt name would silently do nothing. */
function unknownNames(environment: Readonly<Record<string, string | undefined>>): string[] {
  return Object.keys(environment)
    .filter((name) => name.startsWith('VITRINE_') && !knownVariables.has(name))
    .map((name) => `  ${name}: there is no such variable; .env.example lists them`)
}

function contradictions(config: Config): string[] {
  const mistakes: string[] = []
  if (config.defaultExpiry > config.longestExpiry) {
    mistakes.push('  VITRINE_DEFAULT_EXPIRY: expected at most VITRINE_LONGEST_EXPIRY')
  }
  if (config.publicPort !== undefined && config.publicPort !== 0 && config.publicPort === config.port) {
    mistakes.push('  VITRINE_PUBLIC_PORT: expected another port than VITRINE_PORT')
  }
  return mistakes
}
