import type { PrincipalId, ShareLinkId } from '@vitrine/domain'
import { bumpAccessEpoch } from '../access/access-epoch-store.ts'
import type { Database, Transaction } from '../db/open.ts'
import { inTransaction } from '../db/transaction.ts'
import { announceChange } from '../events/announce-change.ts'
import type { Parts } from '../parts.ts'
import { deleteContents } from './link-contents-store.ts'
import { lockedShareLink, type LinkUser } from './own-share-link.ts'
import { revokeShareLinks, selectUnendedOf, selectUnrevoked } from './share-link-store.ts'

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
    const { holder } = await lockedShareLink(tx, user, id, 'end')
    const revoked = await revokeShareLinks(tx, [id], user.userId, parts.clock())
    if (revoked.length === 0) return
    await deleteContents(tx, revoked)
    await announceChange(tx, { shareLinksOf: [holder] })
    await bumpAccessEpoch(tx)
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
  if (revoked.length > 0) await announceChange(tx, { shareLinksOf: [holder] })
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

/** Those of the links that were not revoked. */
export function unrevokedLinks(db: Database, ids: readonly ShareLinkId[]): Promise<ReadonlySet<ShareLinkId>> {
  return selectUnrevoked(db, ids)
}
