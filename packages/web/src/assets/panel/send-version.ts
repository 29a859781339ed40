import { RequestFailure } from '@vitrine/api/request'
import type { PublicProblem } from '@vitrine/api/public'
import type { StoredContent } from '@vitrine/api'
import { noteLost, noteReached } from '../../api/connection.ts'
import { call } from '../../api/client.ts'
import { currentCsrfToken, holdCsrfToken, signedInAgain } from '../../api/session.ts'

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

/** Only XMLHttpRequest tells how much of a body has been sent. */
function sendOnce({ asset, seen, file, onShare, signal }: SentVersion): Promise<StoredContent> {
  // It may have been given up while somebody signed in again.
  signal.throwIfAborted()
  const { promise, resolve, reject } = Promise.withResolvers<StoredContent>()
  const request = new XMLHttpRequest()
  const modifiedAt = encodeURIComponent(new Date(file.lastModified).toISOString())
  request.open('PUT', `/api/v1/nodes/${encodeURIComponent(asset)}/content?modifiedAt=${modifiedAt}`)
  request.responseType = 'json'
  request.setRequestHeader('accept', 'application/json')
  request.setRequestHeader('content-type', 'application/octet-stream')
  request.setRequestHeader('if-match', `"${seen}"`)
  const token = currentCsrfToken()
  if (token !== undefined) request.setRequestHeader('x-csrf-token', token)
  request.upload.addEventListener('progress', ({ loaded, total }) => onShare(total === 0 ? 0 : loaded / total))
  request.addEventListener('error', () => reject(new RequestFailure('offline')))
  request.addEventListener('abort', () => reject(signal.reason as Error))
  request.addEventListener('load', () => {
    const isProblem = request.getResponseHeader('content-type')?.includes('application/problem+json') === true
    if (request.status < 300 && request.response !== null) resolve(request.response as StoredContent)
    else if (isProblem) reject(new RequestFailure('refused', request.response as PublicProblem))
    else reject(new RequestFailure(request.status >= 502 && request.status <= 504 ? 'offline' : 'blocked'))
  })
  signal.addEventListener('abort', () => request.abort(), { once: true })
  request.send(file)
  return promise
}
