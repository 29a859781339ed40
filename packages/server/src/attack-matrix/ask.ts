import { expect } from 'vitest'
import { rawRequest, type RawAnswer } from './raw-request.ts'
import type { MatrixAsk, MatrixRow } from './rows.ts'
import type { MatrixLink, MatrixWorld } from './world.ts'

/** How a row is sent, where not as usual. */
export interface SendingWishes {
  readonly headers?: Readonly<Record<string, string>>
  /** Address of a listener; absent: the public one. */
  readonly to?: string
}

/** Sends what a row asks for, with this secret. */
export async function send(
  { server }: MatrixWorld,
  row: MatrixRow,
  ask: MatrixAsk,
  secret: string | undefined,
  { headers = {}, to = server.publicUrl }: SendingWishes = {},
): Promise<RawAnswer> {
  return rawRequest(to, row.method, targetOf(row, ask, secret), {
    headers: { ...ask.headers, ...headers },
    ...(row.method === 'POST' && { body: JSON.stringify(ask.body ?? {}) }),
  })
}

/** Characters of the secret go out as they are: what is attacked with is not put in order. */
export function targetOf(row: MatrixRow, ask: MatrixAsk, secret: string | undefined): string {
  const query = Object.entries(ask.query ?? {}).map(([name, value]) => `${name}=${encodeURIComponent(value)}`)
  if (secret !== undefined && row.secret !== 'none') query.unshift(`${row.secret}=${secret}`)
  return query.length === 0 ? ask.path : `${ask.path}?${query.join('&')}`
}

/** What opens what a row asks a link for. */
export async function secretFor(world: MatrixWorld, row: MatrixRow, link: MatrixLink): Promise<string> {
  return (await row.secretOf?.(link, world)) ?? link.token
}

/** The code of a failure, as JSON or in the page; HEAD has none. */
export function codeIn(row: MatrixRow, answer: RawAnswer): string | undefined {
  if (row.method === 'HEAD') return undefined
  if (row.isPage) return /<meta name="vitrine-reason" content="([^"]*)"/.exec(answer.body)?.[1]
  expect(answer.headers['content-type']).toContain('application/problem+json')
  return (JSON.parse(answer.body) as { code: string }).code
}

/** A body, but for what tells requests apart. */
export function withoutRequestId(answer: RawAnswer): string {
  return answer.body.replace(/"requestId":"[^"]*"/, '')
}
