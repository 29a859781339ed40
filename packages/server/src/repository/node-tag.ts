import { createHash } from 'node:crypto'
import { VitrineError } from '@vitrine/domain'
import type { StoredNode } from './node-store.ts'

/** What a node's state is made of: its content, its place and its name. */
export type TaggedState = Pick<StoredNode, 'id' | 'version' | 'parent' | 'name'>

/** Entity tags of states that somebody has seen; undefined: whatever the state is will do. */
export type SeenTags = readonly string[] | undefined

/** The strong entity tag of a node's state, with its quotes. */
export function nodeTag({ id, version, parent, name }: TaggedState): string {
  const digest = createHash('sha256')
    .update(JSON.stringify([id, version, parent, name]))
    .digest('base64url')
  return `"n-${digest.slice(0, 22)}"`
}

/**
 * Lets through who has seen a node as it is now.
 *
 * @throws {VitrineError} `node/changed`
 */
export function requireSeen(node: TaggedState, seen: SeenTags): void {
  if (seen !== undefined && !seen.includes(nodeTag(node))) throw changedMeanwhile(node)
}

/**
 * Lets through who has seen the present content of an asset: by the node's tag, or by that of the content itself.
 *
 * @throws {VitrineError} `node/changed`
 */
export function requireContentSeen(asset: TaggedState, seen: SeenTags): void {
  if (seen !== undefined && !seen.includes(`"${asset.version}"`)) requireSeen(asset, seen)
}

/** What somebody wants to take back is not as it was left. */
export function changedSince({ id, name }: Pick<StoredNode, 'id' | 'name'>): VitrineError {
  return new VitrineError('node/changed', `"${name}" was changed since.`, { nodeId: id })
}

function changedMeanwhile({ id, name }: TaggedState): VitrineError {
  return new VitrineError('node/changed', `"${name}" was changed meanwhile. Look at it again first.`, { nodeId: id })
}
