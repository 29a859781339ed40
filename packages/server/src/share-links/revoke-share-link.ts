import type { PrincipalId, ShareLinkId } from '@vitrine/domain'
import { bumpAccessEpoch } from '../access/access-epoch-store.ts'
import type { Transaction } from '../db/open.ts'
import { inTransaction } from '../db/transaction.ts'
import type { Parts } from '../parts.ts'
import { deleteContents } from './link-contents-store.ts'
import { lockedShareLink, type LinkUser } from './own-share-link.ts'
import { revokeShareLinks, selectUnendedOf } from './share-link-store.ts'

/**
 * Ends a link now, for good. Running transfers are cut on every node. What was fixed for it is forgotten, so that it keeps no
 * version. Revoking it again changes nothing.
 *
 * @throws {VitrineError} `share-link/not-found`
 */
export async function revokeShareLink(
  parts: Pick<Parts, 'db' | 'clock'>,
  user: LinkUser,
  id: ShareLinkId,
): Promise<void> {
  await inTransaction(parts.db, async (tx) => {
    await lockedShareLink(tx, user, id, 'end')
    const revoked = await revokeShareLinks(tx, [id], user.userId, parts.clock())
    await deleteContents(tx, revoked)
    if (revoked.length > 0) await bumpAccessEpoch(tx)
  })
}

/**
 * Ends all links that somebody holds and that have not ended, within the transaction that disables or removes them. The
 * caller moves the access epoch.
 *
 * @param by who does it
 * @param now in ms since the Unix epoch
 * @returns how many
 */
export async function revokeLinksOf(
  tx: Transaction,
  holder: PrincipalId,
  by: PrincipalId,
  now: number,
): Promise<number> {
  const unended = await selectUnendedOf(tx, holder, now)
  const revoked = await revokeShareLinks(
    tx,
    unended.map(({ id }) => id),
    by,
    now,
  )
  await deleteContents(tx, revoked)
  return revoked.length
}

/**
 * How many links somebody holds that have not ended: suspended ones are among them.
 *
 * @param now in ms since the Unix epoch
 */
export async function countLiveLinksOf(tx: Transaction, holder: PrincipalId, now: number): Promise<number> {
  return (await selectUnendedOf(tx, holder, now)).length
}
