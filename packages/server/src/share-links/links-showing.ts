import type { NodeId } from '@vitrine/domain'
import type { Parts } from '../parts.ts'
import { linksThatShow } from './link-standing.ts'
import { type LinkUser, mayWithLink } from './own-share-link.ts'
import { selectLiveAbove, type StoredShareLink } from './share-link-store.ts'

/** Links that are looked at: more are not counted. */
const most = 1000

/** The live links that show what a folder holds, to whoever has them. */
export interface LinksShowing {
  readonly count: number
  /** Those of them that the asker may see, the newest first. */
  readonly seen: readonly Pick<StoredShareLink, 'id' | 'title'>[]
}

/**
 * The live links through which a folder can be seen: those that have it, or a folder above it, as a target, and whose
 * holder may share it. Somebody who puts something into it tells these visitors; so the number is told whoever asks,
 * and the titles to those who may see the links.
 */
export async function linksShowing(
  { db, clock }: Pick<Parts, 'db' | 'clock'>,
  user: LinkUser,
  folder: NodeId,
): Promise<LinksShowing> {
  const candidates = await selectLiveAbove(db, folder, clock(), most)
  const showing = await linksThatShow(db, candidates, folder)
  const seen = showing.filter((one) => mayWithLink(user, one, 'see'))
  return {
    count: showing.length,
    seen: seen.map(({ id, title }) => ({ id, title })),
  }
}
