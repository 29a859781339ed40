import { createHmac, randomBytes } from 'node:crypto'
import { VitrineError, type PrincipalId } from '@vitrine/domain'
import { BoundedMap } from '../bounded-map.ts'
import { networkOf } from '../http/networks.ts'
import type { Parts } from '../parts.ts'
import { accountById, accountByName, type Account } from './account-store.ts'
import { appPasswordBySecret, touchAppPassword } from './app-password-store.ts'
import { FailureDelays } from './failure-delays.ts'
import { hashPassword, needsRehash, verifyPassword } from './hash-password.ts'
import { replacePasswordHash } from './principal-store.ts'
import { appPasswordPattern, sha256 } from './random-secrets.ts'
import { signedInAs, type SignedIn } from './signed-in.ts'

/** Name and password as somebody sent them. */
export interface Credentials {
  readonly name: string
  /** A password, or an app password. */
  readonly password: string
  /** IP address of whoever sent them. */
  readonly address: string
}

/** For how long a password that was right need not be hashed again, in ms: clients send it with each request. */
const verifiedFor = 5 * 60_000

/** So many passwords are remembered as right. */
const mostVerified = 10_000

/** How often the use of an app password is noted, in ms. */
const noteEvery = 60 * 60_000

interface Verified {
  readonly userId: PrincipalId
  /** The hash that the password was right for. */
  readonly passwordHash: string | null
  readonly until: number
}

/**
 * Checks names and passwords.
 *
 * What was right is remembered for five minutes, in memory, under an HMAC whose key this process alone has.
 * It counts only as long as the account has the hash that it was right for and is not disabled: both are
 * read each time, so that a changed password holds at once, in every process.
 */
export class CredentialCheck {
  readonly #parts: Pick<Parts, 'db' | 'clock'>
  readonly #delays: FailureDelays
  readonly #key = randomBytes(32)
  readonly #verified = new BoundedMap<string, Verified>(mostVerified)
  /** Clients open many connections at once: the same credentials are hashed once. */
  readonly #underWay = new Map<string, Promise<Account>>()

  constructor(parts: Pick<Parts, 'db' | 'clock'>, delays = new FailureDelays(parts.clock)) {
    this.#parts = parts
    this.#delays = delays
  }

  /**
   * Who it is.
   *
   * @throws {VitrineError} `access/unauthenticated` when name and password do not belong together,
   * `people/disabled` when they do, `request/too-many` after too many failures
   */
  async check(credentials: Credentials): Promise<SignedIn> {
    const byApp = appPasswordPattern.test(credentials.password)
    const { account, ...ids } = byApp
      ? await this.#byAppPassword(credentials)
      : { account: await this.#byPassword(credentials) }
    if (account.disabled) throw new VitrineError('people/disabled', 'This account is disabled.', { id: account.id })
    return signedInAs(account, byApp ? 'app-password' : 'password', ids)
  }

  /** Whether a password is somebody's, hashed anew. Failures are slowed down like those of {@link check}. */
  async isRight(credentials: Credentials): Promise<boolean> {
    return (await this.#attempt(credentials)) !== undefined
  }

  /** Not slowed down: 160 random bits are not guessed, and a right one must never wait for what strangers do. */
  async #byAppPassword({
    name,
    password,
  }: Credentials): Promise<{ readonly account: Account; readonly appPasswordId: string }> {
    const { db, clock } = this.#parts
    const found = await appPasswordBySecret(db, sha256(password))
    const account = found && (await accountByName(db, name))
    if (found === undefined || account?.id !== found.userId) throw wrong()
    await touchAppPassword(db, found.id, clock(), noteEvery)
    return { account, appPasswordId: found.id }
  }

  async #byPassword(credentials: Credentials): Promise<Account> {
    const key = this.#digest(credentials.name, credentials.password)
    const remembered = await this.#remembered(key)
    if (remembered) return remembered
    const running = this.#underWay.get(key) ?? this.#verify(credentials, key)
    this.#underWay.set(key, running)
    try {
      return await running
    } finally {
      this.#underWay.delete(key)
    }
  }

  async #remembered(key: string): Promise<Account | undefined> {
    const verified = this.#verified.get(key)
    if (verified === undefined) return undefined
    const account = await accountById(this.#parts.db, verified.userId)
    const holds = this.#parts.clock() < verified.until && account?.passwordHash === verified.passwordHash
    if (holds) return account
    this.#verified.delete(key)
    return undefined
  }

  async #verify(credentials: Credentials, key: string): Promise<Account> {
    const account = await this.#attempt(credentials)
    if (account === undefined) throw wrong()
    const current = await this.#rehashed(account, credentials.password)
    const { id: userId, passwordHash } = current
    this.#verified.set(key, { userId, passwordHash, until: this.#parts.clock() + verifiedFor })
    return current
  }

  #attempt({ name, password, address }: Credentials): Promise<Account | undefined> {
    const user = this.#digest(name.normalize('NFC').toLowerCase(), '')
    return this.#delays.attempt(user, networkOf(address), async () => {
      const found = await accountByName(this.#parts.db, name)
      // Hashed whether there is such a user or not, so that the time tells nothing.
      const right = await verifyPassword(password, found?.passwordHash ?? null)
      return right ? found : undefined
    })
  }

  async #rehashed(account: Account, password: string): Promise<Account> {
    if (account.passwordHash === null || !needsRehash(account.passwordHash)) return account
    const passwordHash = await hashPassword(password)
    const replaced = await replacePasswordHash(this.#parts.db, account.id, account.passwordHash, passwordHash)
    return replaced ? { ...account, passwordHash } : account
  }

  #digest(name: string, password: string): string {
    // The length keeps "ab" + "c" apart from "a" + "bc".
    return createHmac('sha256', this.#key).update(`${name.length}:${name}${password}`).digest('base64')
  }
}

/** One answer for an unknown name and for a wrong password. */
function wrong(): VitrineError {
  return new VitrineError('access/unauthenticated', 'Name and password do not belong together.')
}
