import { ADMINISTRATORS_ID, EVERYONE_ID, isAdministrator, VitrineError, type PrincipalId } from '@vitrine/domain'
import { shortestPassword } from '@vitrine/api'
import type { Database, Transaction } from '../db/open.ts'
import { countAdministrators, powersOf, type Powers } from './member-store.ts'
import { principalById, type StoredPrincipal } from './principal-store.ts'
import { requireGlobal, type SignedIn } from './signed-in.ts'

/** @throws {VitrineError} `people/not-found` when there is no such user or group */
export async function requirePrincipal(db: Database | Transaction, id: PrincipalId): Promise<StoredPrincipal> {
  const found = await principalById(db, id)
  if (found) return found
  throw new VitrineError('people/not-found', 'There is no such user or group.', { id })
}

/** @throws {VitrineError} `people/not-found` when there is no such user */
export async function requireUser(db: Database | Transaction, id: PrincipalId): Promise<StoredPrincipal> {
  const found = await principalById(db, id)
  if (found?.kind === 'user') return found
  throw new VitrineError('people/not-found', 'There is no such user.', { id })
}

/** @throws {VitrineError} `people/not-found` when there is no such group */
export async function requireGroup(db: Database | Transaction, id: PrincipalId): Promise<StoredPrincipal> {
  const found = await principalById(db, id)
  if (found?.kind === 'group') return found
  throw new VitrineError('people/not-found', 'There is no such group.', { id })
}

/**
 * Lets through who may manage this user or group. Nobody gives away, takes away or takes over more than they
 * have: else whoever may manage people could make an administrator of themselves.
 *
 * @throws {VitrineError} `access/denied`
 */
export async function requireManaging(db: Database | Transaction, actor: SignedIn, id: PrincipalId): Promise<void> {
  requireGlobal(actor, 'people')
  requirePowers(actor, await powersOf(db, id))
}

/** @throws {VitrineError} `access/denied` when these are more than somebody has */
export function requirePowers(actor: SignedIn, { administrator, globals }: Powers): void {
  const has = (!administrator || isAdministrator(actor.subject)) && globals.isSubsetOf(actor.globals)
  if (has) return
  throw new VitrineError('access/denied', 'Only an administrator may do this.', { userId: actor.userId })
}

/** @throws {VitrineError} `access/denied` when nobody would be left who can manage everything */
export async function requireAdministratorLeft(tx: Transaction): Promise<void> {
  if ((await countAdministrators(tx)) > 0) return
  throw new VitrineError('access/denied', 'This is the last administrator. Make another one first.')
}

/** @throws {VitrineError} `access/denied` for the group that all are in, without anybody putting them there */
export function requireOpenGroup(group: PrincipalId): void {
  if (group !== EVERYONE_ID) return
  throw new VitrineError('access/denied', 'Everybody is in this group, always.')
}

/** @throws {VitrineError} `access/denied` for what every installation needs */
export function requireNotBuiltIn({ isBuiltIn, name }: StoredPrincipal): void {
  if (!isBuiltIn) return
  throw new VitrineError('access/denied', 'This is built in and stays.', { name })
}

/** @throws {VitrineError} `access/denied`: administrators have every global privilege */
export function requireOrdinaryGlobals(id: PrincipalId): void {
  if (id !== ADMINISTRATORS_ID) return
  throw new VitrineError('access/denied', 'Administrators have every privilege, always.')
}

/** @throws {VitrineError} `people/password-too-short` */
export function requireLongEnough(password: string): void {
  if (password.normalize('NFC').length >= shortestPassword) return
  throw new VitrineError('people/password-too-short', `A password has at least ${shortestPassword} characters.`, {
    limit: shortestPassword,
  })
}
