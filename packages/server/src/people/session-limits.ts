import type { StoredSession } from './session-store.ts'

const hour = 3_600_000

/** After so long without a request a session is over, in ms. */
export const longestIdle = 24 * hour

/** After so long a session is over in any case, in ms. */
export const longestSession = 14 * 24 * hour

/** How often the use of a session is noted, in ms: not at each request. */
export const touchEvery = 5 * 60_000

/** Most sessions of one user: a new one ends the one that was unused longest. */
export const mostSessions = 100

/** Whether a session still signs in. */
export function isLive(session: StoredSession, now: number): boolean {
  return now < session.expiresAt && now < session.lastSeenAt + longestIdle
}
