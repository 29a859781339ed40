import { chooseExpiry, VitrineError, type ShareLinkId } from '@vitrine/domain'
import { bumpAccessEpoch } from '../access/access-epoch-store.ts'
import { subjectOf } from '../access/subject-store.ts'
import type { Transaction } from '../db/open.ts'
import { inTransaction } from '../db/transaction.ts'
import { announceChange } from '../events/announce-change.ts'
import type { Parts } from '../parts.ts'
import { expiryPolicyOf, mayChooseNever } from './expiry-policy.ts'
import { fixContents } from './fix-contents.ts'
import { deleteContents, pinVersions, unpinVersions } from './link-contents-store.ts'
import { lockedShareLink, type LinkUser } from './own-share-link.ts'
import { selectTargets, updateShareLink, type ShareLinkChange, type StoredShareLink } from './share-link-store.ts'
import { requireUnchanged } from './share-link-tag.ts'

/** What to change of a link; what is absent stays. `expiresAt` in ms since the Unix epoch, null: never. */
export interface WantedChange extends Omit<ShareLinkChange, 'holder' | 'frozenAt'> {
  /** Fixes the contents anew, as they are now. */
  readonly freezeAgain: boolean
}

/**
 * Changes a link's expiry, settings, audience, mode or title; its URL stays. An expired link comes to life again by a later
 * expiry.
 *
 * A link whose contents were fixed keeps them when versions are pinned, or are not any more: only `freezeAgain` lets it
 * show what it did not show before, or the way back to `live`.
 *
 * @param ifMatch undefined: whatever the link is now; else only when it still has one of these tags
 * @throws {VitrineError} `share-link/not-found`, `access/denied`, `share-link/expiry-out-of-range`, `share-link/changed`,
 *   `share-link/too-many-items`; `request/invalid` for a live link that is to be frozen again; `share-link/revoked` when it
 *   was revoked: that is for good
 */
export async function changeShareLink(
  parts: Pick<Parts, 'db' | 'clock' | 'config'>,
  user: LinkUser,
  id: ShareLinkId,
  { freezeAgain, ...wanted }: WantedChange,
  ifMatch: readonly string[] | undefined,
): Promise<void> {
  await inTransaction(parts.db, async (tx) => {
    const shareLink = await lockedShareLink(tx, user, id, 'change')
    requireUnchanged(shareLink, ifMatch)
    if (shareLink.revokedAt !== null) {
      throw new VitrineError('share-link/revoked', 'This share link was revoked. Make a new one.')
    }
    const change = { ...wanted, ...expiryOf(parts, user, shareLink, wanted) }
    const mode = wanted.mode ?? shareLink.mode
    const frozenAt = await changeContents(tx, shareLink, mode, freezeAgain, parts.clock())
    await updateShareLink(tx, id, { ...change, ...(frozenAt !== undefined && { frozenAt }) })
    await announceChange(tx, { shareLinksOf: [shareLink.holder] })
    await bumpAccessEpoch(tx)
  })
}

function expiryOf(
  parts: Pick<Parts, 'clock' | 'config'>,
  { subject }: LinkUser,
  shareLink: StoredShareLink,
  { expiresAt }: Pick<ShareLinkChange, 'expiresAt'>,
): Pick<ShareLinkChange, 'expiresAt'> {
  const { config } = parts
  if (expiresAt === undefined || expiresAt === shareLink.expiresAt) return {}
  return {
    expiresAt: chooseExpiry(expiresAt, parts.clock(), expiryPolicyOf(config), mayChooseNever(config, subject)),
  }
}

/** Brings a link's contents into a mode. @returns when they were fixed, when that changes */
async function changeContents(
  tx: Transaction,
  shareLink: StoredShareLink,
  mode: StoredShareLink['mode'],
  freezeAgain: boolean,
  now: number,
): Promise<number | null | undefined> {
  const { id, holder } = shareLink
  if (mode === 'live') {
    if (freezeAgain) {
      throw new VitrineError('request/invalid', 'Only what is not shown live can be frozen again.', {
        field: 'freezeAgain',
      })
    }
    if (shareLink.mode === 'live') return undefined
    await deleteContents(tx, [id])
    return null
  }
  if (shareLink.mode === 'live' || freezeAgain) {
    const targets = (await selectTargets(tx, [id])).get(id)?.map((target) => target.id) ?? []
    await fixContents(tx, await subjectOf(tx, holder), { id, mode, targets })
    return now
  }
  if (mode === shareLink.mode) return undefined
  if (mode === 'versions') {
    await pinVersions(tx, id)
    return now
  }
  await unpinVersions(tx, id)
  return undefined
}
