import type { ItemsPage, PublicItemDetail } from '@vitrine/api/public'
import { VitrineError } from '@vitrine/domain'
import type { Parts } from '../parts.ts'
import { hurryRenditions } from '../renditions/hurry-renditions.ts'
import { renditionsOf } from '../renditions/renditions-of.ts'
import type { ChildrenQuery, ViewedNode } from './link-view.ts'
import { selectFilling } from './link-view-store.ts'
import type { OpenLink } from './open-link.ts'
import { presentDetail, presentLink, presentPage, type ItemFacts } from './present-items.ts'

type Needed = Pick<Parts, 'db' | 'queue' | 'log'>

/** Which items a visitor asks for. */
export interface ItemsWanted extends ChildrenQuery {
  /** Public id of a folder; undefined: the targets. */
  readonly folder?: string | undefined
}

/**
 * A page of what a link shows in a folder, or of its targets.
 *
 * @param sh the token as it was sent
 * @throws {VitrineError} `item/not-found` when the folder is not shown, or is none
 */
export async function listItems(parts: Needed, link: OpenLink, wanted: ItemsWanted, sh: string): Promise<ItemsPage> {
  const { view, shareLink } = link
  const folder = wanted.folder === undefined ? undefined : await shownFolder(link, wanted.folder)
  const [page, path, filling] = await Promise.all([
    folder === undefined ? view.targetsPage(wanted) : view.children(folder.id, wanted),
    folder === undefined ? [] : view.path(folder),
    // What is added later is not in a link whose contents were fixed.
    shareLink.mode === 'live' ? selectFilling(parts.db, shareLink.targets) : null,
  ])
  const facts = await factsOf(parts, link, page.nodes, sh)
  return presentPage(page, path, presentLink(link, filling), facts)
}

async function shownFolder({ view }: OpenLink, publicId: string): Promise<ViewedNode> {
  const node = await view.item(publicId)
  if (node.kind === 'folder') return node
  throw new VitrineError('item/not-found', 'There is no such folder in this link.')
}

/**
 * One item that a link shows.
 *
 * @throws {VitrineError} `item/not-found`
 */
export async function readItem(parts: Needed, link: OpenLink, publicId: string, sh: string): Promise<PublicItemDetail> {
  const { view } = link
  const node = await view.item(publicId)
  const [offers, path, neighbours, facts] = await Promise.all([
    view.offers([node.id]),
    view.path(node),
    view.neighbours(node),
    factsOf(parts, link, [node], sh),
  ])
  const offer = offers.get(node.id) ?? { shown: false, originals: false, renditions: false }
  const named = {
    ...(neighbours.previous !== undefined && { previous: view.publicId(neighbours.previous) }),
    ...(neighbours.next !== undefined && { next: view.publicId(neighbours.next) }),
  }
  return presentDetail(node, offer, path, named, facts)
}

async function factsOf(
  parts: Needed,
  { view }: OpenLink,
  nodes: readonly ViewedNode[],
  sh: string,
): Promise<ItemFacts> {
  const folders = nodes.filter(({ kind }) => kind === 'folder').map(({ id }) => id)
  const blobs = [...new Set(nodes.flatMap(({ blob }) => blob ?? []))]
  const [renditions, children] = await Promise.all([renditionsOf(parts.db, blobs), view.childCounts(folders)])
  hurryRenditions(parts, renditions)
  return { renditions, children, sh }
}
