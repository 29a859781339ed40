/**
 * What can go wrong, by name. The names are part of the API: clients switch on them.
 *
 * The list is closed: a code that is not here cannot be thrown, and one without a status in
 * `server/src/http/errors.ts` does not compile.
 */
export const errorCodes = [
  'request/invalid',
  'request/not-found',
  'request/method-not-allowed',
  'request/unsupported-media-type',
  'request/cross-site',
  'request/too-large',
  'request/too-many',
  'request/csrf',
  'access/unauthenticated',
  'access/denied',
  'people/name-taken',
  'people/not-found',
  'people/disabled',
  'people/password-too-short',
  'people/password-must-change',
  'people/password-unchanged',
  'people/group-cycle',
  'people/holds-links',
  'node/not-found',
  'node/name-taken',
  'node/name-invalid',
  'node/not-a-folder',
  'node/not-an-asset',
  'node/cycle',
  'node/changed',
  'node/place-gone',
  'version/not-found',
  'operation/not-found',
  'operation/not-undoable',
  'operation/too-many',
  'blob/damaged',
  'storage/full',
  'import/unreadable',
  'import/running',
  'upload/not-found',
  'upload/expired',
  'upload/too-many',
  'upload/locked',
  'upload/offset-conflict',
  'upload/checksum-mismatch',
  'upload/digest-mismatch',
  'upload/protocol-version',
  'share-link/not-found',
  'share-link/expired',
  'share-link/revoked',
  'share-link/used-up',
  'share-link/suspended',
  'share-link/expiry-out-of-range',
  'share-link/no-targets',
  'share-link/members-only',
  'share-link/draft-out-of-date',
  'share-link/made-already',
  'share-link/changed',
  'share-link/too-many-items',
  'share-link/not-ended',
  'item/not-found',
  'rendition/not-found',
  'rendition/not-ready',
  'rendition/unsupported',
  'rendition/too-large',
  'rendition/damaged',
  'rendition/timed-out',
  'rendition/failed',
  'download/not-found',
  'download/empty',
  'download/over-limit',
  'download/originals-not-allowed',
  'download/renditions-not-allowed',
  'download/not-ready',
  'download/expired',
  'download/cancelled',
  'download/contents-withdrawn',
  'server/starting',
  'server/already-running',
  'server/unreachable',
  'server/internal',
] as const

/** One of {@link errorCodes}. */
export type ErrorCode = (typeof errorCodes)[number]

/**
 * An expected failure that the caller can act on.
 *
 * Anything else that is thrown is a fault of ours: it is logged whole and answered as a bare 500
 * with a request id.
 */
export class VitrineError extends Error {
  override readonly name = 'VitrineError'
  readonly code: ErrorCode
  /** Facts for the message, the log and the answer's extra members. Never secrets: no tokens, no passwords. */
  readonly facts: Readonly<Record<string, unknown>>

  /** @param message a sentence for the person who caused or meets the failure */
  constructor(code: ErrorCode, message: string, facts: Record<string, unknown> = {}, options?: ErrorOptions) {
    super(message, options)
    this.code = code
    this.facts = facts
  }
}
