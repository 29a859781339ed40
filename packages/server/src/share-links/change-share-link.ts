import { chooseExpiry, VitrineError, type ShareLinkId } from '@vitrine/domain'
import { bumpAccessEpoch } from '../access/access-epoch-store.ts'
import { inTransaction } from '../db/transaction.ts'
import type { Parts } from '../parts.ts'
import { expiryPolicyOf, mayChooseNever } from './expiry-policy.ts'
import { lockedShareLink, type LinkUser } from './own-share-link.ts'
import { updateShareLink, type ShareLinkChange } from './share-link-store.ts'

/** What to change of a link; what is absent stays. `expiresAt` in ms since the Unix epoch, null: never. */
export type WantedChange = Omit<ShareLinkChange, 'holder'>

/**
 * Changes a link's expiry, settings or title; its URL stays. An expired link comes to life again by a later expiry.
 *
 * @throws {VitrineError} `share-link/not-found`, `access/denied`, `share-link/expiry-out-of-range`; `share-link/revoked`
 *   when it was revoked: that is for good
 */
export async function changeShareLink(
  parts: Pick<Parts, 'db' | 'clock' | 'config'>,
  user: LinkUser,
  id: ShareLinkId,
  wanted: WantedChange,
): Promise<void> {
  const { config } = parts
  await inTransaction(parts.db, async (tx) => {
    const shareLink = await lockedShareLink(tx, user, id, 'change')
    if (shareLink.revokedAt !== null) {
      throw new VitrineError('share-link/revoked', 'This share link was revoked. Make a new one.')
    }
    const { expiresAt, ...rest } = wanted
    const keepsExpiry = expiresAt === undefined || expiresAt === shareLink.expiresAt
    const chosen = keepsExpiry
      ? {}
      : {
          expiresAt: chooseExpiry(
            expiresAt,
            parts.clock(),
            expiryPolicyOf(config),
            mayChooseNever(config, user.subject),
          ),
        }
    await updateShareLink(tx, id, { ...rest, ...chosen })
    await bumpAccessEpoch(tx)
  })
}
