import type { BlobHash, NodeId, Subject } from '@vitrine/domain'
import type { Parts } from '../parts.ts'
import { hurryRenditions } from '../renditions/hurry-renditions.ts'
import type { Renditions } from '../renditions/rendition-store.ts'
import { renditionsOf } from '../renditions/renditions-of.ts'
import { liveLinksOn } from '../share-links/live-links.ts'
import { everyNode, type ListedNode } from './children-store.ts'
import { countChildren, isRead } from './seen-children.ts'

/** What is known of nodes beyond their rows. */
export interface NodeFacts {
  readonly renditions: ReadonlyMap<BlobHash, Renditions>
  /** How many children somebody sees, of folders. */
  readonly children: ReadonlyMap<NodeId, number>
  /** How many live links share a node itself; missing: none. */
  readonly liveLinks: ReadonlyMap<NodeId, number>
}

/** What finding them needs. */
export type FactParts = Pick<Parts, 'db' | 'queue' | 'clock' | 'log'>

/** Finds the facts about nodes that somebody looks at, in a constant number of queries. Their thumbnails are made first. */
export async function factsOf(parts: FactParts, subject: Subject, nodes: readonly ListedNode[]): Promise<NodeFacts> {
  const folders = nodes.filter(({ kind }) => kind === 'folder').map(({ id }) => id)
  const blobs = [...new Set(nodes.flatMap(({ blob }) => blob ?? []))]
  const [renditions, children, liveLinks] = await Promise.all([
    renditionsOf(parts.db, blobs),
    countChildren(parts.db, everyNode, subject, folders, isRead),
    liveLinksOn(
      parts,
      nodes.map(({ id }) => id),
    ),
  ])
  hurryRenditions(parts, renditions)
  return { renditions, children, liveLinks }
}
