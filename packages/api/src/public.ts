/**
 * What a share link answers to whoever opens it (frozen shapes).
 *
 * Types only, so that the recipient's page carries no validator. All paths lie below
 * `/linkshare.html` and take the token as `?sh=`, unless said otherwise.
 */

/** An asset or a folder as a visitor sees it. */
export interface PublicItem {
  /** Opaque, and of this link only. */
  readonly id: string
  readonly kind: 'asset' | 'folder'
  readonly name: string
  /** In bytes; 0 for a folder. */
  readonly size: number
  /** Empty for a folder. */
  readonly mediaType: string
  /** ISO 8601, UTC. */
  readonly modifiedAt: string
  /** In pixels, as shown. */
  readonly width?: number
  /** In pixels, as shown. */
  readonly height?: number
  /** In seconds. */
  readonly duration?: number
  /** Root-relative URL of a small rendition, when there is one. It needs no further parameter. */
  readonly thumbnail?: string
  /** Number of items in a folder. */
  readonly children?: number
}

/** How the items of a folder may be ordered; a leading `-` turns the order round. Folders come first in each. */
export const itemSorts = ['name', '-name', 'modified', '-modified', 'size', '-size', 'type', '-type'] as const

/** One of {@link itemSorts}. */
export type ItemSort = (typeof itemSorts)[number]

/** `GET /linkshare.html/items?folder&cursor&offset&limit&sort&filter`. Without `folder`: the targets. */
export interface ItemsPage {
  readonly items: readonly PublicItem[]
  /** How many items the folder has for this link, with the filter. */
  readonly total: number
  /** Cursor of the next page. */
  readonly next: string | null
  /** The folder's ancestors within the link, outermost first, itself last; empty at the targets. */
  readonly path: readonly { readonly id: string; readonly name: string }[]
  readonly link: PublicLink
}

/** What a visitor may know of the link. */
export interface PublicLink {
  readonly title: string
  /** Display name of the holder. */
  readonly sharedBy: string
  /** ISO 8601, UTC; null: never. */
  readonly expiresAt: string | null
  readonly originals: boolean
  readonly renditions: boolean
  /** An import into what is shared is running: files in so far, and in all (0 while they are counted). */
  readonly filling: { readonly done: number; readonly total: number } | null
}

/** `GET /linkshare.html/items/ID`. */
export interface PublicItemDetail extends PublicItem {
  readonly path: readonly { readonly id: string; readonly name: string }[]
  readonly renditions: readonly PublicRendition[]
  /** Root-relative URL of the original, where it may be downloaded. */
  readonly original?: string
  /** Items before and after it in its folder, by name; only for assets. */
  readonly previous?: string
  readonly next?: string
}

/** A rendition of an asset. */
export interface PublicRendition {
  readonly name: string
  readonly state: 'queued' | 'ready' | 'failed'
  /** Root-relative URL, when ready. */
  readonly url?: string
  readonly mediaType?: string
  /** In bytes. */
  readonly size?: number
  readonly width?: number
  readonly height?: number
  /** Code of the closed error list, when failed. */
  readonly failure?: string
}

/** How the entries of an archive are laid out. */
export const downloadLayouts = ['tree', 'folder-per-asset', 'flat'] as const

/** One of {@link downloadLayouts}. */
export type DownloadLayout = (typeof downloadLayouts)[number]

/** Body of `POST /linkshare.html/downloads`; header `Idempotency-Key` makes a repeated POST answer the same download. */
export interface DownloadRequest {
  readonly items: 'all' | readonly string[]
  readonly except?: readonly string[]
  readonly originals: boolean
  readonly renditions: readonly string[]
  readonly layout?: DownloadLayout
}

/** The states of a download. */
export type DownloadState = 'queued' | 'preparing' | 'ready' | 'failed' | 'withdrawn' | 'expired' | 'cancelled'

/** A download in a visitor's inbox. */
export interface Download {
  readonly id: string
  readonly name: string
  readonly state: DownloadState
  /** Number of files in it. */
  readonly entries: number
  /** Of all parts together, in bytes; exact once ready. */
  readonly size: number
  readonly progress: { readonly done: number; readonly total: number }
  /** Empty until ready. */
  readonly parts: readonly DownloadPart[]
  /** What could not be put in, and why. */
  readonly skipped: readonly { readonly name: string; readonly reason: string }[]
  /** ISO 8601, UTC. */
  readonly createdAt: string
  /** ISO 8601, UTC. */
  readonly expiresAt: string
}

/** One file of a download: an archive that opens by itself, or a plain file. */
export interface DownloadPart {
  readonly number: number
  readonly name: string
  readonly mediaType: string
  /** Exact, in bytes. */
  readonly size: number
  /** Strong entity tag, with its quotes. */
  readonly etag: string
  /** Root-relative; needs neither cookie nor token. */
  readonly url: string
}

/** `application/problem+json` (RFC 9457). */
export interface PublicProblem {
  readonly type: string
  readonly title: string
  readonly status: number
  readonly code: string
  readonly detail: string
  readonly requestId: string
  readonly limit?: number
  readonly size?: number
  readonly contact?: string
  readonly count?: number
  /** Name of the field that it is about. */
  readonly field?: string
  /** What is wrong with the request, by JSON Pointer. */
  readonly issues?: readonly { readonly path: string; readonly message: string }[]
}
