/** What a server answered, read whole. */
export interface Answer {
  readonly status: number
  readonly headers: Headers
  readonly bytes: Buffer
  /** The bytes as text. */
  readonly text: string
  /** The text as JSON. Throws when it is none. `Json` is what the test expects; nothing checks it. */
  json<Json = Record<string, unknown>>(): Json
}

/** What is sent beside method and path. */
export interface Sending {
  readonly headers?: Readonly<Record<string, string>>
  /** Sent as JSON, unless it is bytes. */
  readonly body?: unknown
}

/** Sends one request. */
export type Send = (method: string, path: string, sending?: Sending) => Promise<Answer>

/** Somebody who calls a server: each method sends one request and reads the answer whole. */
export interface Caller {
  readonly request: Send
  get(path: string, headers?: Readonly<Record<string, string>>): Promise<Answer>
  head(path: string, headers?: Readonly<Record<string, string>>): Promise<Answer>
  post(path: string, body?: unknown, headers?: Readonly<Record<string, string>>): Promise<Answer>
  put(path: string, body?: unknown, headers?: Readonly<Record<string, string>>): Promise<Answer>
  patch(path: string, body?: unknown, headers?: Readonly<Record<string, string>>): Promise<Answer>
  delete(path: string, headers?: Readonly<Record<string, string>>): Promise<Answer>
}

/** Gives the methods their names. */
export function callerOf(request: Send): Caller {
  const withBody =
    (method: string): Caller['post'] =>
    (path, body, headers = {}) =>
      request(method, path, { body, headers })
  const without =
    (method: string): Caller['get'] =>
    (path, headers = {}) =>
      request(method, path, { headers })
  return {
    request,
    get: without('GET'),
    head: without('HEAD'),
    delete: without('DELETE'),
    post: withBody('POST'),
    put: withBody('PUT'),
    patch: withBody('PATCH'),
  }
}

/** Sends requests to an address. Redirects are answers, not followed. */
export function sendTo(url: string, heard: (answer: Answer) => void): Send {
  return async (method, path, { headers = {}, body } = {}) => {
    const [type, content] = encoded(body)
    const response = await fetch(`${url}${path}`, {
      method,
      redirect: 'manual',
      headers: { ...(type === undefined ? {} : { 'content-type': type }), ...headers },
      ...(content === undefined ? {} : { body: content }),
    })
    const answer = await readAnswer(response)
    heard(answer)
    return answer
  }
}

function encoded(body: unknown): [type: string | undefined, content: string | Uint8Array<ArrayBuffer> | undefined] {
  if (body === undefined) return [undefined, undefined]
  if (body instanceof Uint8Array) return ['application/octet-stream', new Uint8Array(body)]
  return ['application/json', JSON.stringify(body)]
}

async function readAnswer(response: Response): Promise<Answer> {
  const bytes = Buffer.from(await response.arrayBuffer())
  return {
    status: response.status,
    headers: response.headers,
    bytes,
    get text() {
      return bytes.toString('utf8')
    },
    json: <Json>() => JSON.parse(bytes.toString('utf8')) as Json,
  }
}

/** The same caller with headers that go out with each request. */
export function withHeaders(send: Send, headers: () => Promise<Readonly<Record<string, string>>>): Send {
  return async (method, path, sending = {}) =>
    send(method, path, { ...sending, headers: { ...(await headers()), ...sending.headers } })
}

/** The same caller with a memory for cookies, as a browser has. Paths are not looked at, and of times only whether a cookie is taken back. */
export function withCookies(send: Send): Send {
  const jar = new Map<string, string>()
  return async (method, path, sending = {}) => {
    const cookie = [...jar].map(([name, value]) => `${name}=${value}`).join('; ')
    const headers = { ...(cookie === '' ? {} : { cookie }), ...sending.headers }
    const answer = await send(method, path, { ...sending, headers })
    for (const line of answer.headers.getSetCookie()) keepCookie(jar, line)
    return answer
  }
}

/** A server takes a cookie back by a time that is over (RFC 6265, section 5.3). */
function keepCookie(jar: Map<string, string>, line: string): void {
  const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? []
  const maxAge = /;\s*max-age=(-?\d+)/i.exec(line)?.[1]
  const expires = /;\s*expires=([^;]+)/i.exec(line)?.[1]
  const isOver = maxAge === undefined ? Date.parse(expires ?? '') <= 0 : Number(maxAge) <= 0
  if (isOver) jar.delete(name)
  else jar.set(name, value)
}

/** The same answer, if it has one of these statuses. Throws otherwise: a test's set-up must not fail unseen. */
export function expectStatus(answer: Answer, ...statuses: readonly number[]): Answer {
  if (statuses.includes(answer.status)) return answer
  throw new Error(`expected ${statuses.join(' or ')}, got ${answer.status}: ${answer.text.slice(0, 500)}`)
}
