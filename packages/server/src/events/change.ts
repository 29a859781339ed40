import type { NodeId, PrincipalId } from '@vitrine/domain'

/** What has changed, told among the processes on one database: ids alone. */
export type Change =
  /** Something in a folder. With a node: that child of it alone, which may have left it. */
  | { readonly kind: 'folder'; readonly folder: NodeId; readonly node?: NodeId | undefined }
  /** A node itself: its name, place, content, access or renditions. */
  | { readonly kind: 'node'; readonly node: NodeId }
  /** Something of a person: share links that they hold, downloads, notices, imports and other work that they began. */
  | { readonly kind: PersonalKind; readonly person: PrincipalId }
  /** So much that nobody can say what. */
  | { readonly kind: 'all' }

/** Kinds of changes that concern a person, not a place. */
export const personalKinds = ['share-links', 'downloads', 'notices', 'work'] as const

/** One of {@link personalKinds}. */
export type PersonalKind = (typeof personalKinds)[number]
