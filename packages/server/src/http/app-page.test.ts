import { appPaths } from '@vitrine/api/app-paths'
import { routes } from '@vitrine/api/routes'
import { aServer, type TestServer } from '@vitrine/testkit'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createApp } from '../app.ts'
import { routesOf } from './routes-of.ts'

let server: TestServer
beforeAll(async () => {
  server = await aServer()
})
afterAll(() => server.stop())

const asked = appPaths.map((path) => path.replace('*', '01900000-0000-7000-8000-000000000000/x'))

describe('the page of the application', () => {
  it('is the same at each of its addresses, for everyone', async () => {
    const pages = new Set<string>()
    for (const path of asked) {
      const answer = await server.anonymous.get(path)
      expect([path, answer.status, answer.headers.get('content-type')]).toEqual([path, 200, 'text/html; charset=utf-8'])
      pages.add(answer.text)
    }
    expect(pages.size).toBe(1)
  })

  it('is asked for each time, and lets no code in that is not a file of its own', async () => {
    const { headers } = await server.anonymous.get('/files')
    expect(headers.get('cache-control')).toBe('private, no-transform, no-cache')
    const policy = headers.get('content-security-policy') ?? ''
    expect(policy).toContain("script-src 'self'")
    expect(policy).toContain("style-src 'self'")
    expect(policy).toContain("frame-ancestors 'none'")
    expect(policy).toContain("require-trusted-types-for 'script';trusted-types vitrine-hash-worker")
    expect(policy).not.toContain('unsafe')
    expect(headers.getSetCookie()).toEqual([])
  })

  it('loads files that are kept for ever, and there are no others', async () => {
    const { text } = await server.anonymous.get('/')
    const [script = ''] = /\/app\/[^"]+\.js/.exec(text) ?? []
    const answer = await server.anonymous.get(script)
    expect([answer.status, answer.headers.get('cache-control')]).toEqual([
      200,
      'public, max-age=31536000, immutable, no-transform',
    ])
    expect((await server.anonymous.get('/app/index.html')).status).toBe(404)
    expect((await server.anonymous.get('/app/..%2fpackage.json')).status).toBe(404)
  })

  it('is not there on the public listener', async () => {
    for (const path of [...asked, '/app/index.html']) {
      expect([path, (await server.public.get(path)).status]).toEqual([path, 404])
    }
  })
})

it('the routes that pages call are there', async () => {
  const app = await createApp(server.parts, 'main')
  await app.ready()
  const there = new Set(routesOf(app).map(({ method, url }) => `${method} ${url}`))
  await app.close()
  expect(Object.keys(routes).filter((name) => !there.has(name))).toEqual([])
})
