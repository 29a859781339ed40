import type { NodeId, Subject } from '@vitrine/domain'
import { type Privileges, requireAmong, wayTo } from '../access/node-access.ts'
import type { Parts } from '../parts.ts'
import { countCoveringLinks } from '../share-links/list-covering-links.ts'
import { everyNode, type ListedNode, selectListed } from './children-store.ts'
import { requireNode } from './create-folder.ts'
import { type FactParts, factsOf, type NodeFacts } from './node-facts.ts'
import { lineOf, nodeByPath, type StoredNode } from './node-store.ts'

/** A node with all that is shown of it. */
export interface ViewedNode {
  readonly node: ListedNode
  /** The folders above it, the root first, and itself last. */
  readonly line: readonly StoredNode[]
  /** Those of the folders above it that somebody sees. */
  readonly ancestors: readonly StoredNode[]
  readonly privileges: Privileges
  readonly facts: NodeFacts
  /** How many live links show it. */
  readonly coveredBy: number
}

/**
 * A node that somebody may read.
 *
 * @throws {VitrineError} `node/not-found`
 */
export async function viewNode(parts: FactParts, subject: Subject, id: NodeId): Promise<ViewedNode> {
  const { db } = parts
  const way = await wayTo(db, subject, id)
  const privileges = requireAmong(way.at(-1)?.privileges, id, 'read')
  const node = requireNode((await selectListed(db, everyNode, [id]))[0])
  const line = await lineOf(db, id)
  const [facts, coveredBy] = await Promise.all([factsOf(parts, subject, [node]), countCoveringLinks(parts, id)])
  const seen = new Set(way.filter((step) => step.privileges.has('read')).map((step) => step.id))
  const ancestors = line.slice(0, -1).filter((folder) => seen.has(folder.id))
  return { node, line, ancestors, privileges, facts, coveredBy }
}

/**
 * The id of the node at a path. Nothing is said of rights.
 *
 * @param path from the root, with a slash before each name; one at the end does not matter
 * @throws {VitrineError} `node/not-found`
 */
export async function findNodeAt({ db }: Pick<Parts, 'db'>, path: string): Promise<NodeId> {
  const inner = path.replace(/^\//, '').replace(/\/$/, '')
  const names = inner === '' ? [] : inner.normalize('NFC').split('/')
  // PostgreSQL takes no NUL in a text, and no name has one.
  return requireNode(path.includes('\0') ? undefined : await nodeByPath(db, names)).id
}
