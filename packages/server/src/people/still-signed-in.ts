import type { PrincipalId } from '@vitrine/domain'
import type { Parts } from '../parts.ts'
import { type Account, accountsById, asAdministrator } from './account-store.ts'
import { existingAppPasswords } from './app-password-store.ts'
import { isLive } from './session-limits.ts'
import { sessionsById } from './session-store.ts'
import { passwordDigestOf, type SignedIn } from './signed-in.ts'

/**
 * Those who would still be signed in by what they showed some time ago, each with their account as it is now. Missing are
 * those whose session or app password has ended, who showed a password that was changed, or who are disabled.
 *
 * Three queries, however many there are.
 */
export async function stillSignedIn(
  { db, clock }: Pick<Parts, 'db' | 'clock'>,
  everyone: readonly SignedIn[],
): Promise<ReadonlyMap<SignedIn, Account>> {
  const now = clock()
  const accounts = await accountsById(db, [...new Set(everyone.map(({ userId }) => userId))])
  const sessions = await sessionsById(db, [...new Set(everyone.flatMap(({ sessionId }) => sessionId ?? []))])
  const live = new Set(sessions.filter((session) => isLive(session, now)).map(({ id }) => id))
  const appPasswords = await existingAppPasswords(db, [
    ...new Set(everyone.flatMap(({ appPasswordId }) => appPasswordId ?? [])),
  ])
  const still = new Map<SignedIn, Account>()
  for (const one of everyone) {
    const account = accountOf(accounts, one)
    if (account && holds(one, account, { live, appPasswords })) still.set(one, account)
  }
  return still
}

function accountOf(accounts: ReadonlyMap<PrincipalId, Account>, { userId, by }: SignedIn): Account | undefined {
  const account = accounts.get(userId)
  // Whoever owns the machine acts as an administrator, whatever became of the account.
  return account && by === 'local-token' ? asAdministrator(account) : account
}

function holds(
  { by, sessionId = '', appPasswordId = '', passwordDigest }: SignedIn,
  account: Account,
  { live, appPasswords }: { readonly live: ReadonlySet<string>; readonly appPasswords: ReadonlySet<string> },
): boolean {
  if (by === 'local-token') return true
  if (account.disabled) return false
  if (by === 'app-password') return appPasswords.has(appPasswordId)
  // Another password ends the sessions that are to end: the one that it was chosen in goes on.
  if (by === 'session') return live.has(sessionId)
  return passwordDigestOf(account) === passwordDigest
}
