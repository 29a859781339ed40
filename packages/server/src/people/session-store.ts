import type { PrincipalId } from '@vitrine/domain'
import { sql } from 'kysely'
import type { Database, Transaction } from '../db/open.ts'

/** A session as it is kept. Times in ms since the Unix epoch. */
export interface StoredSession {
  readonly id: string
  readonly userId: PrincipalId
  readonly createdAt: number
  readonly lastSeenAt: number
  /** Also when it is used every day. */
  readonly expiresAt: number
  readonly userAgent: string
}

/** Keeps a new session. */
export async function insertSession(tx: Transaction, token: Buffer, session: StoredSession): Promise<void> {
  await tx
    .insertInto('sessions')
    .values({
      token_sha256: token,
      id: session.id,
      user_id: session.userId,
      created_at: new Date(session.createdAt),
      last_seen_at: new Date(session.lastSeenAt),
      expires_at: new Date(session.expiresAt),
      user_agent: session.userAgent,
    })
    .execute()
}

/** The session of a token, also one that is over. */
export async function sessionByToken(db: Database | Transaction, token: Buffer): Promise<StoredSession | undefined> {
  const row = await db.selectFrom('sessions').selectAll().where('token_sha256', '=', token).executeTakeFirst()
  return row && sessionOf(row)
}

/** The sessions of these ids, in no order, also those that are over. */
export async function sessionsById(db: Database | Transaction, ids: readonly string[]): Promise<StoredSession[]> {
  if (ids.length === 0) return []
  const rows = await db.selectFrom('sessions').selectAll().where('id', 'in', ids).execute()
  return rows.map(sessionOf)
}

/** The sessions of a user, the last used first, also those that are over. */
export async function sessionsOf(db: Database | Transaction, userId: PrincipalId): Promise<StoredSession[]> {
  const rows = await db
    .selectFrom('sessions')
    .selectAll()
    .where('user_id', '=', userId)
    .orderBy('last_seen_at', 'desc')
    .orderBy('id')
    .execute()
  return rows.map(sessionOf)
}

/** Notes that a session is in use, unless that was noted since. */
export async function touchSession(db: Database, id: string, now: number): Promise<void> {
  await db
    .updateTable('sessions')
    .set({ last_seen_at: new Date(now) })
    .where('id', '=', id)
    .where('last_seen_at', '<', new Date(now))
    .execute()
}

/** Ends one session of a user. Says whether there was one. */
export async function deleteSession(tx: Transaction, userId: PrincipalId, id: string): Promise<boolean> {
  const { numDeletedRows } = await tx
    .deleteFrom('sessions')
    .where('user_id', '=', userId)
    .where('id', '=', id)
    .executeTakeFirstOrThrow()
  return numDeletedRows > 0n
}

/** Ends the session of a token, whoever's it is. */
export async function deleteSessionByToken(tx: Transaction, token: Buffer): Promise<void> {
  await tx.deleteFrom('sessions').where('token_sha256', '=', token).execute()
}

/** Ends every session of a user, but for one. */
export async function deleteSessionsOf(tx: Transaction, userId: PrincipalId, except?: string): Promise<void> {
  let query = tx.deleteFrom('sessions').where('user_id', '=', userId)
  if (except !== undefined) query = query.where('id', '<>', except)
  await query.execute()
}

/** Removes what is over, and the oldest beyond a number. */
export async function trimSessions(
  tx: Transaction,
  userId: PrincipalId,
  { now, idleSince, keep }: { readonly now: number; readonly idleSince: number; readonly keep: number },
): Promise<void> {
  await sql`
    delete from sessions where user_id = ${userId} and (
      expires_at <= ${new Date(now)} or last_seen_at <= ${new Date(idleSince)} or id in (
        select id from sessions where user_id = ${userId} order by last_seen_at desc, id offset ${keep}
      )
    )`.execute(tx)
}

interface SessionRow {
  readonly id: string
  readonly user_id: string
  readonly created_at: Date
  readonly last_seen_at: Date
  readonly expires_at: Date
  readonly user_agent: string
}

function sessionOf(row: SessionRow): StoredSession {
  return {
    id: row.id,
    userId: row.user_id as PrincipalId,
    createdAt: row.created_at.getTime(),
    lastSeenAt: row.last_seen_at.getTime(),
    expiresAt: row.expires_at.getTime(),
    userAgent: row.user_agent,
  }
}
