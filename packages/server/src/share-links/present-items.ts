import type { ItemsPage, PublicItem, PublicItemDetail, PublicLink, PublicRendition } from '@vitrine/api/public'
import { renditionNames, thumbnailName, type BlobHash } from '@vitrine/domain'
import type { Rendition, Renditions } from '../renditions/rendition-store.ts'
import type { ChildrenPage, Offer, ViewedNode } from './link-view.ts'
import type { OpenLink } from './open-link.ts'

/** What is known of nodes beyond their rows. */
export interface ItemFacts {
  readonly renditions: ReadonlyMap<BlobHash, Renditions>
  /** Number of children, of folders. */
  readonly children: ReadonlyMap<ViewedNode['id'], number>
  /** The token as it was sent: goes into the addresses that the page loads. */
  readonly sh: string
}

/** A node as a visitor sees it. */
export function presentItem(node: ViewedNode, facts: ItemFacts): PublicItem {
  const children = facts.children.get(node.id)
  const hasThumbnail = renditionsOfNode(node, facts)[thumbnailName]?.state === 'ready'
  return {
    id: node.publicId,
    kind: node.kind,
    name: node.name,
    size: node.size,
    mediaType: node.mediaType,
    modifiedAt: isoOf(node.modifiedAt),
    ...(node.pixels !== null && { width: node.pixels.width, height: node.pixels.height }),
    ...(hasThumbnail && { thumbnail: renditionUrl(node, thumbnailName, facts.sh) }),
    ...(children !== undefined && { children }),
  }
}

/** A page of items. */
export function presentPage(
  page: ChildrenPage,
  path: readonly ViewedNode[],
  link: PublicLink,
  facts: ItemFacts,
): ItemsPage {
  return {
    items: page.nodes.map((node) => presentItem(node, facts)),
    total: page.total,
    next: page.next,
    path: path.map(presentStep),
    link,
  }
}

/** One item with all that can be done with it. */
export function presentDetail(
  node: ViewedNode,
  offer: Offer,
  path: readonly ViewedNode[],
  neighbours: { readonly previous?: string; readonly next?: string },
  facts: ItemFacts,
): PublicItemDetail {
  const names = offer.renditions ? renditionNames : [thumbnailName]
  const renditions = renditionsOfNode(node, facts)
  return {
    ...presentItem(node, facts),
    path: path.map(presentStep),
    renditions: names.flatMap((name) => {
      const rendition = renditions[name as keyof Renditions]
      return rendition === undefined ? [] : [presentRendition(name, rendition, renditionUrl(node, name, facts.sh))]
    }),
    ...(offer.originals && node.kind === 'asset' && { original: originalUrl(node, facts.sh) }),
    ...(neighbours.previous !== undefined && { previous: neighbours.previous }),
    ...(neighbours.next !== undefined && { next: neighbours.next }),
  }
}

/** What a visitor may know of the link. */
export function presentLink({ shareLink, holder }: OpenLink, filling: PublicLink['filling']): PublicLink {
  return {
    title: shareLink.title,
    sharedBy: holder.displayName,
    expiresAt: shareLink.expiresAt === null ? null : isoOf(shareLink.expiresAt),
    originals: shareLink.originals,
    renditions: shareLink.renditions,
    filling: filling && { done: filling.done, total: filling.total },
  }
}

function presentRendition(name: string, rendition: Rendition, url: string): PublicRendition {
  if (rendition.state === 'queued') return { name, state: 'queued' }
  if (rendition.state === 'failed') return { name, state: 'failed', failure: rendition.code }
  const { mediaType, size, width, height } = rendition
  return { name, state: 'ready', url, mediaType, size, width, height }
}

function presentStep({ publicId, name }: ViewedNode): { readonly id: string; readonly name: string } {
  return { id: publicId, name }
}

function renditionsOfNode(node: ViewedNode, facts: ItemFacts): Renditions {
  return (node.blob && facts.renditions.get(node.blob)) ?? {}
}

function renditionUrl(node: ViewedNode, name: string, sh: string): string {
  return `/linkshare.html/items/${node.publicId}/renditions/${name}?sh=${encodeURIComponent(sh)}`
}

function originalUrl(node: ViewedNode, sh: string): string {
  return `/linkshare.html/items/${node.publicId}/original?sh=${encodeURIComponent(sh)}`
}

function isoOf(milliseconds: number): string {
  return new Date(milliseconds).toISOString()
}
