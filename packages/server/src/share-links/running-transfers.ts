import type { ShareLinkId } from '@vitrine/domain'

/** A transfer that sends bytes of a link, and when it must end. */
export interface WatchedTransfer {
  readonly shareLink: ShareLinkId
  /**
   * Asked when the access epoch has moved and the link itself is still neither revoked nor suspended: whether these bytes
   * may still be given. Absent: what the link says is enough.
   */
  readonly stillAllowed?: () => Promise<boolean>
}

/** A place in the list of running transfers. Dispose of it when the transfer has ended. */
export interface TransferWatch extends Disposable {
  /** Aborted when the bytes may not be given any more: destroy the socket. */
  readonly signal: AbortSignal
}
