import { VitrineError } from '@vitrine/domain'
import { bumpAccessEpoch } from '../access/access-epoch-store.ts'
import { inTransaction } from '../db/transaction.ts'
import type { Parts } from '../parts.ts'
import type { Secret } from '../secret.ts'
import {
  countAppPasswords,
  deleteAppPassword,
  insertAppPassword,
  type StoredAppPassword,
} from './app-password-store.ts'
import { newAppPassword, sha256 } from './random-secrets.ts'
import { requireOwnSignIn, type SignedIn } from './signed-in.ts'

/** Most app passwords of one user. */
const mostAppPasswords = 100

/**
 * Makes an app password for oneself.
 *
 * @returns with its secret, which is kept nowhere
 * @throws {VitrineError} `access/denied`, `request/too-many` beyond a hundred
 */
export async function createAppPassword(
  { db, clock, newId }: Pick<Parts, 'db' | 'clock' | 'newId'>,
  actor: SignedIn,
  name: string,
): Promise<{ readonly made: StoredAppPassword; readonly secret: Secret }> {
  requireOwnSignIn(actor)
  const secret = newAppPassword()
  const made = { id: newId(), userId: actor.userId, name, createdAt: clock(), lastUsedAt: null }
  await inTransaction(db, async (tx) => {
    if ((await countAppPasswords(tx, actor.userId)) >= mostAppPasswords) {
      throw new VitrineError('request/too-many', 'You have too many app passwords. Revoke one first.', {
        limit: mostAppPasswords,
      })
    }
    await insertAppPassword(tx, sha256(secret.reveal()), made)
  })
  return { made, secret }
}

/**
 * Ends one of one's own app passwords.
 *
 * @throws {VitrineError} `access/denied`, `people/not-found`
 */
export async function revokeAppPassword({ db }: Pick<Parts, 'db'>, actor: SignedIn, id: string): Promise<void> {
  requireOwnSignIn(actor)
  await inTransaction(db, async (tx) => {
    if (!(await deleteAppPassword(tx, actor.userId, id))) {
      throw new VitrineError('people/not-found', 'There is no such app password.')
    }
    await bumpAccessEpoch(tx)
  })
}
