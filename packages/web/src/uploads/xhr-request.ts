import { RequestFailure } from '@vitrine/api/request'
import type { PublicProblem } from '@vitrine/api/public'
import { currentCsrfToken } from '../api/session.ts'
import type { Ask, AskWish, Asked } from './tus-client.ts'

/** Where no byte is taken and nothing is answered for so long, the connection is taken for lost, in milliseconds. */
const SILENCE = 120_000

/** Asks the server by `XMLHttpRequest`: `fetch` does not tell how many bytes of a body have left. */
export const xhrAsk: Ask = (method, url, wish) =>
  new Promise((resolve, reject) => {
    wish.signal?.throwIfAborted()
    const request = new XMLHttpRequest()
    request.open(method, url)
    for (const [name, value] of Object.entries(headersOf(wish))) request.setRequestHeader(name, value)
    const quiet = watchSilence(request)
    const abort = () => request.abort()
    request.upload.addEventListener('progress', ({ loaded }) => {
      quiet.restart()
      wish.onSent?.(loaded)
    })
    request.addEventListener('abort', () => reject(wish.signal?.reason ?? new RequestFailure('offline')))
    request.addEventListener('error', () => reject(new RequestFailure('offline')))
    request.addEventListener('load', () => settle(request, resolve, reject))
    request.addEventListener('loadend', () => {
      quiet.stop()
      wish.signal?.removeEventListener('abort', abort)
    })
    wish.signal?.addEventListener('abort', abort)
    request.send(wish.body ?? null)
  })

function headersOf({ headers }: AskWish): Record<string, string> {
  const token = currentCsrfToken()
  return {
    accept: 'application/json',
    ...(token === undefined ? {} : { 'x-csrf-token': token }),
    ...headers,
  }
}

function watchSilence(request: XMLHttpRequest) {
  let timer = setTimeout(() => request.abort(), SILENCE)
  return {
    restart: () => {
      clearTimeout(timer)
      timer = setTimeout(() => request.abort(), SILENCE)
    },
    stop: () => clearTimeout(timer),
  }
}

function settle(request: XMLHttpRequest, resolve: (asked: Asked) => void, reject: (reason: unknown) => void): void {
  const { status, responseText: body } = request
  if (status < 200 || status >= 300) reject(failureOf(request))
  else resolve({ header: (name) => request.getResponseHeader(name) ?? undefined, body })
}

function failureOf(request: XMLHttpRequest): RequestFailure {
  const seconds = Number(request.getResponseHeader('retry-after') ?? Number.NaN)
  const retryAfter = Number.isFinite(seconds) ? seconds * 1000 : undefined
  const type = request.getResponseHeader('content-type') ?? ''
  if (type.includes('application/problem+json') && request.responseText !== '') {
    return new RequestFailure('refused', JSON.parse(request.responseText) as PublicProblem, retryAfter)
  }
  const isGateway = request.status >= 502 && request.status <= 504
  return new RequestFailure(isGateway ? 'offline' : 'blocked', undefined, retryAfter)
}
