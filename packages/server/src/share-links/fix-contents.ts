import { VitrineError, type NodeId, type ShareLinkId, type ShareLinkMode, type Subject } from '@vitrine/domain'
import type { Transaction } from '../db/open.ts'
import { deleteContents, insertContents } from './link-contents-store.ts'
import { isShown } from './link-standing.ts'
import { surveyTargets } from './survey-targets.ts'

/**
 * Nodes that one link can hold fixed: writing 100,000 of them down takes some two seconds, during which they cannot be
 * changed.
 */
const mostFixed = 250_000

/** A link whose contents are to be fixed. */
export interface LinkToFix {
  readonly id: ShareLinkId
  readonly mode: Exclude<ShareLinkMode, 'live'>
  readonly targets: readonly NodeId[]
}

/**
 * Fixes what a link shows: all that its visitors can come by now through its holder's rights, and nothing else for ever.
 * What was fixed before is forgotten.
 *
 * @throws {VitrineError} `share-link/too-many-items`
 */
export async function fixContents(tx: Transaction, holder: Subject, shareLink: LinkToFix): Promise<void> {
  const { id, mode, targets } = shareLink
  const zones = await surveyTargets(tx, holder, targets)
  const hidden = zones.filter(({ privileges }) => !isShown(privileges)).map((zone) => zone.id)
  await deleteContents(tx, [id])
  const contents = { shareLink: id, mode }
  if ((await insertContents(tx, contents, { targets, hidden }, mostFixed)) <= mostFixed) return
  throw new VitrineError(
    'share-link/too-many-items',
    `A link that shows things as they are now can hold ${mostFixed.toLocaleString('en')} of them. Share fewer, or what is in the folders then.`,
    { limit: mostFixed },
  )
}
