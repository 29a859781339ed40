import type { ArchiveLayout, BlobHash, DownloadId, NodeId, PrincipalId, ShareLinkId, VisitorId } from '@vitrine/domain'

/** Whose a download is: a visitor's, who has it from a share link, or a user's, who has it by their own rights. */
export type DownloadOwner =
  | {
      readonly kind: 'visitor'
      readonly shareLink: ShareLinkId
      /** Of the link when it was queued. */
      readonly generation: number
      readonly visitor: VisitorId
      /** Who the visitor is, when the link was for members. */
      readonly member: PrincipalId | undefined
    }
  | { readonly kind: 'user'; readonly user: PrincipalId }

/** A folder, with all below it; with a filter, those of its children alone whose names hold the text, whatever its case. */
export interface WantedFolder {
  readonly folder: NodeId
  readonly filter?: string
}

/** What a download is to hold. Kept as it was asked for, so that it can be asked for again. */
export interface WantedContents {
  /** The link's targets, or these nodes, in no order, or a folder. */
  readonly items: 'all' | readonly NodeId[] | WantedFolder
  /** Left out, with what lies below. */
  readonly except: readonly NodeId[]
  readonly originals: boolean
  /** Names of renditions. */
  readonly renditions: readonly string[]
  readonly layout: ArchiveLayout
}

/** What has become of a download. */
export type DownloadState = 'queued' | 'preparing' | 'ready' | 'failed' | 'withdrawn' | 'expired' | 'cancelled'

/** A file that was asked for and is not in a download. */
export interface SkippedFile {
  readonly name: string
  /** A sentence for a person. */
  readonly reason: string
}

/** A download as its row says. */
export interface StoredDownload {
  readonly id: DownloadId
  readonly owner: DownloadOwner
  readonly name: string
  readonly state: DownloadState
  readonly wanted: WantedContents
  /** Number of files. */
  readonly entries: number
  /** Of all parts together, in bytes. */
  readonly size: number
  readonly progress: { readonly done: number; readonly total: number }
  readonly skipped: readonly SkippedFile[]
  /** Null before it is ready, and for a plain file. */
  readonly manifest: BlobHash | null
  /** The access epoch at which everything in it was last found to be allowed. */
  readonly checkedEpoch: number
  /** How many files may not be given any more. */
  readonly withdrawn: number
  /** In ms since the Unix epoch, as all times here. */
  readonly createdAt: number
  readonly readyAt: number | null
  /** The end of its retention. The expiry of its share link may end it earlier. */
  readonly expiresAt: number
}

/** What right an entry was given by. */
export type GrantKind = 'none' | 'folder' | 'original' | 'rendition'

/** The file that a part without a manifest is. */
export interface PlainFile {
  readonly blob: BlobHash
  /** The asset that it belongs to. */
  readonly node: NodeId
  readonly grant: 'original' | 'rendition'
}

/** One file of a download. */
export interface StoredPart {
  /** From 1. */
  readonly number: number
  readonly name: string
  readonly mediaType: string
  /** In bytes. */
  readonly size: number
  /** Strong, with its quotes. */
  readonly etag: string
  /** Null for an archive, which the download's manifest describes. */
  readonly plain: PlainFile | null
}
