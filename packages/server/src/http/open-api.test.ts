import { aServer } from '@vitrine/testkit'
import { expect, it } from 'vitest'
import { createApp } from '../app.ts'
import { routesOf } from './routes-of.ts'

it('describes every signed-in route, and shows it to people who are signed in only', async () => {
  await using server = await aServer()
  expect((await server.anonymous.get('/api/v1/openapi.json')).status).toBe(401)

  const answer = await server.as('ann').get('/api/v1/openapi.json')
  const document = answer.json<{ openapi: string; paths: Record<string, Record<string, unknown>> }>()
  expect(document.openapi).toMatch(/^3\.1/)

  const described = new Set(
    Object.entries(document.paths).flatMap(([path, methods]) =>
      Object.keys(methods).map((method) => `${method} ${path}`),
    ),
  )
  const app = await createApp(server.parts, 'main')
  const missing = routesOf(app)
    .filter(({ url, method }) => url.startsWith('/api/v1/') && method !== 'HEAD' && !url.endsWith('openapi.json'))
    .map(({ url, method }) => `${method.toLowerCase()} ${url.replaceAll(/:(\w+)/g, '{$1}')}`)
    .filter((route) => !described.has(route) && route !== 'post /api/v1/sessions')
  await app.close()
  expect(missing).toEqual([])
})
