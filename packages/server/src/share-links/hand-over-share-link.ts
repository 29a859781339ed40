import { VitrineError, type PrincipalId, type ShareLinkId } from '@vitrine/domain'
import { bumpAccessEpoch } from '../access/access-epoch-store.ts'
import type { Transaction } from '../db/open.ts'
import { inTransaction } from '../db/transaction.ts'
import { announceChange } from '../events/announce-change.ts'
import type { Parts } from '../parts.ts'
import { standingsOfLinks } from './link-standing.ts'
import { lockedShareLink, type LinkUser } from './own-share-link.ts'
import { selectIsUser, selectUnendedOf, updateShareLink, type StoredShareLink } from './share-link-store.ts'

/**
 * Lets a link look through somebody else's rights from now on. Its URL stays.
 *
 * @throws {VitrineError} `share-link/not-found`, `share-link/revoked`; `people/not-found` for a new holder who is none;
 *   `access/denied` when the link would not open for the new holder: disabled, or a target that they may not share
 */
export async function handOverShareLink(
  parts: Pick<Parts, 'db'>,
  user: LinkUser,
  id: ShareLinkId,
  to: PrincipalId,
): Promise<void> {
  await inTransaction(parts.db, async (tx) => {
    const shareLink = await lockedShareLink(tx, user, id, 'hand-over')
    if (shareLink.revokedAt !== null) throw new VitrineError('share-link/revoked', 'This share link was revoked.')
    await handOver(tx, [shareLink], to)
    await bumpAccessEpoch(tx)
  })
}

/**
 * Hands over all links that somebody holds and that have not ended, within the transaction that disables them: all, or
 * none. The caller moves the access epoch.
 *
 * @param now in ms since the Unix epoch
 * @returns how many
 * @throws {VitrineError} as {@link handOverShareLink}
 */
export async function handOverLinksOf(
  tx: Transaction,
  from: PrincipalId,
  to: PrincipalId,
  now: number,
): Promise<number> {
  const unended = await selectUnendedOf(tx, from, now)
  await handOver(tx, unended, to)
  return unended.length
}

async function handOver(tx: Transaction, shareLinks: readonly StoredShareLink[], to: PrincipalId): Promise<void> {
  if (!(await selectIsUser(tx, to))) throw new VitrineError('people/not-found', 'There is no such user.')
  const standings = await standingsOfLinks(
    tx,
    shareLinks.map(({ id, mode }) => ({ id, mode, holder: to })),
  )
  const closed = shareLinks.filter(({ id }) => standings.get(id)?.reasons.some(({ kind }) => kind !== 'gone'))
  if (closed.length > 0) {
    throw new VitrineError('access/denied', 'The new holder may not share all that these links show.', {
      links: closed.map(({ id, title }) => ({ id, title })),
      count: closed.length,
    })
  }
  for (const { id } of shareLinks) await updateShareLink(tx, id, { holder: to })
  if (shareLinks.length > 0) {
    await announceChange(tx, { shareLinksOf: [to, ...shareLinks.map(({ holder }) => holder)] })
  }
}
