import type { NodeId } from '@vitrine/domain'
import { sql } from 'kysely'
import type { Database } from '../db/open.ts'
import { hasNotEnded } from './share-link-store.ts'

/**
 * How many live links, those not noted as suspended, have each of the nodes among their targets. Nodes without any are
 * missing.
 */
export async function countLinksOn(db: Database, nodes: readonly NodeId[], now: number): Promise<Map<NodeId, number>> {
  const { rows } = await sql<{ id: NodeId; count: number }>`
    select node_id as id, count(*) as count
    from share_link_targets join share_links on share_links.id = share_link_id
    where node_id = any(${nodes}::uuid[]) and ${hasNotEnded(now)} and suspended_at is null
    group by node_id`.execute(db)
  return new Map(rows.map(({ id, count }) => [id, count]))
}
