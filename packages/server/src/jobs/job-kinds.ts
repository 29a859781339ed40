import type { BlobHash, DownloadId, OperationId } from '@vitrine/domain'

/** Every kind of background job, and its payload. Payloads hold ids, never secrets. */
export interface JobKinds {
  /** Makes the renditions of a blob. */
  'make-renditions': { readonly source: BlobHash; readonly mediaType: string }
  /** Queues renditions again whose job was lost: the process died, or every attempt failed. */
  'resume-renditions': Record<never, never>
  /** Freezes a large download's manifest, or waits for the renditions it needs. */
  'prepare-download': { readonly download: DownloadId }
  /** Marks and removes blobs that nothing names. */
  'collect-blobs': Record<never, never>
  /** Ends downloads and uploads whose time is over, and forgets old operations. */
  expire: Record<never, never>
  /** Finds links that lost rights after the access epoch moved, and tells their holders. */
  'suspend-links': Record<never, never>
  /** Does what is left of an operation on many nodes. */
  'run-operation': { readonly operation: OperationId }
  /** Deletes the rows of what was removed for good. */
  'delete-removed': Record<never, never>
}

/** Name of a kind of job. */
export type JobKind = keyof JobKinds
