import { VitrineError, type NodeId } from '@vitrine/domain'
import {
  childAccess,
  folderAccess,
  privilegesOnAll,
  wayTo,
  type Privileges,
  type WayStep,
} from '../access/node-access.ts'
import { batches } from '../batches.ts'
import type { Database } from '../db/open.ts'
import { cursorAfter, readCursor } from './children-cursor.ts'
import { isShown, type LinkStanding } from './link-standing.ts'
import { selectHeld, type LinkContents } from './link-contents-store.ts'
import type { ChildrenPage, ChildrenQuery, LinkView, Offer, ViewedNode } from './link-view.ts'
import {
  countNodes,
  countPlainChildren,
  selectChildrenWithAcl,
  selectNeighbour,
  selectNodes,
  selectPage,
  type ReadNode,
  type Scope,
} from './link-view-store.ts'
import type { PublicIds } from './public-ids.ts'
import type { StoredShareLink } from './share-link-store.ts'

/** What a view is made of. */
export interface ViewSource {
  readonly db: Database
  readonly shareLink: Pick<StoredShareLink, 'originals' | 'renditions'>
  readonly standing: LinkStanding
  readonly contents: LinkContents
  /** Where visitors begin. */
  readonly outermost: readonly NodeId[]
  readonly ids: PublicIds
}

/** Ids in one query at most. */
const batch = 5000

/** Makes the view of a link that opens. */
export function makeLinkView(source: ViewSource): LinkView {
  return new HolderView(source)
}

/** Looks through the holder's rights at each call. */
class HolderView implements LinkView {
  readonly #source: ViewSource

  constructor(source: ViewSource) {
    this.#source = source
  }

  get contents(): LinkContents {
    return this.#source.contents
  }

  async targets(): Promise<ViewedNode[]> {
    const { db, contents, outermost } = this.#source
    const found = new Map((await selectNodes(db, contents, outermost)).map((node) => [node.id, this.#viewed(node)]))
    return outermost.map((id) => found.get(id)).filter((node) => node !== undefined)
  }

  targetsPage(query: ChildrenQuery): Promise<ChildrenPage> {
    return this.#page({ nodes: this.#source.outermost }, query)
  }

  async children(folder: NodeId, query: ChildrenQuery): Promise<ChildrenPage> {
    return this.#page(await this.#scopeOf(folder), query)
  }

  async item(publicId: string): Promise<ViewedNode> {
    const { db, contents, ids } = this.#source
    const meant = ids.nodesOf(publicId)
    const [[node], shown] = await Promise.all([
      selectNodes(db, contents, meant),
      Promise.all(meant.map((id) => this.contains(id))),
    ])
    if (node === undefined || !shown[meant.indexOf(node.id)]) {
      throw new VitrineError('item/not-found', 'This is not, or no longer, part of the link.')
    }
    return this.#viewed(node)
  }

  async contains(node: NodeId): Promise<boolean> {
    return (await this.#offer(node)).shown
  }

  async mayOriginals(node: NodeId): Promise<boolean> {
    return (await this.#offer(node)).originals
  }

  async mayRenditions(node: NodeId): Promise<boolean> {
    return (await this.#offer(node)).renditions
  }

  async offers(nodes: readonly NodeId[]): Promise<ReadonlyMap<NodeId, Offer>> {
    const offers = new Map<NodeId, Offer>(nodes.map((id) => [id, nothing]))
    for (const [id, offer] of await this.rights([...(await this.held(nodes))])) offers.set(id, offer)
    return offers
  }

  async held(nodes: readonly NodeId[]): Promise<ReadonlySet<NodeId>> {
    const { db, contents, standing } = this.#source
    const targets = standing.targets.map(({ id }) => id)
    const held = new Set<NodeId>()
    for (const some of batches(nodes, batch)) {
      for (const id of await selectHeld(db, contents, targets, some)) held.add(id)
    }
    return held
  }

  async rights(nodes: readonly NodeId[]): Promise<ReadonlyMap<NodeId, Offer>> {
    const { db, standing } = this.#source
    const privileges = await privilegesOnAll(db, standing.holder, nodes)
    return new Map(nodes.map((id) => [id, this.#offerOf(privileges.get(id))]))
  }

  async childCounts(folders: readonly NodeId[]): Promise<ReadonlyMap<NodeId, number>> {
    if (folders.length === 0) return new Map()
    const { db, contents, standing } = this.#source
    const [inherited, plain, withAcl] = await Promise.all([
      folderAccess(db, standing.holder, folders),
      countPlainChildren(db, contents, folders),
      selectChildrenWithAcl(db, contents, folders),
    ])
    const own = await privilegesOnAll(
      db,
      standing.holder,
      withAcl.map(({ id }) => id),
    )
    const counts = new Map(
      folders.map((folder) => [folder, shown(inherited.get(folder)) ? (plain.get(folder) ?? 0) : 0]),
    )
    for (const { id, folder } of withAcl) if (shown(own.get(id))) counts.set(folder, (counts.get(folder) ?? 0) + 1)
    return counts
  }

  async neighbours(node: ViewedNode): Promise<{ readonly previous?: NodeId; readonly next?: NodeId }> {
    if (node.kind === 'folder') return {}
    const { db, contents, outermost } = this.#source
    const scope = outermost.includes(node.id) ? { nodes: outermost } : await this.#scopeOf(node.parent)
    const [previous, next] = await Promise.all([
      selectNeighbour(db, contents, scope, node, true),
      selectNeighbour(db, contents, scope, node, false),
    ])
    return { ...(previous !== undefined && { previous }), ...(next !== undefined && { next }) }
  }

  async path(node: ViewedNode): Promise<ViewedNode[]> {
    const { db, contents, outermost, standing } = this.#source
    if (outermost.includes(node.id)) return [node]
    const above = (await wayTo(db, standing.holder, node.id)).filter(({ id }) => id !== node.id)
    const ids = above.map(({ id }) => id)
    const [held, read] = await Promise.all([this.held(ids), selectNodes(db, contents, ids)])
    // As far up from the node as visitors see, and not beyond where they begin.
    const isHidden = ({ id, privileges }: WayStep) => !held.has(id) || !isShown(privileges)
    const seen = ids.slice(above.findLastIndex(isHidden) + 1)
    const begins = seen.findLastIndex((id) => outermost.includes(id))
    const nodes = new Map(read.map((folder) => [folder.id, this.#viewed(folder)]))
    return [...seen.slice(Math.max(begins, 0)).flatMap((id) => nodes.get(id) ?? []), node]
  }

  publicId(node: NodeId): ViewedNode['publicId'] {
    return this.#source.ids.of(node)
  }

  async #page(scope: Scope, query: ChildrenQuery): Promise<ChildrenPage> {
    const { db, contents, ids } = this.#source
    const { sort, filter, limit, cursor, offset = 0 } = query
    const start = cursor === undefined ? undefined : readCursor(cursor, sort, ids)
    const [read, total] = await Promise.all([
      // One more than is answered tells whether there is another page.
      selectPage(db, contents, scope, { sort, filter, limit: limit + 1, start, offset }),
      countNodes(db, contents, scope, filter),
    ])
    const nodes = read.slice(0, limit).map((node) => this.#viewed(node))
    const last = nodes.at(-1)
    return { nodes, total, next: last !== undefined && read.length > limit ? cursorAfter(last, sort) : null }
  }

  /** The children of a folder that the link shows: those with entries of their own are tested one by one. */
  async #scopeOf(folder: NodeId | null): Promise<Scope> {
    if (folder === null) return { nodes: [] }
    const { inherited, exceptions } = await childAccess(this.#source.db, this.#source.standing.holder, folder)
    const [shownOnes, hidden] = partition([...exceptions], ([, privileges]) => isShown(privileges))
    if (isShown(inherited)) return { folder, without: hidden.map(([id]) => id) }
    return { nodes: shownOnes.map(([id]) => id) }
  }

  async #offer(node: NodeId): Promise<Offer> {
    const { db, standing } = this.#source
    const [held, way] = await Promise.all([this.held([node]), wayTo(db, standing.holder, node)])
    return held.has(node) ? this.#offerOf(way.at(-1)?.privileges) : nothing
  }

  #offerOf(privileges: Privileges | undefined): Offer {
    if (privileges === undefined || !isShown(privileges)) return nothing
    const { originals, renditions } = this.#source.shareLink
    return {
      shown: true,
      originals: originals && privileges.has('download-original'),
      renditions: renditions && privileges.has('download-rendition'),
    }
  }

  #viewed(node: ReadNode): ViewedNode {
    return { ...node, publicId: this.#source.ids.of(node.id) }
  }
}

const nothing: Offer = { shown: false, originals: false, renditions: false }

function shown(privileges: Privileges | undefined): boolean {
  return privileges !== undefined && isShown(privileges)
}

function partition<Value>(values: readonly Value[], test: (value: Value) => boolean): [Value[], Value[]] {
  const groups = Map.groupBy(values, test)
  return [groups.get(true) ?? [], groups.get(false) ?? []]
}
