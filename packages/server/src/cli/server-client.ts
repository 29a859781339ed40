import type { ReadableStream } from 'node:stream/web'
import { CliFailure } from './cli-failure.ts'

/** The content of a file on its way to a server. */
export interface UploadBody {
  readonly stream: ReadableStream<Uint8Array>
  /** In bytes. */
  readonly size: number
  /** In ms since the Unix epoch. */
  readonly modifiedAt: number
}

/** How the command line signs in. */
export type SignIn =
  | { readonly kind: 'local-token'; readonly token: string }
  | { readonly kind: 'password'; readonly user: string; readonly password: string }

/** Talks to a server's API for a command. */
export interface ServerClient {
  /** The server's main address, without a trailing slash. */
  readonly baseUrl: string
  /** Whether it runs on this machine on behalf of the same person, so that it can read the same disk. */
  readonly isLocal: boolean
  /**
   * One call of the API.
   *
   * @throws {CliFailure} with the server's sentence when it refuses, or when it cannot be reached
   */
  readonly call: <Answer>(method: string, path: string, body?: unknown) => Promise<Answer>
  /** Sends the bytes of a file. Its length is declared, so that a file that shrinks meanwhile is refused, not cut. */
  readonly upload: <Answer>(method: string, path: string, body: UploadBody) => Promise<Answer>
}

/** A client of the server at `baseUrl`. */
export function serverClient(baseUrl: string, signIn: SignIn): ServerClient {
  const authorization = authorizationOf(signIn)
  const send = async <Answer>(
    method: string,
    path: string,
    init: RequestInit,
    reviseHeaders: Record<string, string>,
  ) => {
    const headers = { authorization, accept: 'application/json', ...reviseHeaders }
    const response = await reach(`${baseUrl}${path}`, { ...init, method, headers })
    return (await answerOf(response, `${method} ${path}`)) as Answer
  }
  return {
    baseUrl,
    isLocal: signIn.kind === 'local-token',
    call: (method, path, body) =>
      body === undefined
        ? send(method, path, {}, {})
        : send(method, path, { body: JSON.stringify(body) }, { 'content-type': 'application/json' }),
    upload: (method, path, body) =>
      send(
        method,
        path,
        { body: body.stream, duplex: 'half' },
        {
          'content-type': 'application/octet-stream',
          'content-length': String(body.size),
          'last-modified': new Date(body.modifiedAt).toUTCString(),
        },
      ),
  }
}

function authorizationOf(signIn: SignIn): string {
  if (signIn.kind === 'local-token') return `Bearer ${signIn.token}`
  return `Basic ${Buffer.from(`${signIn.user}:${signIn.password}`, 'utf8').toString('base64')}`
}

async function reach(url: string, init: RequestInit): Promise<Response> {
  try {
    return await fetch(url, { ...init, redirect: 'error' })
  } catch (error) {
    throw new CliFailure(`The server at ${new URL(url).origin} cannot be reached.`, undefined, { cause: error })
  }
}

async function answerOf(response: Response, what: string): Promise<unknown> {
  const text = await response.text()
  const parsed = parseJson(text)
  if (response.ok) return text === '' ? undefined : parsed
  const problem = (parsed ?? {}) as Record<string, unknown>
  const sentence =
    typeof problem['title'] === 'string' ? problem['title'] : `${what} was answered with ${response.status}.`
  throw new CliFailure(sentence, problem)
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
