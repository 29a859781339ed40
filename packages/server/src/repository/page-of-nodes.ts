import type { ItemSort } from '@vitrine/api/public'
import type { NodeId } from '@vitrine/domain'
import type { Database } from '../db/open.ts'
import { cursorAfter, readCursor } from './children-cursor.ts'
import { countNodes, type ListedNode, type NodeSource, type Scope, selectPage } from './children-store.ts'
import type { StoredNode } from './node-store.ts'

/** A page that somebody wants of a list of nodes. Folders come first in each order. */
export interface WantedPage {
  readonly sort: ItemSort
  /** Only names that hold this text, whatever its case; empty: all. */
  readonly filter: string
  /** Only nodes of this kind. */
  readonly kind?: StoredNode['kind'] | undefined
  /** At most so many. */
  readonly limit: number
  /** `next` of the page before. Wins over `offset`. */
  readonly cursor?: string | undefined
  /** So many are left out first. */
  readonly offset?: number | undefined
}

/** A page of a list of nodes. */
export interface PageOfNodes {
  readonly nodes: readonly ListedNode[]
  /** How many there are in all, with the filter and of the kind. Exact. */
  readonly total: number
  /** Where the next page begins; null after the last. */
  readonly next: string | null
}

/** What a cursor calls a node, and which node it calls so. */
export interface CursorNames {
  readonly nameOf: (id: NodeId) => string
  readonly idOf: (name: string) => string | undefined
}

/**
 * A page of the nodes of a scope.
 *
 * @throws {VitrineError} `request/invalid` for a cursor that is none
 */
export async function pageOfNodes(
  db: Database,
  source: NodeSource,
  scope: Scope,
  wanted: WantedPage,
  { nameOf, idOf }: CursorNames,
): Promise<PageOfNodes> {
  const { sort, filter, kind, limit, cursor, offset = 0 } = wanted
  const start = cursor === undefined ? undefined : readCursor(cursor, sort, idOf)
  const counts = await countNodes(db, source, scope, filter)
  // One more than is answered tells whether there is another page.
  const read = await selectPage(db, source, scope, { sort, filter, kind, limit: limit + 1, start, offset, counts })
  const last = read.length > limit ? read[limit - 1] : undefined
  return {
    nodes: read.slice(0, limit),
    total: kind === undefined ? counts.folder + counts.asset : counts[kind],
    next: last ? cursorAfter(last, sort, nameOf) : null,
  }
}
