import type { ShareLinkAudience } from '@vitrine/domain'
import type { Question } from './closing-questions.ts'

/** How a door answered. */
export interface DoorAnswer {
  /** 0: not at all. */
  readonly status: number
  /** Of the failure, where the answer tells it: a HEAD has none. */
  readonly code: string | null
}

/** How long a door may take to answer, in ms. */
const longestWait = 10_000

/**
 * Asks a door as a visitor would. Sends what no route accepts where it would change something: an open door answers that,
 * and does nothing.
 *
 * @param listener its address, without a slash at its end
 * @param authorization for a link for members, where they open it
 */
export async function askDoor(
  listener: string,
  question: Question,
  authorization: string | undefined,
): Promise<DoorAnswer> {
  const { method, url, ifNoneMatch } = question
  const isChange = method !== 'GET' && method !== 'HEAD'
  const headers = {
    ...(isChange ? { 'content-type': 'application/json' } : { range: 'bytes=0-0' }),
    ...(ifNoneMatch !== null && { 'if-none-match': ifNoneMatch }),
    ...(authorization !== undefined && { authorization }),
  }
  try {
    const answer = await fetch(`${listener}${url}`, {
      method,
      headers,
      redirect: 'manual',
      signal: AbortSignal.timeout(longestWait),
      ...(isChange && { body: '{"isClosed":true}' }),
    })
    return { status: answer.status, code: await codeOf(answer) }
  } catch {
    return { status: 0, code: null }
  }
}

/** The code of a failure, from a problem document or from the page for people. Of anything else the body is not read. */
async function codeOf(answer: Response): Promise<string | null> {
  const type = answer.headers.get('content-type') ?? ''
  const isProblem = type.includes('application/problem+json')
  if (answer.status < 400 || !(isProblem || type.includes('text/html'))) {
    await answer.body?.cancel()
    return null
  }
  const text = await answer.text()
  return (isProblem ? /"code":"([^"]+)"/ : /<meta name="vitrine-reason" content="([^"]+)"/).exec(text)?.[1] ?? null
}

/** Failures of a link that does not open, and of a download that gives nothing any more. */
const closedCodes: ReadonlySet<string> = new Set([
  'share-link/not-found',
  'share-link/members-only',
  'share-link/revoked',
  'share-link/expired',
  'share-link/suspended',
  'share-link/used-up',
  'download/expired',
  'download/cancelled',
  'download/contents-withdrawn',
])

/** Whether an answer gives nothing of a link. Without a code it is the status of an ended link, or of one for members. */
export function isClosed({ status, code }: DoorAnswer, audience: ShareLinkAudience): boolean {
  if (code !== null) return status >= 400 && status < 500 && closedCodes.has(code)
  return status === 410 || (status === 403 && audience === 'members')
}
