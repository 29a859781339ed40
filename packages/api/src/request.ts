/** How pages send requests: for JSON, to their own origin. Loads nothing else. */
import type { PublicProblem } from './public.ts'

/**
 * Why a request brought nothing.
 *
 * `offline`: no answer. `blocked`: an answer that is not the server's, as from a proxy that lets
 * only GET through. `refused`: the server's own answer; `problem` says why.
 */
export type FailureKind = 'offline' | 'blocked' | 'refused'

/** A request that brought nothing. */
export class RequestFailure extends Error {
  override readonly name = 'RequestFailure'
  readonly kind: FailureKind
  readonly problem: PublicProblem | undefined
  /** How long the server asks to wait, in milliseconds. */
  readonly retryAfter: number | undefined

  constructor(kind: FailureKind, problem?: PublicProblem, retryAfter?: number) {
    super(problem?.detail ?? kind)
    this.kind = kind
    this.problem = problem
    this.retryAfter = retryAfter
  }
}

/** An answer that a page can use. */
export interface Answer<Body> {
  readonly body: Body
  /** Names the state of what was answered, for `If-Match`. */
  readonly etag: string | undefined
  /** How long the server asks to wait before the next request, in milliseconds. */
  readonly retryAfter: number | undefined
}

/** What goes with a request for JSON. */
export interface JsonInit extends RequestInit {
  readonly headers?: Record<string, string>
}

/** Sends a request for JSON. @throws RequestFailure, or the signal's reason when it was given up */
export async function requestJson<Body>(address: string, init: JsonInit = {}): Promise<Answer<Body>> {
  const response = await send(address, init)
  const retryAfter = millisecondsOf(response.headers.get('retry-after'))
  const type = response.headers.get('content-type') ?? ''
  if (response.ok && (response.status === 204 || type.includes('json'))) {
    const body = (response.status === 204 ? undefined : await response.json()) as Body
    return { body, etag: response.headers.get('etag') ?? undefined, retryAfter }
  }
  if (!type.includes('application/problem+json')) throw failureOfStranger(response, retryAfter)
  throw new RequestFailure('refused', (await response.json()) as PublicProblem, retryAfter)
}

/** What sends a body as JSON. */
export function jsonInit(method: string, body: unknown, headers: Record<string, string> = {}): JsonInit {
  return { method, headers: { 'content-type': 'application/json', ...headers }, body: JSON.stringify(body) }
}

async function send(address: string, init: JsonInit): Promise<Response> {
  try {
    return await fetch(address, {
      ...init,
      redirect: 'error',
      headers: { accept: 'application/json', ...init.headers },
    })
  } catch (failure) {
    if (init.signal?.aborted) throw failure
    throw new RequestFailure('offline')
  }
}

/** A gateway that finds no server is a lost connection; any other foreign answer is a barrier. */
function failureOfStranger(response: Response, retryAfter: number | undefined): RequestFailure {
  const isGateway = response.status === 502 || response.status === 503 || response.status === 504
  return new RequestFailure(isGateway ? 'offline' : 'blocked', undefined, retryAfter)
}

function millisecondsOf(header: string | null): number | undefined {
  if (header === null) return undefined
  const seconds = Number(header)
  if (Number.isFinite(seconds)) return Math.max(0, seconds * 1000)
  const date = Date.parse(header)
  return Number.isNaN(date) ? undefined : Math.max(0, date - Date.now())
}
