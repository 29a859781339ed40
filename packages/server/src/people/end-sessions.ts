import { VitrineError } from '@vitrine/domain'
import { bumpAccessEpoch } from '../access/access-epoch-store.ts'
import { inTransaction } from '../db/transaction.ts'
import type { Parts } from '../parts.ts'
import { deleteSession, deleteSessionsOf } from './session-store.ts'
import { requireOwnSignIn, type SignedIn } from './signed-in.ts'

/**
 * Ends one of one's own sessions.
 *
 * @param id undefined: the one that asks
 * @throws {VitrineError} `people/not-found` when it is no session of theirs
 */
export async function endSession({ db }: Pick<Parts, 'db'>, actor: SignedIn, id = actor.sessionId): Promise<void> {
  if (id !== actor.sessionId) requireOwnSignIn(actor)
  const ended = await inTransaction(db, async (tx) => {
    const there = id !== undefined && (await deleteSession(tx, actor.userId, id))
    if (there) await bumpAccessEpoch(tx)
    return there
  })
  if (!ended) throw new VitrineError('people/not-found', 'There is no such session.')
}

/** Signs out everywhere, here too. App passwords stay. */
export async function endAllSessions({ db }: Pick<Parts, 'db'>, actor: SignedIn): Promise<void> {
  requireOwnSignIn(actor)
  await inTransaction(db, async (tx) => {
    await deleteSessionsOf(tx, actor.userId)
    await bumpAccessEpoch(tx)
  })
}
