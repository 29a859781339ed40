import { VitrineError, type GlobalPrivilege, type PrincipalId, type Subject } from '@vitrine/domain'
import type { Account } from './account-store.ts'
import { sha256 } from './random-secrets.ts'

/** How somebody showed who they are. */
export type SignInMeans = 'session' | 'password' | 'app-password' | 'local-token'

/** Somebody who is signed in, for one request. */
export interface SignedIn {
  readonly userId: PrincipalId
  readonly subject: Subject
  readonly globals: ReadonlySet<GlobalPrivilege>
  readonly by: SignInMeans
  /** Of the cookie, when it was one. */
  readonly sessionId: string | undefined
  /** Of the app password, when it was one. */
  readonly appPasswordId: string | undefined
  /** Names the account's password as it was then. */
  readonly passwordDigest: string
  /** Somebody at a browser is to choose a password of their own before anything else. */
  readonly passwordMustChange: boolean
}

/** What somebody signed in with, where it has an id. */
export interface SignInIds {
  readonly sessionId?: string
  readonly appPasswordId?: string
}

/** An account that showed who it is. */
export function signedInAs(account: Account, by: SignInMeans, { sessionId, appPasswordId }: SignInIds): SignedIn {
  const { id, subject, globals } = account
  // A program cannot choose a password: it would stand still until a person comes by.
  const passwordMustChange = account.passwordMustChange && by === 'session'
  const passwordDigest = passwordDigestOf(account)
  return { userId: id, subject, globals, by, sessionId, appPasswordId, passwordDigest, passwordMustChange }
}

/** Names an account's password: another one has another digest. Tells nothing of it. */
export function passwordDigestOf({ passwordHash }: Pick<Account, 'passwordHash'>): string {
  return sha256(passwordHash ?? '').toString('base64url')
}

/** @throws {VitrineError} `access/denied` when somebody lacks a global privilege */
export function requireGlobal(signedIn: SignedIn, privilege: GlobalPrivilege): void {
  if (signedIn.globals.has(privilege)) return
  throw new VitrineError('access/denied', 'You may not do this.', { userId: signedIn.userId, privilege })
}

/**
 * An app password opens what a program needs, but not the account: whoever finds one cannot make it last.
 *
 * @throws {VitrineError} `access/denied` when somebody signed in with an app password
 */
export function requireOwnSignIn(signedIn: SignedIn): void {
  if (signedIn.by !== 'app-password') return
  throw new VitrineError('access/denied', 'Sign in with your password to do this.', { userId: signedIn.userId })
}
