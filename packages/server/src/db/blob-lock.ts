import { sql } from 'kysely'
import type { Database } from './open.ts'

/** Names the advisory lock of the blobs among all advisory locks of the database. */
const blobLock = 7_301_003

/**
 * Runs what places blobs and commits the rows that name them, while garbage collection waits.
 *
 * The lock belongs to one connection of the database, which `work` gets: its transaction must run on that one
 * (`inTransaction(connection, …)`). So they share their fate: where the connection breaks, the lock is gone, and
 * nothing is committed either. And whoever holds the lock needs no second connection of the pool.
 */
export function withBlobsShared<Result>(
  db: Database,
  work: (connection: Database) => Promise<Result>,
): Promise<Result> {
  return db.connection().execute(async (connection) => {
    await sql`select pg_advisory_lock_shared(${blobLock})`.execute(connection)
    try {
      return await work(connection)
    } finally {
      await unlock(connection, sql`select pg_advisory_unlock_shared(${blobLock})`)
    }
  })
}

/** Runs what removes blobs, while nobody places any. Keep it short: whoever wants to store something waits. */
export function withBlobsExclusive<Result>(
  db: Database,
  work: (connection: Database) => Promise<Result>,
): Promise<Result> {
  return db.connection().execute(async (connection) => {
    await sql`select pg_advisory_lock(${blobLock})`.execute(connection)
    try {
      return await work(connection)
    } finally {
      await unlock(connection, sql`select pg_advisory_unlock(${blobLock})`)
    }
  })
}

/** A connection that broke has lost its locks: then there is nothing to give back. */
async function unlock(connection: Database, statement: ReturnType<typeof sql>): Promise<void> {
  await statement.execute(connection).catch(() => {})
}
