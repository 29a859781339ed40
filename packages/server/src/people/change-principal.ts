import type { GlobalPrivilege, PrincipalId } from '@vitrine/domain'
import { bumpAccessEpoch } from '../access/access-epoch-store.ts'
import { inTransaction } from '../db/transaction.ts'
import type { Parts } from '../parts.ts'
import {
  requireAdministratorLeft,
  requireGroup,
  requireManaging,
  requireNotBuiltIn,
  requireOrdinaryGlobals,
  requirePowers,
  requirePrincipal,
  requireUser,
} from './people-rules.ts'
import { deleteGroup, replaceGlobals, updatePrincipal, type StoredPrincipal } from './principal-store.ts'
import type { SignedIn } from './signed-in.ts'

/** What may be changed of a user. Undefined: stays. */
export interface UserChange {
  readonly displayName?: string | undefined
  readonly email?: string | null | undefined
}

/**
 * Changes what is said about a user.
 *
 * @throws {VitrineError} `access/denied`, `people/not-found`
 */
export function changeUser(
  { db }: Pick<Parts, 'db'>,
  actor: SignedIn,
  id: PrincipalId,
  change: UserChange,
): Promise<StoredPrincipal> {
  return inTransaction(db, async (tx) => {
    await requireManaging(tx, actor, id)
    await requireUser(tx, id)
    await updatePrincipal(tx, id, change)
    return requireUser(tx, id)
  })
}

/**
 * Changes what a group is called for people. Its name stays.
 *
 * @throws {VitrineError} `access/denied`, `people/not-found`
 */
export function changeGroup(
  { db }: Pick<Parts, 'db'>,
  actor: SignedIn,
  id: PrincipalId,
  change: Pick<UserChange, 'displayName'>,
): Promise<StoredPrincipal> {
  return inTransaction(db, async (tx) => {
    await requireManaging(tx, actor, id)
    await requireGroup(tx, id)
    await updatePrincipal(tx, id, change)
    return requireGroup(tx, id)
  })
}

/**
 * Removes a group, and with it every access control entry that names it.
 *
 * @throws {VitrineError} `access/denied`, `people/not-found`
 */
export async function removeGroup({ db }: Pick<Parts, 'db'>, actor: SignedIn, id: PrincipalId): Promise<void> {
  await inTransaction(db, async (tx) => {
    await bumpAccessEpoch(tx)
    await requireManaging(tx, actor, id)
    requireNotBuiltIn(await requireGroup(tx, id))
    await deleteGroup(tx, id)
    await requireAdministratorLeft(tx)
  })
}

/**
 * Gives a user or a group these global privileges, and no others.
 *
 * @throws {VitrineError} `access/denied` for what one does not have oneself; `people/not-found`
 */
export function setGlobalPrivileges(
  { db }: Pick<Parts, 'db'>,
  actor: SignedIn,
  id: PrincipalId,
  globals: readonly GlobalPrivilege[],
): Promise<StoredPrincipal> {
  return inTransaction(db, async (tx) => {
    await bumpAccessEpoch(tx)
    await requireManaging(tx, actor, id)
    requirePowers(actor, { administrator: false, globals: new Set(globals) })
    requireOrdinaryGlobals(id)
    await requirePrincipal(tx, id)
    await replaceGlobals(tx, id, globals)
    return requirePrincipal(tx, id)
  })
}
