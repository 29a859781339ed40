import { aServer, type Answer, type Caller, type Person, type TestServer } from '@vitrine/testkit'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

const hour = 3_600_000
const password = 'correct horse battery'

let server: TestServer
let nobodyElse: Person

beforeAll(async () => {
  server = await aServer({
    environment: { VITRINE_TRUST_PROXY: '127.0.0.1', VITRINE_PUBLIC_URL: 'https://dam.example' },
  })
  nobodyElse = await server.user('somebody-else')
})
afterAll(() => server.stop())

describe('signing in', () => {
  it('begins a session in a cookie that no script can read', async () => {
    const { answer, browser } = await aSession('ann')
    expect(answer.status).toBe(201)
    expect(answer.json()).toMatchObject({ user: { name: 'ann', displayName: 'ann' } })
    expect(answer.headers.getSetCookie()).toEqual([
      expect.stringMatching(/^vitrine_session=[\w-]{43}; Path=\/; Expires=[^;]+; HttpOnly; SameSite=Lax$/),
    ])
    const me = await browser.get('/api/v1/me')
    expect(me.json()).toMatchObject({ name: 'ann', signedInBy: 'session', csrfToken: answer.json()['csrfToken'] })
    expect(me.headers.get('cache-control')).toBe('private, no-store')
  })

  it('binds the cookie to this host and to https where the browser speaks https', async () => {
    await aUser('ben')
    const https = { 'x-forwarded-proto': 'https' }
    const answer = await server.anonymous.post('/api/v1/sessions', { name: 'ben', password }, https)
    const [line = ''] = answer.headers.getSetCookie()
    expect(line).toMatch(/^__Host-vitrine_session=[\w-]{43}; Path=\/; Expires=[^;]+; HttpOnly; Secure; SameSite=Lax$/)
    // The same value under the name that any host could have set is no session over https.
    const cookie = cookieOf(answer).replace('__Host-', '')
    expect((await server.anonymous.get('/api/v1/me', { ...https, cookie })).status).toBe(401)
    expect((await server.anonymous.get('/api/v1/me', { ...https, cookie: cookieOf(answer) })).status).toBe(200)
  })

  it('answers a wrong password and an unknown name alike', async () => {
    await aUser('carl')
    const wrong = await server.anonymous.post('/api/v1/sessions', { name: 'carl', password: 'not it' })
    const unknown = await server.anonymous.post('/api/v1/sessions', { name: 'no-such-name', password: 'not it' })
    expect([wrong.status, wrong.json()['code']]).toEqual([401, 'access/unauthenticated'])
    expect(withoutRequestId(unknown)).toEqual(withoutRequestId(wrong))
    expect(wrong.headers.getSetCookie()).toEqual([])
  })

  it('takes the name in any case and composition', async () => {
    await aUser('zoë')
    expect((await signIn(server.anonymous, 'ZOE\u0308')).status).toBe(201)
  })

  it('never takes over a session that was there before', async () => {
    await aUser('dora')
    const planted = 'A'.repeat(43)
    const answer = await server.anonymous.post(
      '/api/v1/sessions',
      { name: 'dora', password },
      { cookie: `vitrine_session=${planted}` },
    )
    expect(cookieOf(answer)).not.toContain(planted)
    expect((await server.anonymous.get('/api/v1/me', { cookie: `vitrine_session=${planted}` })).status).toBe(401)
  })

  it('ends the session that the browser had, whoever it was', async () => {
    const first = await aSession('emma')
    await aUser('finn')
    const before = cookieOf(first.answer)
    expect(
      (await server.anonymous.post('/api/v1/sessions', { name: 'finn', password }, { cookie: before })).status,
    ).toBe(201)
    expect((await server.anonymous.get('/api/v1/me', { cookie: before })).status).toBe(401)
  })

  it('is refused to pages of other sites, and to anything but JSON', async () => {
    await aUser('gina')
    const body = { name: 'gina', password }
    for (const headers of [
      { 'sec-fetch-site': 'cross-site' },
      { 'sec-fetch-site': 'same-site' },
      { origin: 'https://evil.example' },
      { origin: 'null' },
    ]) {
      const answer = await server.anonymous.post('/api/v1/sessions', body, headers)
      expect([answer.status, answer.json()['code']]).toEqual([403, 'request/cross-site'])
    }
    const form = await server.anonymous.post('/api/v1/sessions', body, { 'content-type': 'text/plain' })
    expect(form.status).toBe(400)
    expect((await server.anonymous.post('/api/v1/sessions', body, { origin: 'https://dam.example' })).status).toBe(201)
  })

  it('does not accept an app password, which may not grow into a session', async () => {
    const { browser, csrf } = await aSession('hugo')
    const made = await browser.post('/api/v1/me/app-passwords', { name: 'phone' }, csrf)
    const secret = made.json<{ secret: string }>().secret
    expect((await server.anonymous.post('/api/v1/sessions', { name: 'hugo', password: secret })).status).toBe(401)
  })

  it('is not there on the public listener, and its cookie means nothing there', async () => {
    const { answer } = await aSession('iris')
    expect((await server.public.post('/api/v1/sessions', { name: 'iris', password })).status).toBe(404)
    const withCookie = await server.public.get('/api/v1/me', { cookie: cookieOf(answer) })
    const without = await server.public.get('/api/v1/me')
    expect(withoutRequestId(withCookie)).toEqual(withoutRequestId(without))
    expect(without.status).toBe(404)
  })

  it.each([
    ['an empty name', { name: '', password }, 401],
    ['NUL in the name', { name: 'a\0b', password }, 400],
    ['a lone surrogate', { name: '\ud800', password }, 401],
    ['a password of 2,000 characters', { name: 'ann', password: 'x'.repeat(2000) }, 400],
    ['more than is asked for', { name: 'ann', password, admin: true }, 400],
    ['a body of a megabyte', { name: 'ann', password: 'x'.repeat(1 << 20) }, 413],
  ])('refuses %s', async (_what, body, status) => {
    expect((await server.anonymous.post('/api/v1/sessions', body)).status).toBe(status)
  })
})

describe('a session', () => {
  it('changes nothing without its own CSRF token', async () => {
    const { browser, csrf } = await aSession('jack')
    const other = await aSession('kate')
    const attempts = [{}, { 'x-csrf-token': '' }, { 'x-csrf-token': 'A'.repeat(43) }, other.csrf]
    for (const headers of attempts) {
      const refused = await browser.post('/api/v1/me/app-passwords', { name: 'x' }, headers)
      expect([refused.status, refused.json()['code']]).toEqual([403, 'request/csrf'])
    }
    expect((await browser.post('/api/v1/me/app-passwords', { name: 'x' }, csrf)).status).toBe(201)
  })

  it('changes nothing for a page of another site, even with the token', async () => {
    const { browser, csrf } = await aSession('lena')
    for (const headers of [{ 'sec-fetch-site': 'cross-site' }, { origin: 'https://evil.example' }]) {
      const refused = await browser.post('/api/v1/me/app-passwords', { name: 'x' }, { ...csrf, ...headers })
      expect([refused.status, refused.json()['code']]).toEqual([403, 'request/cross-site'])
    }
  })

  it('does not go on under a replaced cookie: the token belongs to one session', async () => {
    const victim = await aSession('mona')
    const attacker = await aSession('nils')
    const refused = await server.anonymous.post(
      '/api/v1/me/app-passwords',
      { name: 'x' },
      { cookie: cookieOf(attacker.answer), ...victim.csrf },
    )
    expect([refused.status, refused.json()['code']]).toEqual([403, 'request/csrf'])
  })

  it('is over after a day without use, and goes on with use', async () => {
    const { browser } = await aSession('olga')
    for (let day = 0; day < 3; day++) {
      server.wait(23 * hour)
      expect((await browser.get('/api/v1/me')).status).toBe(200)
    }
    server.wait(24 * hour)
    expect((await browser.get('/api/v1/me')).status).toBe(401)
  })

  it('is over after two weeks, however much it is used', async () => {
    const { browser } = await aSession('paul')
    for (let use = 0; use < 16; use++) {
      server.wait(20 * hour)
      expect((await browser.get('/api/v1/me')).status).toBe(200)
    }
    server.wait(20 * hour)
    expect((await browser.get('/api/v1/me')).status).toBe(401)
  })

  it('ends by signing out, here or everywhere', async () => {
    const here = await aSession('rosa')
    const there = await signIn(server.anonymous, 'rosa')
    const out = await here.browser.request('DELETE', '/api/v1/sessions/current', { headers: here.csrf })
    expect([out.status, out.headers.getSetCookie()[0]]).toEqual([
      204,
      expect.stringMatching(/^vitrine_session=; .*1970/),
    ])
    expect(await statusWith(cookieOf(here.answer))).toBe(401)
    expect(await statusWith(cookieOf(there))).toBe(200)

    const third = await signIn(server.anonymous, 'rosa')
    await server.anonymous.delete('/api/v1/sessions', { cookie: cookieOf(there), ...csrfOf(there) })
    expect([await statusWith(cookieOf(there)), await statusWith(cookieOf(third))]).toEqual([401, 401])
  })

  it('can be found in a list and ended from another one, but not by somebody else', async () => {
    const { browser, csrf, answer } = await aSession('sven')
    const other = await signIn(server.anonymous, 'sven')
    const listed = (await browser.get('/api/v1/sessions')).json<{ items: { id: string; current: boolean }[] }>().items
    expect(new Set(listed.map(({ id }) => id))).toEqual(new Set([answer.json()['id'], other.json()['id']]))
    expect(listed.filter(({ current }) => current)).toEqual([expect.objectContaining({ id: answer.json()['id'] })])
    expect((await nobodyElse.delete(`/api/v1/sessions/${String(other.json()['id'])}`)).status).toBe(404)
    expect((await browser.delete(`/api/v1/sessions/${String(other.json()['id'])}`, csrf)).status).toBe(204)
    expect(await statusWith(cookieOf(other))).toBe(401)
  })

  it('ends when another password is chosen, but for the one that chose it', async () => {
    const { browser, csrf, answer } = await aSession('tina')
    const other = await signIn(server.anonymous, 'tina')
    const wrong = await browser.put('/api/v1/me/password', { current: 'not it', password: 'another one' }, csrf)
    expect([wrong.status, wrong.json()['code']]).toEqual([403, 'access/denied'])
    const changed = await browser.put('/api/v1/me/password', { current: password, password: 'another one' }, csrf)
    expect(changed.status).toBe(204)
    expect([await statusWith(cookieOf(answer)), await statusWith(cookieOf(other))]).toEqual([200, 401])
    expect((await signIn(server.anonymous, 'tina')).status).toBe(401)
    expect((await signIn(server.anonymous, 'tina', 'another one')).status).toBe(201)
  })

  it('ends when its user is disabled, and is not back when they are enabled', async () => {
    const { answer, id } = await aSession('udo')
    const admin = server.as('admin')
    expect((await admin.post(`/api/v1/users/${id}/disable`, {})).status).toBe(204)
    expect(await statusWith(cookieOf(answer))).toBe(401)
    const refused = await signIn(server.anonymous, 'udo')
    expect([refused.status, refused.json()['code']]).toEqual([403, 'people/disabled'])
    expect((await admin.post(`/api/v1/users/${id}/enable`, {})).status).toBe(204)
    expect(await statusWith(cookieOf(answer))).toBe(401)
    expect((await signIn(server.anonymous, 'udo')).status).toBe(201)
  })
})

it('keeps no token, password or app password in the log or in the database', async () => {
  const { browser, csrf } = await aSession('vera')
  const made = await browser.post('/api/v1/me/app-passwords', { name: 'phone' }, csrf)
  server.secrets.add(made.json<{ secret: string }>().secret)
  server.secrets.add(csrf['x-csrf-token'])
  server.secrets.add(password)
  expect(await server.leaks()).toEqual({ log: [], database: [] })
})

// --- set-up ---------------------------------------------------------------------------------

/** Of a user who has the password of this file. */
async function aUser(name: string): Promise<string> {
  const made = await server.as('admin').post('/api/v1/users', { name, password })
  expect(made.status).toBe(201)
  return made.json<{ id: string }>().id
}

/** A new user, signed in with a browser. */
async function aSession(name: string) {
  const id = await aUser(name)
  const browser = server.aVisitor('main')
  const answer = await signIn(browser, name)
  return { id, browser, answer, csrf: csrfOf(answer) }
}

function signIn(caller: Caller, name: string, given = password): Promise<Answer> {
  return caller.post('/api/v1/sessions', { name, password: given })
}

function csrfOf(answer: Answer) {
  return { 'x-csrf-token': String(answer.json()['csrfToken']) }
}

function cookieOf(answer: Answer): string {
  return answer.headers.getSetCookie()[0]?.split(';')[0] ?? ''
}

async function statusWith(cookie: string): Promise<number> {
  return (await server.anonymous.get('/api/v1/me', { cookie })).status
}

function withoutRequestId(answer: Answer) {
  return { status: answer.status, ...answer.json(), requestId: '' }
}
