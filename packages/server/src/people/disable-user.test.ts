import { aServer, type Person, type TestServer } from '@vitrine/testkit'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

let server: TestServer
let folder: string

beforeAll(async () => {
  server = await aServer()
  const admin = server.as('admin')
  const root = (await admin.get('/api/v1/nodes?path=/')).json<{ id: string }>().id
  const made = await admin.post('/api/v1/nodes', { parent: root, kind: 'folder', name: 'Campaign' })
  folder = made.json<{ id: string }>().id
  await server.group('sharers')
  await server.grant('/Campaign', 'sharers', 'read', 'download-original', 'share')
})
afterAll(() => server.stop())

describe('disabling somebody who holds share links', () => {
  it('asks first what becomes of them, and says how many there are', async () => {
    const { holder, links } = await aHolder('ann', 2)
    const asked = await disable(holder, {})
    expect([asked.status, asked.json()]).toMatchObject([409, { code: 'people/holds-links', count: 2 }])
    expect((await holder.get('/api/v1/me')).status).toBe(200)
    expect(await statesOf(links)).toEqual(['live', 'live'])
  })

  it('revokes them when told so', async () => {
    const { holder, links } = await aHolder('ben', 2)
    expect((await disable(holder, { links: 'revoke' })).status).toBe(204)
    expect(await statesOf(links)).toEqual(['revoked', 'revoked'])
    expect((await holder.get('/api/v1/me')).status).toBe(403)
  })

  it('hands them over to somebody who may share the same, and they go on', async () => {
    const { holder, links } = await aHolder('carl', 1)
    const heir = await server.user('heir', { groups: ['sharers'] })
    expect((await disable(holder, { links: { handOverTo: heir.id } })).status).toBe(204)
    expect(await statesOf(links)).toEqual(['live'])
  })

  it('disables nobody when the new holder may not share, is disabled, is unknown or the same', async () => {
    const { holder, links } = await aHolder('dora', 1)
    const stranger = await server.user('stranger')
    const gone = await server.user('gone', { groups: ['sharers'] })
    await disable(gone, {})
    const heirs = [stranger.id, gone.id, server.parts.newId(), holder.id]
    const answers = await Promise.all(heirs.map((handOverTo) => disable(holder, { links: { handOverTo } })))
    expect(answers.map(({ status }) => status)).toEqual([403, 403, 404, 409])
    expect((await holder.get('/api/v1/me')).status).toBe(200)
    expect(await statesOf(links)).toEqual(['live'])
  })
})

/** A user with some live links on the folder. */
async function aHolder(name: string, count: number): Promise<{ holder: Person; links: string[] }> {
  const holder = await server.user(name, { groups: ['sharers'] })
  const links: string[] = []
  for (let made = 0; made < count; made++) {
    const answer = await holder.post('/api/v1/share-links', { targets: [folder] })
    expect(answer.status).toBe(201)
    links.push(answer.json<{ id: string }>().id)
  }
  return { holder, links }
}

function disable({ id }: Person, body: unknown) {
  return server.as('admin').post(`/api/v1/users/${id}/disable`, body)
}

async function statesOf(links: readonly string[]): Promise<string[]> {
  const answers = await Promise.all(links.map((id) => server.as('admin').get(`/api/v1/share-links/${id}`)))
  return answers.map((answer) => answer.json<{ state: string }>().state)
}
