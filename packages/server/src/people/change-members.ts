import { VitrineError, type PrincipalId } from '@vitrine/domain'
import { bumpAccessEpoch } from '../access/access-epoch-store.ts'
import { inTransaction } from '../db/transaction.ts'
import type { Parts } from '../parts.ts'
import { deleteMember, insertMember, isWithin } from './member-store.ts'
import {
  requireAdministratorLeft,
  requireGroup,
  requireManaging,
  requireOpenGroup,
  requirePrincipal,
} from './people-rules.ts'
import type { SignedIn } from './signed-in.ts'

/**
 * Puts a user or a group into a group. Nothing when they are in it.
 *
 * @throws {VitrineError} `people/group-cycle` when the group would be in itself; `access/denied` when the
 * group has more than one has oneself; `people/not-found`
 */
export async function addMember(
  { db }: Pick<Parts, 'db'>,
  actor: SignedIn,
  group: PrincipalId,
  member: PrincipalId,
): Promise<void> {
  await inTransaction(db, async (tx) => {
    // First, so that two changes cannot make a cycle together.
    await bumpAccessEpoch(tx)
    await requireManaging(tx, actor, group)
    await requireGroup(tx, group)
    await requirePrincipal(tx, member)
    requireOpenGroup(group)
    requireOpenGroup(member)
    if (await isWithin(tx, group, member)) {
      throw new VitrineError('people/group-cycle', 'A group cannot be in itself, nor in one that is in it.')
    }
    await insertMember(tx, group, member)
  })
}

/**
 * Takes a user or a group out of a group. Nothing when they are not in it.
 *
 * @throws {VitrineError} `access/denied`, also for the last administrator; `people/not-found`
 */
export async function removeMember(
  { db }: Pick<Parts, 'db'>,
  actor: SignedIn,
  group: PrincipalId,
  member: PrincipalId,
): Promise<void> {
  await inTransaction(db, async (tx) => {
    await bumpAccessEpoch(tx)
    await requireManaging(tx, actor, group)
    await requireGroup(tx, group)
    requireOpenGroup(group)
    await deleteMember(tx, group, member)
    await requireAdministratorLeft(tx)
  })
}
