import type { Acl, NodeId } from '@vitrine/domain'
import type { Database } from '../db/open.ts'
import { entriesOf, listedAncestors, placesOf } from './access-store.ts'

/** The access control lists that decide about a node, whoever asks. */
export interface AclsOnTheWay {
  /** From the root (first) to the node itself (last); undefined when there is no such node or it lies in the trash. */
  readonly path: readonly Acl[] | undefined
  /** The node's own, wherever it lies; empty also when there is no such node. */
  readonly own: Acl
}

/**
 * The lists that decide about each of many nodes, for many subjects: what one of them may do, `effectivePrivileges` of
 * the path says. Each id asked for is in the answer. Three queries.
 */
export async function aclsOnTheWay(db: Database, ids: readonly NodeId[]): Promise<ReadonlyMap<NodeId, AclsOnTheWay>> {
  const places = await placesOf(db, ids, 'met')
  const chains = await listedAncestors(db, [...new Set(places.map(({ folder }) => folder))], 'met')
  const acls = await entriesOf(db, [...new Set([...chains.values(), ids].flat())])
  const ownOf = (id: NodeId) => acls.get(id) ?? []
  const found = new Map<NodeId, AclsOnTheWay>(ids.map((id) => [id, { path: undefined, own: ownOf(id) }]))
  for (const { id, folder } of places) {
    const chain = chains.get(folder)
    if (!chain) continue
    // A folder with entries is the last of its chain itself.
    const path = [...chain.map(ownOf), ...(id === folder ? [] : [ownOf(id)])]
    found.set(id, { path, own: ownOf(id) })
  }
  return found
}
