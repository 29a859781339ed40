import { VitrineError, type PrincipalId } from '@vitrine/domain'
import { inTransaction } from '../db/transaction.ts'
import type { Parts } from '../parts.ts'
import type { Secret } from '../secret.ts'
import type { CredentialCheck, Credentials } from './check-credentials.ts'
import { newSessionToken, sha256 } from './random-secrets.ts'
import { longestIdle, longestSession, mostSessions } from './session-limits.ts'
import { deleteSessionByToken, insertSession, trimSessions, type StoredSession } from './session-store.ts'

/** What the browser brings beside name and password. */
export interface Browser {
  /** What it calls itself. */
  readonly userAgent: string
  /** The token of a session that it has already: that one ends, whoever's it is. */
  readonly previous: Secret | undefined
}

/** A session that was just begun. */
export interface BegunSession {
  readonly session: StoredSession
  /** Kept nowhere: the cookie's value. */
  readonly token: Secret
}

/** Longest name of a browser that is kept, in characters. */
const longestUserAgent = 300

/**
 * Begins a session. Its token is always a new one, so that nobody can have put it there before.
 *
 * @throws {VitrineError} `access/unauthenticated`, `people/disabled`, `request/too-many`
 */
export async function signIn(
  parts: Pick<Parts, 'db' | 'clock' | 'newId'> & { readonly credentials: CredentialCheck },
  credentials: Credentials,
  { userAgent, previous }: Browser,
): Promise<BegunSession> {
  const { userId, by } = await parts.credentials.check(credentials)
  // A session can change the password; an app password may not grow into one.
  if (by !== 'password') throw new VitrineError('access/unauthenticated', 'Sign in with your own password.')
  const token = newSessionToken()
  const session = newSession(parts, userId, userAgent)
  await inTransaction(parts.db, async (tx) => {
    if (previous) await deleteSessionByToken(tx, sha256(previous.reveal()))
    await insertSession(tx, sha256(token.reveal()), session)
    const now = session.createdAt
    await trimSessions(tx, userId, { now, idleSince: now - longestIdle, keep: mostSessions })
  })
  return { session, token }
}

function newSession(
  { clock, newId }: Pick<Parts, 'clock' | 'newId'>,
  userId: PrincipalId,
  userAgent: string,
): StoredSession {
  const now = clock()
  return {
    id: newId(),
    userId,
    createdAt: now,
    lastSeenAt: now,
    expiresAt: now + longestSession,
    userAgent: userAgent.slice(0, longestUserAgent),
  }
}
