import { describe, expect, it } from 'vitest'
import { callerOf, expectStatus, withCookies, type Answer, type Send } from './caller.ts'

describe('a visitor’s memory for cookies', () => {
  it('sends back what it was given, and nothing that was taken back', async () => {
    const { visitor, sent } = answering(
      ['visitor=first; Path=/linkshare.html; Max-Age=2592000', 'other=stays'],
      ['visitor=; Max-Age=0', 'other=changed; Expires=Wed, 01 Jan 2098 00:00:00 GMT'],
      ['other=; Expires=Thu, 01 Jan 1970 00:00:00 GMT'],
      [],
    )
    for (let i = 0; i < 4; i++) await visitor.get('/')
    expect(sent).toEqual([undefined, 'visitor=first; other=stays', 'other=changed', undefined])
  })

  it('gives way to a cookie that a test sends itself', async () => {
    const { visitor, sent } = answering(['visitor=first'], [])
    await visitor.get('/')
    await visitor.get('/', { cookie: 'visitor=somebody else’s' })
    expect(sent).toEqual([undefined, 'visitor=somebody else’s'])
  })
})

it('lets no set-up fail unseen', () => {
  expect(() => expectStatus(anAnswer([], 403), 200, 201)).toThrow('expected 200 or 201, got 403')
})

/** A visitor, whose requests are answered with these cookies, one after the other. */
function answering(...cookies: readonly (readonly string[])[]) {
  const sent: (string | undefined)[] = []
  const send: Send = async (_method, _path, sending) => {
    sent.push(sending?.headers?.['cookie'])
    return anAnswer(cookies[sent.length - 1] ?? [])
  }
  return { sent, visitor: callerOf(withCookies(send)) }
}

function anAnswer(cookies: readonly string[], status = 200): Answer {
  const headers = new Headers(cookies.map((cookie): [string, string] => ['set-cookie', cookie]))
  return { status, headers, bytes: Buffer.alloc(0), text: '', json: () => JSON.parse('{}') as never }
}
