import type { NodeId } from '@vitrine/domain'
import type { Parts } from '../parts.ts'
import { countLinksOn } from './live-link-store.ts'

/**
 * How many live links share each of the nodes itself; nodes that none shares are missing. One query.
 *
 * That a link is suspended counts from when its holder was told, a moment after it happened.
 */
export async function liveLinksOn(
  { db, clock }: Pick<Parts, 'db' | 'clock'>,
  nodes: readonly NodeId[],
): Promise<ReadonlyMap<NodeId, number>> {
  return nodes.length === 0 ? new Map() : countLinksOn(db, nodes, clock())
}
