import { aServer, type TestServer } from '@vitrine/testkit'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

let server: TestServer
beforeAll(async () => {
  server = await aServer()
})
afterAll(() => server.stop())

describe('what one says of oneself', () => {
  it('is changed part by part, and told from then on, wherever one signs in', async () => {
    const ann = await server.user('ann')
    expect((await ann.get('/api/v1/me')).json()).toMatchObject({ displayName: 'ann', language: null, theme: 'system' })
    const changed = await ann.patch('/api/v1/me', { displayName: ' Ann Becker ', language: 'de' })
    const expected = { name: 'ann', displayName: 'Ann Becker', language: 'de', theme: 'system' }
    expect([changed.status, changed.json()]).toEqual([200, expect.objectContaining(expected)])
    await ann.patch('/api/v1/me', { theme: 'dark' })
    expect((await ann.get('/api/v1/me')).json()).toMatchObject({ ...expected, theme: 'dark' })
    await ann.patch('/api/v1/me', { language: null })
    expect((await ann.get('/api/v1/me')).json()).toMatchObject({ ...expected, language: null, theme: 'dark' })
    expect((await ann.patch('/api/v1/me', {})).json()).toEqual((await ann.get('/api/v1/me')).json())
  })

  it('is nobody else’s', async () => {
    const [ben, carl] = [await server.user('ben'), await server.user('carl')]
    await ben.patch('/api/v1/me', { displayName: 'Ben', theme: 'light', language: 'en' })
    expect((await carl.get('/api/v1/me')).json()).toMatchObject({
      displayName: 'carl',
      theme: 'system',
      language: null,
    })
  })

  it('is nothing but name, language and theme, each of a known kind', async () => {
    const dora = await server.user('dora')
    for (const change of [
      { name: 'admin' },
      { email: 'dora@example.org' },
      { globalPrivileges: ['people'] },
      { passwordMustChange: false },
      { displayName: '' },
      { displayName: 'a\u0000b' },
      { displayName: null },
      { language: 'fr' },
      { theme: 'pink' },
      { theme: null },
      [],
    ]) {
      const answer = await dora.patch('/api/v1/me', change)
      expect([change, answer.status, answer.json()['code']]).toEqual([change, 400, 'request/invalid'])
    }
    expect((await dora.get('/api/v1/me')).json()).toMatchObject({ name: 'dora', displayName: 'dora', email: null })
  })

  it('is not changed by a program with an app password', async () => {
    const emma = await server.user('emma')
    const { secret } = (await emma.post('/api/v1/me/app-passwords', { name: 'phone' })).json<{ secret: string }>()
    const authorization = `Basic ${Buffer.from(`emma:${secret}`).toString('base64')}`
    const answer = await server.anonymous.patch('/api/v1/me', { displayName: 'Somebody' }, { authorization })
    expect([answer.status, answer.json()['code']]).toEqual([403, 'access/denied'])
  })
})
