import { aServer, type Answer, type TestServer } from '@vitrine/testkit'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

const password = 'correct horse battery'

let server: TestServer

beforeAll(async () => {
  server = await aServer()
})
afterAll(() => server.stop())

describe('HTTP Basic', () => {
  it.each([
    ['a colon in the password', 'b-colon', 'so:me:thing'],
    ['a password that begins with a colon', 'b-first', ':something'],
    ['letters of any script', 'b-größe', 'пароль密码😀 long'],
    ['spaces', 'b two words', ' leading and trailing '],
    ['an address for a name', 'b@example.org', password],
  ])('takes %s', async (_what, name, secret) => {
    await aUser(name, secret)
    expect((await me(basic(name, secret))).json()).toMatchObject({ name, signedInBy: 'password' })
  })

  it('takes the same letters however they are composed, and Latin-1 of older clients', async () => {
    await aUser('b-latin', 'Grüße, Zoë')
    expect((await me(basic('b-latin', 'Grüße, Zoë'.normalize('NFD')))).status).toBe(200)
    expect((await me(`Basic ${Buffer.from('b-latin:Grüße, Zoë', 'latin1').toString('base64')}`)).status).toBe(200)
  })

  it('does not mind the case of the scheme', async () => {
    await aUser('b-scheme')
    expect((await me(basic('b-scheme', password).replace('Basic', 'bASIC'))).status).toBe(200)
  })

  it.each([
    ['no colon', `Basic ${encoded('b-nobody')}`],
    ['no name', `Basic ${encoded(`:${password}`)}`],
    ['nothing', 'Basic'],
    ['no base64', 'Basic %%%%'],
    ['NUL', `Basic ${encoded('admin:\0')}`],
    ['NUL in the name', `Basic ${encoded('ad\0min:x')}`],
    ['8,000 characters', `Basic ${encoded(`admin:${'x'.repeat(6000)}`)}`],
    ['two values', `Basic ${encoded('admin:x')} ${encoded('admin:y')}`],
    ['another scheme', 'Digest username="admin"'],
    ['an empty bearer token', 'Bearer '],
    ['a wrong bearer token', `Bearer ${'A'.repeat(43)}`],
    ['SQL', `Basic ${encoded(`' or 1=1 --:x`)}`],
  ])('refuses %s with one answer', async (_what, authorization) => {
    const answer = await me(authorization)
    expect([answer.status, answer.json()['code']]).toEqual([401, 'access/unauthenticated'])
    expect(answer.headers.get('www-authenticate')).toBe('Basic realm="Vitrine", charset="UTF-8"')
  })

  it('refuses a header of 100 kB without harm', async () => {
    expect((await me(`Basic ${'A'.repeat(100_000)}`)).status).toBe(431)
    expect((await server.as('admin').get('/api/v1/me')).status).toBe(200)
  })

  it('does not open the window of a browser over a page that signs in itself', async () => {
    const headers = { 'sec-fetch-mode': 'cors', 'sec-fetch-site': 'same-origin' }
    const answer = await server.anonymous.get('/api/v1/me', headers)
    expect([answer.status, answer.headers.get('www-authenticate')]).toEqual([401, 'Session realm="Vitrine"'])
  })

  it('counts, and not the cookie, where both are sent', async () => {
    await aUser('b-both')
    const session = await server.anonymous.post('/api/v1/sessions', { name: 'b-both', password })
    const cookie = session.headers.getSetCookie()[0]?.split(';')[0] ?? ''
    expect((await me(basic('b-both', 'wrong one'), { cookie })).status).toBe(401)
  })

  it('changes nothing for a page of another site: browsers add remembered passwords', async () => {
    await aUser('b-site')
    const send = (headers: Record<string, string>) =>
      server.anonymous.post(
        '/api/v1/me/app-passwords',
        { name: 'x' },
        { authorization: basic('b-site', password), ...headers },
      )
    expect((await send({ 'sec-fetch-site': 'cross-site' })).status).toBe(403)
    expect((await send({ origin: 'http://evil.example' })).status).toBe(403)
    expect((await send({ origin: server.url })).status).toBe(201)
  })

  it('takes a new password at once, and the old one no longer, although it was remembered as right', async () => {
    const id = await aUser('b-changed')
    expect((await me(basic('b-changed', password))).status).toBe(200)
    const set = await server.as('admin').put(`/api/v1/users/${id}/password`, { password: 'another one' })
    expect(set.status).toBe(204)
    expect((await me(basic('b-changed', password))).status).toBe(401)
    expect((await me(basic('b-changed', 'another one'))).status).toBe(200)
  })

  it('ends at once when the user is disabled, although the password was remembered as right', async () => {
    const id = await aUser('b-disabled')
    expect((await me(basic('b-disabled', password))).status).toBe(200)
    await server.as('admin').post(`/api/v1/users/${id}/disable`, {})
    const answer = await me(basic('b-disabled', password))
    expect([answer.status, answer.json()['code']]).toEqual([403, 'people/disabled'])
  })

  it('hashes a password that many requests bring at once only once, and answers them all', async () => {
    await aUser('b-many')
    const answers = await Promise.all(Array.from({ length: 40 }, () => me(basic('b-many', password))))
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]))
  })

  it('lets whoever is right in after failures of others in the same network', async () => {
    await aUser('b-busy')
    expect((await me(basic('b-busy', password))).status).toBe(200)
    const failures = await Promise.all(Array.from({ length: 6 }, (_, at) => me(basic('b-busy', `wrong ${at}`))))
    expect(new Set(failures.map(({ status }) => status))).toEqual(new Set([401]))
    expect((await me(basic('b-busy', password))).status).toBe(200)
  })
})

describe('an app password', () => {
  it('is told once, signs in as its user, and ends when it is revoked', async () => {
    await aUser('app-ann')
    const { id, secret } = await anAppPassword('app-ann')
    expect(secret).toMatch(/^vtr_[a-z2-7]{32}$/)
    expect((await me(basic('app-ann', secret))).json()).toMatchObject({ name: 'app-ann', signedInBy: 'app-password' })
    const own = { authorization: basic('app-ann', password) }
    const listed = await server.anonymous.get('/api/v1/me/app-passwords', own)
    expect(listed.json()).toEqual({
      items: [{ id, name: 'phone', createdAt: expect.any(String), lastUsedAt: expect.any(String) }],
    })
    expect((await server.anonymous.delete(`/api/v1/me/app-passwords/${id}`, own)).status).toBe(204)
    expect((await me(basic('app-ann', secret))).status).toBe(401)
  })

  it('is of no use with another name, nor almost right', async () => {
    await aUser('app-ben')
    await aUser('app-carl')
    const { secret } = await anAppPassword('app-ben')
    expect((await me(basic('app-carl', secret))).status).toBe(401)
    expect((await me(basic('app-ben', `${secret.slice(0, -1)}${secret.endsWith('a') ? 'b' : 'a'}`))).status).toBe(401)
    expect((await me(basic('app-ben', secret.toUpperCase()))).status).toBe(401)
  })

  it('cannot be revoked by somebody else', async () => {
    await aUser('app-dora')
    const { id, secret } = await anAppPassword('app-dora')
    const other = await server.user('app-else')
    expect((await other.delete(`/api/v1/me/app-passwords/${id}`)).status).toBe(404)
    expect((await me(basic('app-dora', secret))).status).toBe(200)
  })

  it('stays when the password changes, and does not work while its user is disabled', async () => {
    const id = await aUser('app-emma')
    const { secret } = await anAppPassword('app-emma')
    const admin = server.as('admin')
    await admin.put(`/api/v1/users/${id}/password`, { password: 'another one' })
    expect((await me(basic('app-emma', secret))).status).toBe(200)
    await admin.post(`/api/v1/users/${id}/disable`, {})
    expect((await me(basic('app-emma', secret))).status).toBe(403)
    await admin.post(`/api/v1/users/${id}/enable`, {})
    expect((await me(basic('app-emma', secret))).status).toBe(200)
  })

  it('opens no door to the account: no password, app password or session can be made or ended with it', async () => {
    await aUser('app-finn')
    const { secret } = await anAppPassword('app-finn')
    const headers = { authorization: basic('app-finn', secret) }
    const answers = await Promise.all([
      server.anonymous.put('/api/v1/me/password', { current: password, password: 'another one' }, headers),
      server.anonymous.post('/api/v1/me/app-passwords', { name: 'more' }, headers),
      server.anonymous.get('/api/v1/me/app-passwords', headers),
      server.anonymous.delete('/api/v1/sessions', headers),
    ])
    expect(answers.map(({ status }) => status)).toEqual([403, 403, 403, 403])
  })
})

describe('the local token', () => {
  it('acts as admin, even a disabled one, so that an installation can be recovered', async () => {
    const admin = server.as('admin')
    expect((await admin.get('/api/v1/me')).json()).toMatchObject({ name: 'admin', signedInBy: 'local-token' })
  })

  it('means nothing on the public listener', async () => {
    const authorization = `Bearer ${server.parts.localToken.reveal()}`
    expect((await server.public.get('/api/v1/me', { authorization })).status).toBe(404)
  })
})

// --- set-up ---------------------------------------------------------------------------------

function encoded(text: string): string {
  return Buffer.from(text, 'utf8').toString('base64')
}

function basic(name: string, secret: string): string {
  return `Basic ${encoded(`${name}:${secret}`)}`
}

function me(authorization: string, headers: Record<string, string> = {}): Promise<Answer> {
  return server.anonymous.get('/api/v1/me', { authorization, ...headers })
}

async function aUser(name: string, secret = password): Promise<string> {
  const made = await server.as('admin').post('/api/v1/users', { name, password: secret })
  expect(made.status).toBe(201)
  return made.json<{ id: string }>().id
}

async function anAppPassword(name: string): Promise<{ id: string; secret: string }> {
  const headers = { authorization: basic(name, password) }
  const made = await server.anonymous.post('/api/v1/me/app-passwords', { name: 'phone' }, headers)
  expect(made.status).toBe(201)
  return made.json()
}
