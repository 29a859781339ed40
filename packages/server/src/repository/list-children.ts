import type { ItemSort } from '@vitrine/api/public'
import { type NodeId, type Subject } from '@vitrine/domain'
import type { Privileges } from '../access/node-access.ts'
import type { Database, Transaction } from '../db/open.ts'
import type { Parts } from '../parts.ts'
import { allIds } from './all-ids.ts'
import { plainId } from './children-cursor.ts'
import { countBefore, everyNode, selectIds, selectNeighbour } from './children-store.ts'
import { notAnAsset, requireFolder } from './ingest-files.ts'
import { type FactParts, factsOf, type NodeFacts } from './node-facts.ts'
import { lineOf, pathOfLine, type StoredNode } from './node-store.ts'
import { type PageOfNodes, pageOfNodes, type WantedPage } from './page-of-nodes.ts'
import { readNode } from './read-node.ts'
import { isRead, seenChildren } from './seen-children.ts'

/** A page of a folder's children, and what is known of them. */
export interface ViewedChildren extends PageOfNodes {
  /** Path of the folder. */
  readonly path: string
  readonly facts: NodeFacts
  /** What somebody may do with a child: the same set for all that have the same rights. */
  readonly mayDo: (child: NodeId) => Privileges
}

/**
 * The children of a folder that somebody may read.
 *
 * @throws {VitrineError} `node/not-found`, `node/not-a-folder`, `request/invalid` for a cursor that is none
 */
export async function listChildren(
  parts: FactParts,
  subject: Subject,
  folder: NodeId,
  wanted: WantedPage,
): Promise<ViewedChildren> {
  const { db } = parts
  requireFolder(await readNode(db, subject, folder), folder)
  const { scope, inherited, exceptions } = await seenChildren(db, subject, folder, isRead)
  const page = await pageOfNodes(db, everyNode, scope, wanted, { nameOf: (id) => id, idOf: plainId })
  const facts = await factsOf(parts, subject, page.nodes)
  const path = pathOfLine(await lineOf(db, folder))
  return { ...page, path, facts, mayDo: (child) => exceptions.get(child) ?? inherited }
}

/**
 * The ids of all children of a folder that somebody may read and whose names hold a text, in the order of their ids.
 *
 * @param filter empty: all
 * @throws {VitrineError} `node/not-found`, `node/not-a-folder`
 */
export async function* idsOfChildren(
  db: Database | Transaction,
  subject: Subject,
  folder: NodeId,
  filter: string,
): AsyncGenerator<readonly NodeId[]> {
  requireFolder(await readNode(db, subject, folder), folder)
  const { scope } = await seenChildren(db, subject, folder, isRead)
  yield* allIds((piece) => selectIds(db, scope, filter, piece))
}

/** The assets before and after another one. */
export interface FoundNeighbours {
  readonly previous: StoredNode | undefined
  readonly next: StoredNode | undefined
  /** How many there are before it. */
  readonly before: number
}

/**
 * The assets before and after one that somebody may read, among those of its folder that they see.
 *
 * @param filter only names that hold this text; the asset itself need not
 * @throws {VitrineError} `node/not-found`, `node/not-an-asset`
 */
export async function findNeighbours(
  { db }: Pick<Parts, 'db'>,
  subject: Subject,
  id: NodeId,
  { sort, filter }: { readonly sort: ItemSort; readonly filter: string },
): Promise<FoundNeighbours> {
  const asset = await readNode(db, subject, id)
  if (asset.kind === 'folder' || asset.parent === null) throw notAnAsset(asset)
  const { scope } = await seenChildren(db, subject, asset.parent, isRead)
  const [previous, next, before] = await Promise.all([
    selectNeighbour(db, everyNode, scope, asset, { sort, filter, backwards: true }),
    selectNeighbour(db, everyNode, scope, asset, { sort, filter, backwards: false }),
    countBefore(db, scope, asset, { sort, filter }),
  ])
  return { previous, next, before }
}
