import { VitrineError, type PrincipalId } from '@vitrine/domain'
import { bumpAccessEpoch } from '../access/access-epoch-store.ts'
import type { Transaction } from '../db/open.ts'
import { inTransaction } from '../db/transaction.ts'
import type { Parts } from '../parts.ts'
import type { HeldLinks, LinksDecision } from './held-links.ts'
import { requireAdministratorLeft, requireManaging, requireUser } from './people-rules.ts'
import { updateDisabled } from './principal-store.ts'
import { deleteSessionsOf } from './session-store.ts'
import type { SignedIn } from './signed-in.ts'

/**
 * Disables a user: no sign-in, no rights, no sessions. What they made stays.
 *
 * @param links what becomes of the live share links that they hold; asked for when there are any
 * @throws {VitrineError} `people/holds-links` with their `count` when that is not decided; `access/denied`,
 * also for the last administrator; `people/not-found`
 */
export async function disableUser(
  { db, clock, heldLinks }: Pick<Parts, 'db' | 'clock'> & { readonly heldLinks: HeldLinks },
  actor: SignedIn,
  userId: PrincipalId,
  links: LinksDecision | undefined,
): Promise<void> {
  await inTransaction(db, async (tx) => {
    // First, so that two administrators cannot disable each other at the same time.
    await bumpAccessEpoch(tx)
    await requireManaging(tx, actor, userId)
    await requireUser(tx, userId)
    await settleLinks(tx, heldLinks, actor, userId, links)
    await updateDisabled(tx, userId, clock())
    await deleteSessionsOf(tx, userId)
    await requireAdministratorLeft(tx)
  })
}

/**
 * Lets a user in again. Their password and app passwords are as before, their sessions are not.
 *
 * @throws {VitrineError} `access/denied`, `people/not-found`
 */
export async function enableUser({ db }: Pick<Parts, 'db'>, actor: SignedIn, userId: PrincipalId): Promise<void> {
  await inTransaction(db, async (tx) => {
    await bumpAccessEpoch(tx)
    await requireManaging(tx, actor, userId)
    await requireUser(tx, userId)
    await updateDisabled(tx, userId, null)
  })
}

async function settleLinks(
  tx: Transaction,
  heldLinks: HeldLinks,
  actor: SignedIn,
  holder: PrincipalId,
  decision: LinksDecision | undefined,
): Promise<void> {
  const count = await heldLinks.count(tx, holder)
  if (count === 0) return
  if (decision === undefined) {
    throw new VitrineError('people/holds-links', 'Decide first what becomes of the share links of this user.', {
      count,
    })
  }
  if (decision === 'revoke') return heldLinks.revoke(tx, holder, actor.userId)
  await requireUser(tx, decision.handOverTo)
  if (decision.handOverTo === holder) {
    throw new VitrineError('people/holds-links', 'Hand the share links over to somebody else.', { count })
  }
  await heldLinks.handOver(tx, holder, decision.handOverTo)
}
