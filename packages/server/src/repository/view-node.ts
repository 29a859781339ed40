import type { NodeId, Subject } from '@vitrine/domain'
import { type Privileges, privilegesOnAll, requirePrivilege } from '../access/node-access.ts'
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
  const privileges = await requirePrivilege(db, subject, id, 'read')
  const node = requireNode((await selectListed(db, everyNode, [id]))[0])
  const line = await lineOf(db, id)
  const ids = line.map((one) => one.id)
  const [access, facts, coveredBy] = await Promise.all([
    privilegesOnAll(db, subject, ids.slice(0, -1)),
    factsOf(parts, subject, [node]),
    countCoveringLinks(parts, id),
  ])
  const ancestors = line.slice(0, -1).filter((folder) => access.get(folder.id)?.has('read'))
  return { node, line, ancestors, privileges, facts, coveredBy }
}

/**
 * The id of the node at a path, which somebody may read.
 *
 * @param path from the root, with a slash before each name; one at the end does not matter
 * @throws {VitrineError} `node/not-found`
 */
export async function findNodeAt({ db }: Pick<Parts, 'db'>, subject: Subject, path: string): Promise<NodeId> {
  const inner = path.replace(/^\//, '').replace(/\/$/, '')
  const names = inner === '' ? [] : inner.normalize('NFC').split('/')
  // PostgreSQL takes no NUL in a text, and no name has one.
  const { id } = requireNode(path.includes('\0') ? undefined : await nodeByPath(db, names))
  await requirePrivilege(db, subject, id, 'read')
  return id
}
