import { chooseExpiry, latestExpiry, type NodeId, type ShareLinkId } from '@vitrine/domain'
import type { Parts } from '../parts.ts'
import { requireShareable } from './create-share-link.ts'
import { expiryPolicyOf, mayChooseNever } from './expiry-policy.ts'
import type { LinkUser } from './own-share-link.ts'
import { completeShareLinks, type FoundShareLink } from './present-share-links.ts'
import { draftLifetime, draftProof } from './share-link-draft.ts'
import { selectSame } from './share-link-store.ts'

/** A link that can be made, with what its dialog shows. Instants in ms since the Unix epoch. */
export interface DraftedShareLink {
  readonly id: ShareLinkId
  /** See `share-link-draft.ts`. */
  readonly draft: string
  readonly draftExpiresAt: number
  /** What a link gets for which none is chosen. */
  readonly expiresAt: number
  readonly latestExpiresAt: number
  readonly mayNeverExpire: boolean
  /** The newest link that opens and that this person holds on the same targets. */
  readonly existing: FoundShareLink | undefined
}

/**
 * Chooses the id, and so the URL, of a link that somebody may make. Writes nothing: a dialog that is closed again has made
 * nothing.
 *
 * @throws {VitrineError} `node/not-found`, `access/denied` for a target that they may not share
 */
export async function draftShareLink(
  parts: Pick<Parts, 'db' | 'clock' | 'newId' | 'config' | 'keys'>,
  { userId, subject }: LinkUser,
  targets: readonly NodeId[],
): Promise<DraftedShareLink> {
  const now = parts.clock()
  const chosen = [...new Set(targets)]
  await requireShareable(parts.db, subject, chosen)
  const policy = expiryPolicyOf(parts.config)
  const id = parts.newId() as ShareLinkId
  const until = now + draftLifetime
  return {
    id,
    draft: draftProof(parts.keys, { id, user: userId, until }),
    draftExpiresAt: until,
    expiresAt: chooseExpiry(undefined, now, policy, false) ?? now,
    latestExpiresAt: latestExpiry(now, policy),
    mayNeverExpire: mayChooseNever(parts.config, subject),
    existing: await openLinkOn(parts, userId, chosen, now),
  }
}

async function openLinkOn(
  { db }: Pick<Parts, 'db'>,
  holder: LinkUser['userId'],
  targets: readonly NodeId[],
  now: number,
): Promise<FoundShareLink | undefined> {
  const same = await selectSame(db, { holder, targets }, now)
  const [found] = same === undefined ? [] : await completeShareLinks(db, [same])
  return found?.standing.reasons.length === 0 ? found : undefined
}
