import { jsonInit, requestJson, RequestFailure } from '@vitrine/api/request'
import type { Answer } from '@vitrine/api/request'
import type { PathParameters, RouteName, ShapeOf } from '@vitrine/api/routes'
import { noteLost, noteReached } from './connection.ts'
import { takeEarly } from './early-me.ts'
import { currentCsrfToken, holdCsrfToken, signedInAgain } from './session.ts'

/** What a route answers. */
export type AnswerOf<Name extends RouteName> = ShapeOf<Name>['answer']

/** What every call may bring. */
interface CallOptions {
  readonly signal?: AbortSignal
  /** The state that is to be changed, as its answer's `etag` named it; another state is refused with `node/changed`. */
  readonly ifMatch?: string | undefined
  /** Names what is asked for: asked again it is not done again, and what was answered first is answered. */
  readonly idempotencyKey?: string
  /** What happens without a session: a dialog in which one signs in again, or the failure. */
  readonly signedOut?: 'ask' | 'fail'
}

/** What a call brings: the ids in its path, its query, its body. */
export type Wish<Name extends RouteName> = CallOptions &
  ([PathParameters<Name>] extends [never] ? object : { readonly params: Record<PathParameters<Name>, string> }) &
  (ShapeOf<Name> extends { query: infer Query } ? { readonly query?: Query } : object) &
  (ShapeOf<Name> extends { body: infer Body } ? { readonly body: Body } : object)

type WishArguments<Name extends RouteName> = object extends Wish<Name> ? [wish?: Wish<Name>] : [wish: Wish<Name>]

/**
 * Calls a route: `await call('GET /api/v1/nodes/:id', { params: { id } })`.
 *
 * A GET that finds no server is repeated for some seconds: a restart is not noticed. Without a session the
 * person signs in again in a dialog, and the call goes on.
 *
 * @throws RequestFailure
 */
export async function call<Name extends RouteName>(name: Name, ...wish: WishArguments<Name>): Promise<AnswerOf<Name>> {
  return (await callForAnswer(name, ...wish)).body
}

/** The same, with what the answer's headers say. @throws RequestFailure */
export async function callForAnswer<Name extends RouteName>(
  name: Name,
  ...[wish]: WishArguments<Name>
): Promise<Answer<AnswerOf<Name>>> {
  const sent: SentWish = wish ?? {}
  const [method = '', path = ''] = name.split(' ')
  for (let attempt: Attempt = { tries: 0, hasNewToken: false }; ;) {
    try {
      const answer = await sendOnce<AnswerOf<Name>>(method, addressOf(path, sent), sent)
      noteReached()
      return answer
    } catch (failure) {
      attempt = await nextAttempt(failure, method, sent, attempt)
    }
  }
}

interface SentWish extends CallOptions {
  readonly params?: Readonly<Record<string, string>>
  readonly query?: unknown
  readonly body?: unknown
}

interface Attempt {
  /** How often no server was found. */
  readonly tries: number
  /** The token against forged requests was fetched anew. */
  readonly hasNewToken: boolean
}

/** Address of a route with its ids and its query, root-relative. Undefined values are left out. */
export function addressOf(path: string, { params = {}, query = {} }: Pick<SentWish, 'params' | 'query'>): string {
  const filled = path.replaceAll(/:(\w+)/g, (_all, name: string) => encodeURIComponent(params[name] ?? ''))
  const search = new URLSearchParams()
  for (const [name, value] of Object.entries(query as Record<string, string | number | boolean | undefined>)) {
    if (value !== undefined && value !== '') search.set(name, String(value))
  }
  return search.size === 0 ? filled : `${filled}?${search.toString()}`
}

function sendOnce<Body>(method: string, address: string, wish: SentWish): Promise<Answer<Body>> {
  const early = address === '/api/v1/me' && method === 'GET' ? takeEarly() : undefined
  if (early !== undefined) return early as Promise<Answer<Body>>
  const token = currentCsrfToken()
  const headers: Record<string, string> = {
    ...(method === 'GET' || token === undefined ? {} : { 'x-csrf-token': token }),
    ...(wish.ifMatch === undefined ? {} : { 'if-match': wish.ifMatch }),
    ...(wish.idempotencyKey === undefined ? {} : { 'idempotency-key': wish.idempotencyKey }),
  }
  const signal = wish.signal === undefined ? {} : { signal: wish.signal }
  const init = wish.body === undefined ? { method, headers } : jsonInit(method, wish.body, headers)
  return requestJson<Body>(address, { ...init, ...signal })
}

/** Pauses before a GET is repeated that found no server, in milliseconds. */
const PAUSES = [300, 800, 1500, 3000, 5000]

/** What has to happen before the call is repeated. @throws the failure, when it is not to be */
async function nextAttempt(failure: unknown, method: string, wish: SentWish, attempt: Attempt): Promise<Attempt> {
  if (!(failure instanceof RequestFailure)) throw failure
  const code = failure.problem?.code
  if (failure.kind === 'offline' || code === 'server/starting') {
    const pause = PAUSES[attempt.tries]
    if (attempt.tries > 0 || pause === undefined || method !== 'GET') noteLost()
    if (pause === undefined || method !== 'GET') throw failure
    await wait(Math.max(pause, Math.min(failure.retryAfter ?? 0, 10_000)), wish.signal)
    return { ...attempt, tries: attempt.tries + 1 }
  }
  noteReached()
  if (code === 'access/unauthenticated' && wish.signedOut !== 'fail') {
    await signedInAgain(failure)
    return attempt
  }
  if (code === 'request/csrf' && !attempt.hasNewToken) {
    const { csrfToken } = await call('GET /api/v1/me')
    holdCsrfToken(csrfToken)
    return { ...attempt, hasNewToken: true }
  }
  throw failure
}

function wait(milliseconds: number, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(resolve, milliseconds)
    signal?.addEventListener('abort', () => {
      clearTimeout(timer)
      reject(signal.reason as Error)
    })
  })
}
