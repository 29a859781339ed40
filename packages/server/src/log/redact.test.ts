import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createLog } from './create-log.ts'

/** Logs something as the server does, and gives back the line. */
function logged(...event: [facts: object, message?: string] | [message: string]): string {
  const lines: string[] = []
  const log = createLog({ logLevel: 'trace' }, { write: (line) => void lines.push(line) })
  if (typeof event[0] === 'string') log.info(event[0])
  else log.info(event[0], event[1])
  return lines.join('')
}

const token = '0198c1d2_7a3b_7c4d_8e5f_0123456789ab.Zm9vYmFyYmF6cXV4Zm9vYmFyYmF6cXV4Zm9vYmFyYmE'
const secret = 'Tr0ub4dor-and-3'

describe('a share link token', () => {
  it.each([
    ['in an address', { req: { url: `/linkshare.html?sh=${token}` } }],
    ['after other parameters', { url: `https://a.example/linkshare.html/items?folder=x&sh=${token}&limit=500` }],
    ['in an address within an address', { url: `/login?next=${encodeURIComponent(`/linkshare.html?sh=${token}`)}` }],
    ['encoded twice', { url: `/a?b=${encodeURIComponent(encodeURIComponent(`/x?sh=${token}`))}` }],
    ['in capitals', { url: `/linkshare.html?SH=${token}` }],
    ['in a Referer', { headers: { referer: `https://a.example/linkshare.html?sh=${token}` } }],
    ['in an error', { err: new Error(`cannot answer GET /linkshare.html?sh=${token}`) }],
    ['in the cause of an error', { err: new Error('no', { cause: new Error(`sh=${token}`) }) }],
    ['by itself', { facts: { which: token } }],
    ['in JSON within a string', { body: JSON.stringify({ sh: token }) }],
    ['as a member', { sh: token }],
  ])('is not logged %s', (_where, facts) => {
    expect(logged(facts)).not.toContain('Zm9vYmFy')
  })

  it('is not logged in a message', () => {
    expect(logged(`opened ?sh=${token}`)).not.toContain('Zm9vYmFy')
  })
})

describe('a part capability', () => {
  it.each([`/linkshare.html/downloads/x/parts/1?dl=${secret}`, `?a=1&dl=${secret}&b=2`, `%26dl%3D${secret}`])(
    'is not logged in %s',
    (url) => {
      const line = logged({ url })
      expect(line).not.toContain(secret)
      expect(line).toContain('[redacted]')
    },
  )
})

describe('a password, cookie or Authorization', () => {
  it.each([
    { headers: { authorization: `Bearer ${secret}`, cookie: `session=${secret}; theme=dark` } },
    { headers: { 'set-cookie': [`session=${secret}; HttpOnly`, `visitor=${secret}`] } },
    { headers: { 'x-csrf-token': secret } },
    { headers: ['Authorization', `Basic ${secret}`] },
    { rawHeaders: `GET / HTTP/1.1\r\nCookie: a=${secret}; b=${secret}\r\nHost: x\r\n` },
    { cookies: { session: secret, visitor: secret } },
    { password: secret },
    { newPassword: secret, nested: { deep: [{ appPassword: secret }] } },
    { password: ['x', secret] },
    { password: `with "quotes" and \\ and ${secret}` },
    { body: JSON.stringify({ name: 'ann', password: secret }) },
    { body: JSON.stringify({ inner: JSON.stringify({ password: secret }) }) },
    { form: `name=ann&password=${secret}&x=1` },
    { err: new Error(`sign-in with password=${secret} failed`) },
    { err: new Error(`sign-in with password: ${secret} failed`) },
    { err: Object.assign(new Error('no'), { password: secret }) },
    { err: new Error(`connect postgresql://vitrine:${secret}@db.example/vitrine`) },
    { url: `https://ann:${secret}@a.example/` },
    { text: `Basic ${Buffer.from(`ann:${secret}`).toString('base64')}`, other: 'ann' },
  ])('is not logged: %j', (facts) => {
    const line = logged(facts)
    expect(line).not.toContain(secret)
    expect(line).not.toContain(Buffer.from(`ann:${secret}`).toString('base64'))
  })

  it.each(['password', 'token', 'sh=', 'dl=', 'cookie: ', 'authorization: basic ', '://a:'])(
    'is nowhere else cut off: %s',
    (word) => expect(JSON.parse(logged({ before: 1, text: word, after: 'kept' }))).toMatchObject({ after: 'kept' }),
  )
})

describe('a line of the log', () => {
  it('is JSON, whatever is logged', () => {
    const hostile = fc.string({
      unit: fc.constantFrom(
        '"',
        '\\',
        '\n',
        '=',
        '&',
        ' ',
        ':',
        '{',
        '}',
        'sh=',
        'password',
        'cookie',
        '%3d',
        '://',
        '@',
        'a',
      ),
    })
    fc.assert(
      fc.property(hostile, hostile, (text, other) => {
        const line = logged({ text, password: other, list: [other, text], url: `/?sh=${text}`, last: 'kept' }, text)
        expect(JSON.parse(line)).toMatchObject({ last: 'kept', level: 'info' })
      }),
      { numRuns: 2000 },
    )
  })

  it('keeps what is no secret', () => {
    const facts = {
      url: '/linkshare.html/items?folder=abc&limit=200',
      fresh: 'refresh=1',
      passwordMustChange: true,
      tokens: 3,
      route: '/api/v1/share-links',
      message: 'the token is not known',
    }
    const line = JSON.parse(logged(facts)) as object
    expect(line).toMatchObject({ ...facts })
  })
})

it('says of an error what it is and why, and not what a library hung on it', () => {
  const error = Object.assign(new Error('no', { cause: new Error('why') }), { code: '57P01', client: { buffer: 'x' } })
  const { err } = JSON.parse(logged({ err: error })) as { err: Record<string, unknown> }
  expect(err).toMatchObject({ type: 'Error', message: 'no', code: '57P01', cause: { message: 'why' } })
  expect(Object.keys(err)).not.toContain('client')
})
