import type { BlobHash, NodeId, PixelSize, PublicItemId } from '@vitrine/domain'
import type { ItemSort } from '@vitrine/api/public'
import type { LinkContents } from './link-contents-store.ts'

/** A folder or an asset that a link shows, as it is now. */
export interface ViewedNode {
  readonly id: NodeId
  readonly publicId: PublicItemId
  readonly kind: 'folder' | 'asset'
  /** Null for the repository's root. */
  readonly parent: NodeId | null
  readonly name: string
  /** In bytes; 0 for a folder. */
  readonly size: number
  /** Empty for a folder. */
  readonly mediaType: string
  /** In ms since the Unix epoch. */
  readonly modifiedAt: number
  /** Null for a folder. */
  readonly blob: BlobHash | null
  /** Of the picture as it is shown; null where that is not known (yet), or it is none. */
  readonly pixels: PixelSize | null
  /** Has access control entries of its own, so that its parent's standing says nothing about it. */
  readonly hasAcl: boolean
  /** Orders siblings by name. */
  readonly sortKey: string
}

/** What the link gives of one node. */
export interface Offer {
  /** The link shows it: below a target, not in the trash, and its holder may read and share it. */
  readonly shown: boolean
  /** Its original may be downloaded. */
  readonly originals: boolean
  /** Its renditions may be downloaded. (A thumbnail is shown wherever the node is.) */
  readonly renditions: boolean
}

/** A part of a folder's children. */
export interface ChildrenQuery {
  readonly sort: ItemSort
  /** Only names that hold this text, whatever its case; empty: all. */
  readonly filter: string
  /** At most so many. */
  readonly limit: number
  /** `next` of the page before. Wins over `offset`. */
  readonly cursor?: string | undefined
  /** So many are left out first. */
  readonly offset?: number | undefined
}

/** Children of a folder, or the link's targets. */
export interface ChildrenPage {
  readonly nodes: readonly ViewedNode[]
  /** How many there are in all, with the filter. Exact. */
  readonly total: number
  /** Where the next page begins; null after the last. Holds no id that is of use elsewhere. */
  readonly next: string | null
}

/**
 * What a link shows now, through its holder's rights.
 *
 * It belongs to one access epoch: make it anew for each request. All look-ups take a bounded number of queries, however
 * many nodes there are.
 */
export interface LinkView {
  /** Which nodes it can show at all. */
  readonly contents: LinkContents
  /**
   * Where visitors begin: the targets that the link shows, each as its visitors first meet it (one inside another shown
   * target is met there); and what was moved out of them since the contents were fixed.
   */
  targets(): Promise<ViewedNode[]>
  /** The same, in pages. */
  targetsPage(query: ChildrenQuery): Promise<ChildrenPage>
  /**
   * The children that the link shows of a folder it shows.
   *
   * @throws {VitrineError} `request/invalid` for a cursor that is none
   */
  children(folder: NodeId, query: ChildrenQuery): Promise<ChildrenPage>
  /**
   * The node that a visitor means.
   *
   * @throws {VitrineError} `item/not-found` also when the link does not show it
   */
  item(publicId: string): Promise<ViewedNode>
  /** Whether the link shows the node. */
  contains(node: NodeId): Promise<boolean>
  mayOriginals(node: NodeId): Promise<boolean>
  mayRenditions(node: NodeId): Promise<boolean>
  /**
   * What the link gives of each of the nodes, in a constant number of queries. Nodes that do not exist are not shown.
   *
   * For an asset without entries of its own it is what its folder gets, if its folder is shown and it is shown in it: ask for
   * folders once, and for the rest by {@link ViewedNode.hasAcl}.
   */
  offers(nodes: readonly NodeId[]): Promise<ReadonlyMap<NodeId, Offer>>
  /**
   * Those of the nodes that the link can show and that are not in the trash: a folder's children need not be among them
   * when it is. Rights are not looked at.
   */
  held(nodes: readonly NodeId[]): Promise<ReadonlySet<NodeId>>
  /** What the holder's rights let the link give of each of the nodes, if it can show them: see {@link held}. */
  rights(nodes: readonly NodeId[]): Promise<ReadonlyMap<NodeId, Offer>>
  /** How many children the link shows of each of the folders, in a constant number of queries. */
  childCounts(folders: readonly NodeId[]): Promise<ReadonlyMap<NodeId, number>>
  /** The assets that come before and after an asset, by name, where a visitor meets it; none for a folder. */
  neighbours(node: ViewedNode): Promise<{ readonly previous?: NodeId; readonly next?: NodeId }>
  /** Ancestors of a node that a visitor can go through, outermost first, itself last. */
  path(node: ViewedNode): Promise<ViewedNode[]>
  publicId(node: NodeId): PublicItemId
}
