import { aServer } from '@vitrine/testkit'
import { expect, it } from 'vitest'

it('says that it lives and is ready', async () => {
  await using server = await aServer()
  const [health, ready] = await Promise.all([server.anonymous.get('/healthz'), server.anonymous.get('/readyz')])
  expect([health.status, ready.status]).toEqual([200, 200])
  expect(ready.json()).toEqual({ status: 'ok', checks: { database: 'ok', dataFolder: 'ok', process: 'ok' } })
})

it('answers operators on the main listener only', async () => {
  await using server = await aServer()
  for (const path of ['/healthz', '/readyz', '/metrics']) {
    expect([path, (await server.anonymous.get(path)).status]).toEqual([path, 200])
    expect([path, (await server.public.get(path)).status]).toEqual([path, 404])
  }
})

it('counts requests by the route, never by the address', async () => {
  await using server = await aServer()
  await server.anonymous.get('/nothing/here?sh=0123456789')
  const { text } = await server.anonymous.get('/metrics')
  expect(text).toContain('vitrine_http_request_duration_seconds_count{method="GET",route="none",status="404"} 1')
  expect(text).not.toContain('nothing')
})
