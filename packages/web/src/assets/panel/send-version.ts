import { RequestFailure } from '@vitrine/api/request'
import type { StoredContent } from '@vitrine/api'
import { noteLost, noteReached } from '../../api/connection.ts'
import { call } from '../../api/client.ts'
import { holdCsrfToken, signedInAgain } from '../../api/session.ts'
import { xhrAsk } from '../../uploads/xhr-request.ts'

/** A file that is to become the current version of an asset. */
export interface SentVersion {
  readonly asset: string
  /** Id of the version that one has seen as the current one: of another one the server says that it was changed. */
  readonly seen: string
  readonly file: File
  /** The share of the file that has been sent. */
  readonly onShare: (share: number) => void
  readonly signal: AbortSignal
}

/**
 * Sends a file. Without a session the person signs in again in a dialog, and it is sent once more.
 *
 * @throws RequestFailure, or the signal's reason
 */
export async function sendVersion(sent: SentVersion): Promise<StoredContent> {
  for (let hasNewToken = false; ;) {
    try {
      const stored = await sendOnce(sent)
      noteReached()
      return stored
    } catch (failure) {
      if (!(failure instanceof RequestFailure)) throw failure
      const code = failure.problem?.code
      if (failure.kind === 'offline') noteLost()
      if (code === 'access/unauthenticated') await signedInAgain(failure)
      else if (code === 'request/csrf' && !hasNewToken) {
        holdCsrfToken((await call('GET /api/v1/me')).csrfToken)
        hasNewToken = true
      } else throw failure
    }
  }
}

async function sendOnce({ asset, seen, file, onShare, signal }: SentVersion): Promise<StoredContent> {
  const modifiedAt = encodeURIComponent(new Date(file.lastModified).toISOString())
  const { body } = await xhrAsk('PUT', `/api/v1/nodes/${encodeURIComponent(asset)}/content?modifiedAt=${modifiedAt}`, {
    headers: { 'content-type': 'application/octet-stream', 'if-match': `"${seen}"` },
    body: file,
    signal,
    onSent: (bytes) => onShare(file.size === 0 ? 0 : bytes / file.size),
  })
  try {
    return JSON.parse(body) as StoredContent
  } catch {
    throw new RequestFailure('blocked')
  }
}
