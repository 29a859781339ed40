import { VitrineError, type NodeId } from '@vitrine/domain'
import { privilegesOnAll, wayTo, type Privileges, type WayStep } from '../access/node-access.ts'
import { batches } from '../batches.ts'
import type { Database } from '../db/open.ts'
import { selectListed, selectNeighbour, type ListedNode, type Scope } from '../repository/children-store.ts'
import { pageOfNodes } from '../repository/page-of-nodes.ts'
import { countChildren, seenChildren } from '../repository/seen-children.ts'
import { nodesIn, selectHeld, type LinkContents } from './link-contents-store.ts'
import { isShown, type LinkStanding } from './link-standing.ts'
import type { ChildrenPage, ChildrenQuery, LinkView, Offer, ViewedNode } from './link-view.ts'
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
    const found = new Map(
      (await selectListed(db, nodesIn(contents), outermost)).map((node) => [node.id, this.#viewed(node)]),
    )
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
      selectListed(db, nodesIn(contents), meant),
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

  childCounts(folders: readonly NodeId[]): Promise<ReadonlyMap<NodeId, number>> {
    const { db, contents, standing } = this.#source
    return countChildren(db, nodesIn(contents), standing.holder, folders, isShown)
  }

  async neighbours(node: ViewedNode): Promise<{ readonly previous?: NodeId; readonly next?: NodeId }> {
    if (node.kind === 'folder') return {}
    const { db, contents, outermost } = this.#source
    const scope = outermost.includes(node.id) ? { nodes: outermost } : await this.#scopeOf(node.parent)
    const neighbour = (backwards: boolean) =>
      selectNeighbour(db, nodesIn(contents), scope, node, { sort: 'name', filter: '', backwards })
    const [previous, next] = await Promise.all([neighbour(true), neighbour(false)])
    return { ...(previous !== undefined && { previous: previous.id }), ...(next !== undefined && { next: next.id }) }
  }

  async path(node: ViewedNode): Promise<ViewedNode[]> {
    const { db, contents, outermost, standing } = this.#source
    if (outermost.includes(node.id)) return [node]
    const above = (await wayTo(db, standing.holder, node.id)).filter(({ id }) => id !== node.id)
    const ids = above.map(({ id }) => id)
    const [held, read] = await Promise.all([this.held(ids), selectListed(db, nodesIn(contents), ids)])
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
    const names = { nameOf: ids.of, idOf: (name: string) => ids.nodesOf(name)[0] }
    const page = await pageOfNodes(db, nodesIn(contents), scope, query, names)
    return { ...page, nodes: page.nodes.map((node) => this.#viewed(node)) }
  }

  /** The children of a folder that the link shows: those with entries of their own are tested one by one. */
  async #scopeOf(folder: NodeId | null): Promise<Scope> {
    if (folder === null) return { nodes: [] }
    const { db, standing } = this.#source
    return (await seenChildren(db, standing.holder, folder, isShown)).scope
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

  #viewed(node: ListedNode): ViewedNode {
    const { id, kind, parent, name, modifiedAt, blob, pixels, hasAcl, sortKey } = node
    const publicId = this.#source.ids.of(id)
    const [size, mediaType] = [node.size ?? 0, node.mediaType ?? '']
    return { id, publicId, kind, parent, name, size, mediaType, modifiedAt, blob, pixels, hasAcl, sortKey }
  }
}

const nothing: Offer = { shown: false, originals: false, renditions: false }
