import type { NodeId } from '@vitrine/domain'
import { requirePrivilege } from '../access/node-access.ts'
import type { Parts } from '../parts.ts'
import { linksThatShow } from './link-standing.ts'
import { requireMayListAll } from './list-share-links.ts'
import type { LinkUser } from './own-share-link.ts'
import { completeShareLinks, type FoundShareLink } from './present-share-links.ts'
import { selectHolding } from './share-link-list-store.ts'
import type { StoredShareLink } from './share-link-store.ts'

/** Where a node is shown. */
export interface CoveringLinks {
  /** Those that whoever asks may know, the newest first, at most so many as were asked for. */
  readonly shareLinks: readonly FoundShareLink[]
  /** How many these are in all. */
  readonly total: number
  /** How many there are beyond these. */
  readonly others: number
}

/**
 * The links that open now and show a node: it is their target, lies below one, or was fixed for them; and their holder may
 * share it. Of others' links whoever asks learns how many there are.
 *
 * @throws {VitrineError} `node/not-found`; `access/denied` for everybody's without `share-links/view-all`
 */
export async function listCoveringLinks(
  parts: Pick<Parts, 'db' | 'clock'>,
  user: LinkUser,
  node: NodeId,
  wanted: { readonly all: boolean; readonly limit: number },
): Promise<CoveringLinks> {
  requireMayListAll(user, wanted)
  await requirePrivilege(parts.db, user.subject, node, 'read')
  const covering = await coveringLinks(parts, node)
  const known = covering.filter(({ holder }) => wanted.all || holder === user.userId)
  return {
    shareLinks: await completeShareLinks(parts.db, known.slice(0, wanted.limit)),
    total: known.length,
    others: covering.length - known.length,
  }
}

/** How many links that open now show a node, whoever holds them. */
export async function countCoveringLinks(parts: Pick<Parts, 'db' | 'clock'>, node: NodeId): Promise<number> {
  return (await coveringLinks(parts, node)).length
}

async function coveringLinks({ db, clock }: Pick<Parts, 'db' | 'clock'>, node: NodeId): Promise<StoredShareLink[]> {
  return linksThatShow(db, await selectHolding(db, node, clock()), node)
}
