import { VitrineError, type PrincipalId } from '@vitrine/domain'
import { isUniqueViolation } from '../db/failures.ts'
import { inTransaction } from '../db/transaction.ts'
import type { Parts } from '../parts.ts'
import { hashPassword } from './hash-password.ts'
import { requireLongEnough } from './people-rules.ts'
import { insertPrincipal, type NewPrincipal, type StoredPrincipal } from './principal-store.ts'
import { requireGlobal, type SignedIn } from './signed-in.ts'

/** Who is to be made. */
export interface NewUser {
  /** In NFC. */
  readonly name: string
  readonly displayName: string
  readonly email: string | null
  /** Undefined: no sign-in by password. */
  readonly password: string | undefined
  readonly passwordMustChange: boolean
}

/**
 * Makes a user.
 *
 * @throws {VitrineError} `access/denied`, `people/name-taken`, `people/password-too-short`
 */
export async function createUser(
  parts: Pick<Parts, 'db' | 'clock' | 'newId'>,
  actor: SignedIn,
  { password, ...wanted }: NewUser,
): Promise<StoredPrincipal> {
  requireGlobal(actor, 'people')
  if (password !== undefined) requireLongEnough(password)
  const passwordHash = password === undefined ? null : await hashPassword(password)
  return insertNamed(parts, { ...wanted, kind: 'user', passwordHash })
}

/**
 * Makes a group.
 *
 * @throws {VitrineError} `access/denied`, `people/name-taken`
 */
export async function createGroup(
  parts: Pick<Parts, 'db' | 'clock' | 'newId'>,
  actor: SignedIn,
  wanted: Pick<NewUser, 'name' | 'displayName'>,
): Promise<StoredPrincipal> {
  requireGlobal(actor, 'people')
  return insertNamed(parts, { ...wanted, kind: 'group', email: null, passwordHash: null, passwordMustChange: false })
}

async function insertNamed(
  { db, clock, newId }: Pick<Parts, 'db' | 'clock' | 'newId'>,
  wanted: Omit<NewPrincipal, 'id' | 'createdAt'>,
): Promise<StoredPrincipal> {
  const made: NewPrincipal = { ...wanted, id: newId() as PrincipalId, createdAt: clock() }
  try {
    await inTransaction(db, (tx) => insertPrincipal(tx, made))
  } catch (error) {
    if (!isUniqueViolation(error)) throw error
    throw new VitrineError(
      'people/name-taken',
      'There is a user or a group of this name already.',
      {},
      { cause: error },
    )
  }
  const { passwordHash, ...shown } = made
  return { ...shown, hasPassword: passwordHash !== null, disabledAt: null, isBuiltIn: false, globals: [], groups: [] }
}
