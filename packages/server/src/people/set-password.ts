import { VitrineError, type PrincipalId } from '@vitrine/domain'
import { bumpAccessEpoch } from '../access/access-epoch-store.ts'
import type { Transaction } from '../db/open.ts'
import { inTransaction } from '../db/transaction.ts'
import type { Parts } from '../parts.ts'
import type { CredentialCheck } from './check-credentials.ts'
import { hashPassword } from './hash-password.ts'
import { requireLongEnough, requireManaging, requireUser } from './people-rules.ts'
import { updatePassword } from './principal-store.ts'
import { deleteSessionsOf } from './session-store.ts'
import { requireOwnSignIn, type SignedIn } from './signed-in.ts'

/**
 * Gives somebody another password, and ends their sessions.
 *
 * @param mustChange whether they are to choose one of their own
 * @throws {VitrineError} `access/denied`, `people/not-found`, `people/password-too-short`
 */
export async function setPassword(
  { db }: Pick<Parts, 'db'>,
  actor: SignedIn,
  userId: PrincipalId,
  { password, mustChange }: { readonly password: string; readonly mustChange: boolean },
): Promise<void> {
  requireOwnSignIn(actor)
  await requireManaging(db, actor, userId)
  requireLongEnough(password)
  const hash = await hashPassword(password)
  await inTransaction(db, async (tx) => {
    await bumpAccessEpoch(tx)
    // Again, now that nobody else changes groups: the user may have become an administrator.
    await requireManaging(tx, actor, userId)
    await requireUser(tx, userId)
    await replacePassword(tx, userId, { hash, mustChange, keptSession: undefined })
  })
}

/**
 * Changes one's own password, and ends one's other sessions.
 *
 * @param address IP address of whoever asks: a wrong present password is slowed down like a wrong sign-in
 * @throws {VitrineError} `access/denied` when the present password is wrong, `people/password-too-short`,
 * `people/password-unchanged`, `request/too-many`
 */
export async function changeOwnPassword(
  { db, credentials }: Pick<Parts, 'db'> & { readonly credentials: CredentialCheck },
  actor: SignedIn,
  { current, password, address }: { readonly current: string; readonly password: string; readonly address: string },
): Promise<void> {
  requireOwnSignIn(actor)
  requireLongEnough(password)
  const { name } = await requireUser(db, actor.userId)
  if (!(await credentials.isRight({ name, password: current, address }))) {
    throw new VitrineError('access/denied', 'This is not your present password.', { field: 'current' })
  }
  requireOther(password, current)
  const hash = await hashPassword(password)
  await inTransaction(db, async (tx) => {
    await replacePassword(tx, actor.userId, { hash, mustChange: false, keptSession: actor.sessionId })
    await bumpAccessEpoch(tx)
  })
}

/** Else whoever has to choose a password of their own could keep the one that others know. */
function requireOther(password: string, current: string): void {
  if (password.normalize('NFC') !== current.normalize('NFC')) return
  throw new VitrineError('people/password-unchanged', 'This is the present password. Choose another one.')
}

interface NewPassword {
  readonly hash: string
  readonly mustChange: boolean
  /** The session that stays. */
  readonly keptSession: string | undefined
}

async function replacePassword(tx: Transaction, userId: PrincipalId, given: NewPassword): Promise<void> {
  await updatePassword(tx, userId, given.hash, given.mustChange)
  await deleteSessionsOf(tx, userId, given.keptSession)
}
