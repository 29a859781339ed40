/** The folder that somebody uploads to. */
export interface UploadFolder {
  readonly id: string
  readonly name: string
}

/** What is done when an asset has the name. */
export type UploadConflict = 'refuse' | 'version' | 'keep-both'

/**
 * How far something is.
 *
 * `held`: looked at, or waiting for an answer of the person; nothing of it is sent. `ready`: it has its turn next. The
 * last four are ends.
 */
export const uploadStates = ['held', 'ready', 'sending', 'paused', 'done', 'skipped', 'failed', 'cancelled'] as const
/** How far something is. */
export type UploadState = (typeof uploadStates)[number]

/** The states that are ends: nothing happens any more by itself. */
export const endStates = ['done', 'skipped', 'failed', 'cancelled'] as const satisfies readonly UploadState[]

/** A file on somebody's disk, or in a folder there, that the browser lets a page keep. */
export interface FileOrigin {
  readonly handle: FileSystemHandle
  /** From a folder to the file; empty for a file. */
  readonly path: readonly string[]
}

/** What somebody wants to upload: a file, or a folder that has nothing in it. */
export interface WantedUpload {
  readonly folder: UploadFolder
  readonly kind: 'file' | 'folder'
  /** `c.jpg`, or `a/b/c.jpg`: below the folder. */
  readonly relativePath: string
  /** In bytes; 0 for a folder. */
  readonly size: number
  /** Its bytes. Absent for a folder. */
  readonly file?: File | undefined
  /** From where the file can be read again after the page was left. */
  readonly origin?: FileOrigin | undefined
  /** Address of the upload that the server has of it already. */
  readonly url?: string | undefined
}

/** Something in the queue. The queue alone writes to it, and what sends it keeps `url` and `sha256`. */
export interface UploadEntry extends WantedUpload {
  readonly id: number
  readonly state: UploadState
  relativePath: string
  conflict: UploadConflict
  /** In bytes: never more than the size, and never fewer than before. */
  readonly sent: number
  url?: string | undefined
  /** What becomes of it at its end, where the name was taken while it was sent and the server has all bytes. */
  finishWith?: UploadConflict | undefined
  /** SHA-256 of its bytes, once it is known. */
  sha256?: string | undefined
  /** Why it failed. */
  readonly failure: unknown
  /** What became of it. */
  readonly result: UploadResult | undefined
}

/** What became of something that was uploaded. */
export interface UploadResult {
  /** Id of the asset, or of the folder. */
  readonly node: string
  /** `unchanged`: the asset held these bytes already, or the folder was there. */
  readonly outcome: 'created' | 'version' | 'unchanged'
}
