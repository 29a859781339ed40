import { Kysely, PostgresDialect, type Transaction as KyselyTransaction } from 'kysely'
import { types, type Pool } from 'pg'

export type { Pool } from 'pg'
import { LeanClient } from './lean-client.ts'
import type { Tables } from './tables.ts'
import { PatientPool } from './patient-pool.ts'

/** The database, outside a transaction. */
export type Database = Kysely<Tables>
/** One transaction of it, as `inTransaction` hands it out. */
export type Transaction = KyselyTransaction<Tables>

/** How to open a database. */
export interface OpenOptions {
  /** `postgresql://…` */
  readonly url: string
  /** Connections at most. */
  readonly connections?: number
  /** Told when an idle connection breaks. That is no failure of anyone's: the next query opens another. */
  readonly onConnectionLost?: (error: Error) => void
}

/** A database and its way out. */
export interface OpenDatabase {
  readonly db: Database
  /** The same connections, for libraries that speak to `pg` themselves. */
  readonly pool: Pool
  /** Closes every connection, when its query has ended. */
  readonly close: () => Promise<void>
}

/**
 * Opens the database. Connects when the first query needs it.
 *
 * `bigint` comes as a number (every count and size of ours is below 2^53; a larger one throws),
 * `timestamptz` as a `Date`, `bytea` as a `Buffer`, `numeric` as a string.
 */
export function openDatabase(options: OpenOptions): OpenDatabase {
  const pool = new PatientPool({
    connectionString: options.url,
    max: options.connections ?? 12,
    keepAlive: true,
    idleTimeoutMillis: 60_000,
    application_name: 'vitrine',
    types: { getTypeParser: typeParser },
    Client: LeanClient,
  })
  // Without a listener, a PostgreSQL that goes away would end the process.
  pool.on('error', (error) => {
    if (!pool.ending) options.onConnectionLost?.(error)
  })
  // The pool listens to idle connections only. One that breaks while it is in use fails its query, which is
  // enough; without a listener of its own it would end the process as well.
  pool.on('connect', (client) => client.on('error', () => {}))
  const db = new Kysely<Tables>({ dialect: new PostgresDialect({ pool }) })
  return { db, pool, close: () => closeAll(db, pool) }
}

/** Kysely ends the pool only when it has used it. */
async function closeAll(db: Database, pool: Pool): Promise<void> {
  await db.destroy()
  if (!pool.ending) await pool.end()
}

type TypeId = Parameters<typeof types.getTypeParser>[0]

const typeParser: typeof types.getTypeParser = (type: TypeId, format?: 'text' | 'binary') =>
  type === types.builtins.INT8 && format !== 'binary' ? safeInteger : types.getTypeParser(type, format)

function safeInteger(digits: string): number {
  const value = Number(digits)
  if (!Number.isSafeInteger(value)) throw new RangeError(`${digits} is too large for a number`)
  return value
}
