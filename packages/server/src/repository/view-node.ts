import type { NodeId, Subject } from '@vitrine/domain'
import { childAccess, privilegesOnAll, requirePrivilege } from '../access/node-access.ts'
import type { Parts } from '../parts.ts'
import { type ChildrenPage, childrenPage, type ChildrenQuery } from './children-store.ts'
import { requireNode } from './create-folder.ts'
import { requireFolder } from './ingest-files.ts'
import { lineOf, nodeById, nodeByPath, pathOfLine, type StoredNode } from './node-store.ts'

/** A node, and its path for people. */
export interface ViewedNode {
  readonly node: StoredNode
  readonly path: string
}

/** A node, its path, and the folders that it lies in, the outermost first, as far as somebody may read them. */
export interface ViewedInPlace extends ViewedNode {
  readonly ancestors: readonly StoredNode[]
}

/**
 * A node that somebody may read.
 *
 * @throws {VitrineError} `node/not-found`
 */
export async function viewNode({ db }: Pick<Parts, 'db'>, subject: Subject, id: NodeId): Promise<ViewedInPlace> {
  await requirePrivilege(db, subject, id, 'read')
  const line = await lineOf(db, id)
  const above = line.slice(0, -1)
  const privileges = await privilegesOnAll(
    db,
    subject,
    above.map((node) => node.id),
  )
  const ancestors = above.filter((node) => privileges.get(node.id)?.has('read'))
  return { node: requireNode(line.at(-1)), path: pathOfLine(line), ancestors }
}

/**
 * The node at a path, that somebody may read.
 *
 * @param path from the root, with a slash before each name; one at the end does not matter
 * @throws {VitrineError} `node/not-found`
 */
export async function viewNodeAt({ db }: Pick<Parts, 'db'>, subject: Subject, path: string): Promise<ViewedNode> {
  const inner = path.replace(/^\//, '').replace(/\/$/, '')
  const names = inner === '' ? [] : inner.normalize('NFC').split('/')
  // PostgreSQL takes no NUL in a text, and no name has one.
  const node = requireNode(path.includes('\0') ? undefined : await nodeByPath(db, names))
  await requirePrivilege(db, subject, node.id, 'read')
  return { node, path: `/${names.join('/')}` }
}

/** A page of a folder's children, and the folder's path. */
export interface ViewedChildren extends ChildrenPage {
  readonly path: string
}

/**
 * The children of a folder that somebody may read.
 *
 * @throws {VitrineError} `node/not-found`, `node/not-a-folder`, `request/invalid` for a cursor that is none
 */
export async function viewChildren(
  { db }: Pick<Parts, 'db'>,
  subject: Subject,
  folder: NodeId,
  query: ChildrenQuery,
): Promise<ViewedChildren> {
  await requirePrivilege(db, subject, folder, 'read')
  requireFolder(await nodeById(db, folder), folder)
  const access = await childAccess(db, subject, folder)
  const inherited = access.inherited.has('read')
  const exceptions = [...access.exceptions].filter(([, own]) => own.has('read') !== inherited).map(([id]) => id)
  const page = await childrenPage(db, folder, query, { inherited, exceptions })
  return { ...page, path: pathOfLine(await lineOf(db, folder)) }
}
