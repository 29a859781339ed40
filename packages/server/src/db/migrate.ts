import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { sql } from 'kysely'
import type { Pool, PoolClient } from 'pg'
import type { Database } from './open.ts'

/** One numbered step of the schema. */
export interface Migration {
  /** 1, 2, 3 … */
  readonly number: number
  /** File name. */
  readonly name: string
  readonly sql: string
}

const folderOfOurs = join(import.meta.dirname, 'migrations')

/**
 * Reads the migrations: files `0001_what-it-does.sql`, numbered without a gap.
 *
 * @throws when a number is missing or given twice
 */
export function readMigrations(folder: string = folderOfOurs): readonly Migration[] {
  const names = readdirSync(folder).filter((name) => name.endsWith('.sql'))
  return names.toSorted().map((name, index) => {
    const number = Number(/^(\d{4})_/.exec(name)?.[1])
    if (number !== index + 1) throw new Error(`${name} should be migration ${index + 1}`)
    return { number, name, sql: readFileSync(join(folder, name), 'utf8') }
  })
}

/** Names a schema by the content of its migrations: 16 hexadecimal digits. */
export function schemaDigest(migrations: readonly Migration[] = readMigrations()): string {
  const hash = createHash('sha256')
  for (const { name, sql } of migrations) hash.update(`${name}\n${sql}\n`)
  return hash.digest('hex').slice(0, 16)
}

/** Names the advisory lock that migrators hold. */
const migrationLock = 7_301_001

/**
 * Brings the schema up to date. Any number of processes may do so at once: one does the work.
 *
 * Each migration is one transaction, and its first statement records its number: what was not recorded
 * did not happen.
 *
 * @returns names of the migrations that were applied now
 * @throws when the database is newer than this program
 */
export async function migrate(pool: Pool, migrations = readMigrations()): Promise<readonly string[]> {
  const client = await pool.connect()
  try {
    await client.query('select pg_advisory_lock($1)', [migrationLock])
    const missing = await missingMigrations(client, migrations)
    for (const migration of missing) await apply(client, migration)
    return missing.map(({ name }) => name)
  } finally {
    // Ends the connection, and with it the lock, whatever state a failure left it in.
    client.release(true)
  }
}

/** How many migrations the database lacks. Reads only: for health checks. */
export async function pendingMigrations(db: Database, migrations = readMigrations()): Promise<number> {
  const there = await sql<{ there: boolean }>`select to_regclass('migrations') is not null as there`.execute(db)
  if (!there.rows[0]?.there) return migrations.length
  const { rows } = await sql<{ applied: number }>`select count(*) as applied from migrations`.execute(db)
  return migrations.length - (rows[0]?.applied ?? 0)
}

async function missingMigrations(client: PoolClient, migrations: readonly Migration[]): Promise<Migration[]> {
  await client.query(
    'create table if not exists migrations (number integer primary key, name text not null, applied_at timestamptz not null default now())',
  )
  const { rows } = await client.query<{ number: number }>('select number from migrations order by number')
  const applied = new Set(rows.map(({ number }) => number))
  const newest = rows.at(-1)?.number ?? 0
  if (newest > migrations.length) {
    throw new Error(
      `the database is at migration ${newest}, but this version of Vitrine knows only ${migrations.length}: start a newer version`,
    )
  }
  return migrations.filter(({ number }) => !applied.has(number))
}

async function apply(client: PoolClient, migration: Migration): Promise<void> {
  await client.query('begin')
  try {
    await client.query('insert into migrations (number, name) values ($1, $2)', [migration.number, migration.name])
    await client.query(migration.sql)
    await client.query('commit')
  } catch (error) {
    throw new Error(`migration ${migration.name} failed: ${(error as Error).message}`, { cause: error })
  }
}
