import { inTransaction } from '../db/transaction.ts'
import type { Parts } from '../parts.ts'
import { updatePrincipal } from './principal-store.ts'
import { requireOwnSignIn, type SignedIn } from './signed-in.ts'
import { updateWishes, type Wishes } from './wish-store.ts'

/** What somebody may change of themselves. Undefined: stays. */
export interface ProfileChange {
  readonly displayName?: string | undefined
  readonly language?: Wishes['language'] | undefined
  readonly theme?: Wishes['theme'] | undefined
}

/**
 * Changes what one is called, and how one wants pages to be.
 *
 * @throws {VitrineError} `access/denied` for an app password
 */
export async function changeOwnProfile(
  { db }: Pick<Parts, 'db'>,
  actor: SignedIn,
  { displayName, language, theme }: ProfileChange,
): Promise<void> {
  requireOwnSignIn(actor)
  await inTransaction(db, async (tx) => {
    await updatePrincipal(tx, actor.userId, { displayName })
    await updateWishes(tx, actor.userId, {
      ...(language === undefined ? {} : { language }),
      ...(theme === undefined ? {} : { theme }),
    })
  })
}
