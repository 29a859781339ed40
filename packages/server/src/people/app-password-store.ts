import type { PrincipalId } from '@vitrine/domain'
import { sql } from 'kysely'
import type { Database, Transaction } from '../db/open.ts'

/** An app password as it is kept. Times in ms since the Unix epoch. */
export interface StoredAppPassword {
  readonly id: string
  readonly userId: PrincipalId
  readonly name: string
  readonly createdAt: number
  readonly lastUsedAt: number | null
}

/** Keeps a new app password. */
export async function insertAppPassword(tx: Transaction, secret: Buffer, made: StoredAppPassword): Promise<void> {
  await tx
    .insertInto('app_passwords')
    .values({
      id: made.id,
      user_id: made.userId,
      name: made.name,
      secret_sha256: secret,
      created_at: new Date(made.createdAt),
    })
    .execute()
}

/** How many a user has. */
export async function countAppPasswords(db: Database | Transaction, userId: PrincipalId): Promise<number> {
  const { count } = await db
    .selectFrom('app_passwords')
    .select(sql<number>`count(*)`.as('count'))
    .where('user_id', '=', userId)
    .executeTakeFirstOrThrow()
  return count
}

/** The app password of a secret. */
export async function appPasswordBySecret(
  db: Database | Transaction,
  secret: Buffer,
): Promise<StoredAppPassword | undefined> {
  const row = await db.selectFrom('app_passwords').selectAll().where('secret_sha256', '=', secret).executeTakeFirst()
  return row && appPasswordOf(row)
}

/** Those of the ids that still name an app password. */
export async function existingAppPasswords(
  db: Database | Transaction,
  ids: readonly string[],
): Promise<ReadonlySet<string>> {
  if (ids.length === 0) return new Set()
  const rows = await db.selectFrom('app_passwords').select('id').where('id', 'in', ids).execute()
  return new Set(rows.map(({ id }) => id))
}

/** Those of a user, the newest first. */
export async function appPasswordsOf(db: Database | Transaction, userId: PrincipalId): Promise<StoredAppPassword[]> {
  const rows = await db
    .selectFrom('app_passwords')
    .selectAll()
    .where('user_id', '=', userId)
    .orderBy('id', 'desc')
    .execute()
  return rows.map(appPasswordOf)
}

/** Notes that one is in use, unless that was noted within `every` ms. */
export async function touchAppPassword(db: Database, id: string, now: number, every: number): Promise<void> {
  await sql`
    update app_passwords set last_used_at = ${new Date(now)}
     where id = ${id} and (last_used_at is null or last_used_at <= ${new Date(now - every)})`.execute(db)
}

/** Ends one of a user's. Says whether there was one. */
export async function deleteAppPassword(tx: Transaction, userId: PrincipalId, id: string): Promise<boolean> {
  const { numDeletedRows } = await tx
    .deleteFrom('app_passwords')
    .where('user_id', '=', userId)
    .where('id', '=', id)
    .executeTakeFirstOrThrow()
  return numDeletedRows > 0n
}

interface AppPasswordRow {
  readonly id: string
  readonly user_id: string
  readonly name: string
  readonly created_at: Date
  readonly last_used_at: Date | null
}

function appPasswordOf(row: AppPasswordRow): StoredAppPassword {
  return {
    id: row.id,
    userId: row.user_id as PrincipalId,
    name: row.name,
    createdAt: row.created_at.getTime(),
    lastUsedAt: row.last_used_at && row.last_used_at.getTime(),
  }
}
