import { aServer, type Answer, type Caller, type TestServer } from '@vitrine/testkit'
import type { FastifyInstance } from 'fastify'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createApp } from '../app.ts'
import { routesOf } from '../http/routes-of.ts'

const given = 'given by somebody'
const own = 'correct horse battery'

let server: TestServer
let app: FastifyInstance
beforeAll(async () => {
  server = await aServer()
  app = await createApp(server.parts, 'main')
  await app.ready()
})
afterAll(async () => {
  await app.close()
  await server.stop()
})

/** What is open before the password is changed. */
const open = new Set([
  'GET /api/v1/me',
  'HEAD /api/v1/me',
  'PATCH /api/v1/me',
  'PUT /api/v1/me/password',
  'DELETE /api/v1/sessions/current',
])

describe('whoever has to choose a password of their own', () => {
  it('gets nothing at a browser but that, themselves, and out', async () => {
    const { browser, csrf } = await aSession('ann')
    const guarded = await guardedRoutes()
    expect(guarded.length).toBeGreaterThan(30)
    for (const { method, url } of guarded) {
      if (open.has(`${method} ${url}`)) continue
      const path = url.replaceAll(/:\w+/g, '01900000-0000-7000-8000-000000000000')
      const body = method === 'GET' || method === 'HEAD' ? {} : { body: {} }
      const answer = await browser.request(method, path, { headers: csrf, ...body })
      const code = method === 'HEAD' ? undefined : answer.json()['code']
      expect([method, url, answer.status, code]).toEqual([
        method,
        url,
        403,
        method === 'HEAD' ? undefined : 'people/password-must-change',
      ])
    }
    expect((await browser.get('/api/v1/me')).json()).toMatchObject({ name: 'ann', passwordMustChange: true })
  })

  it('gets everything with a password of their own, in the same session and in no other', async () => {
    const { browser, csrf } = await aSession('ben')
    const other = await signedIn('ben')
    expect(codeOf(await browser.get('/api/v1/nodes?path=/'))).toEqual([403, 'people/password-must-change'])
    expect(await changePassword(browser, csrf, own)).toEqual([204, undefined])
    expect((await browser.get('/api/v1/sessions')).json<{ items: unknown[] }>().items).toHaveLength(1)
    expect((await browser.get('/api/v1/me')).json()).toMatchObject({ passwordMustChange: false })
    expect(codeOf(await other.browser.get('/api/v1/me'))).toEqual([401, 'access/unauthenticated'])
  })

  it('cannot keep the one that others know', async () => {
    const { browser, csrf } = await aSession('carl')
    expect(await changePassword(browser, csrf, given)).toEqual([422, 'people/password-unchanged'])
    expect(codeOf(await browser.get('/api/v1/sessions'))).toEqual([403, 'people/password-must-change'])
  })

  it('may sign out instead', async () => {
    const { browser, csrf } = await aSession('dora')
    expect((await browser.delete('/api/v1/sessions/current', csrf)).status).toBe(204)
    expect(codeOf(await browser.get('/api/v1/me'))).toEqual([401, 'access/unauthenticated'])
  })

  it('has to do it again when somebody else sets one, and until then no session goes on', async () => {
    const { browser, csrf, id } = await aSession('emma')
    await changePassword(browser, csrf, own)
    const admin = server.as('admin')
    expect((await admin.put(`/api/v1/users/${id}/password`, { password: given, mustChange: true })).status).toBe(204)
    expect((await browser.get('/api/v1/me')).status).toBe(401)
    const again = await signedIn('emma')
    expect(codeOf(await again.browser.get('/api/v1/sessions'))).toEqual([403, 'people/password-must-change'])
  })

  it('is not kept from working with programs: they cannot choose one', async () => {
    const { browser, csrf, id } = await aSession('finn')
    await changePassword(browser, csrf, own)
    const made = await browser.post('/api/v1/me/app-passwords', { name: 'phone' }, csrf)
    const { secret } = made.json<{ secret: string }>()
    await server.as('admin').put(`/api/v1/users/${id}/password`, { password: given, mustChange: true })
    for (const password of [secret, given]) {
      const authorization = `Basic ${Buffer.from(`finn:${password}`).toString('base64')}`
      expect((await server.anonymous.get('/api/v1/sessions', { authorization })).status).toBe(200)
    }
  })
})

/** Every route that wants a sign-in, as it was registered. */
async function guardedRoutes() {
  const guarded = []
  for (const route of routesOf(app)) {
    if (route.isPublic) continue
    const { statusCode } = await app.inject({ method: route.method as 'GET', url: route.url.replaceAll(':', '') })
    if (statusCode === 401) guarded.push(route)
  }
  return guarded
}

/** A new user with a password that they have to change, signed in with a browser. */
async function aSession(name: string) {
  const wanted = { name, password: given, passwordMustChange: true }
  const { id } = (await server.as('admin').post('/api/v1/users', wanted)).json<{ id: string }>()
  return { id, ...(await signedIn(name)) }
}

async function signedIn(name: string) {
  const browser = server.aVisitor('main')
  const answer = await browser.post('/api/v1/sessions', { name, password: given })
  expect(answer.status).toBe(201)
  return { browser, csrf: { 'x-csrf-token': String(answer.json()['csrfToken']) } }
}

async function changePassword(browser: Caller, csrf: Readonly<Record<string, string>>, password: string) {
  const answer = await browser.put('/api/v1/me/password', { current: given, password }, csrf)
  return answer.status === 204 ? [204, undefined] : codeOf(answer)
}

function codeOf(answer: Answer): unknown[] {
  return [answer.status, answer.json()['code']]
}
