import type { NodeId } from '@vitrine/domain'
import { sql } from 'kysely'
import type { Database } from '../db/open.ts'

/** In SQL, of `share_links`: neither revoked, nor expired, nor noted as suspended. */
const isLive = (now: number) =>
  sql`revoked_at is null and suspended_at is null and (expires_at is null or expires_at > ${new Date(now)})`

/** How many live links have each of the nodes among their targets. Nodes without any are missing. */
export async function countLinksOn(db: Database, nodes: readonly NodeId[], now: number): Promise<Map<NodeId, number>> {
  const { rows } = await sql<{ id: NodeId; count: number }>`
    select node_id as id, count(*) as count
    from share_link_targets join share_links on share_links.id = share_link_id
    where node_id = any(${nodes}::uuid[]) and ${isLive(now)}
    group by node_id`.execute(db)
  return new Map(rows.map(({ id, count }) => [id, count]))
}
