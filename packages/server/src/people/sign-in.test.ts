import { aServer } from '@vitrine/testkit'
import { expect, it } from 'vitest'

it('starts', async () => {
  await using server = await aServer()
  const me = await server.as('admin').get('/api/v1/me')
  expect([me.status, me.text]).toEqual([200, ''])
})
it('ann', async () => {
  await using server = await aServer()
  const me = await server.as('ann').get('/api/v1/me')
  expect([me.status, me.text]).toEqual([200, ''])
})
