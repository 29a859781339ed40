import { ADMINISTRATORS_ID, EVERYONE_ID, ROOT_ID } from '@vitrine/domain'
import { aServer, type Answer, type Caller, type Person, type TestServer } from '@vitrine/testkit'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { readAccessEpoch } from './access-epoch-store.ts'

let server: TestServer
let admin: Caller
let ann: Person
let made = 0

beforeAll(async () => {
  server = await aServer()
  admin = server.as('admin')
  ann = await server.user('ann')
})
afterAll(() => server.stop())

describe('the access control list of a node', () => {
  it('is kept in order, told with names, and holds from the next request on', async () => {
    const { id, url } = await aFolder()
    const entries = [
      { principal: EVERYONE_ID, effect: 'allow', privileges: ['read'] },
      { principal: ann.id, effect: 'allow', privileges: ['read-acl', 'create'] },
      { principal: ann.id, effect: 'deny', privileges: ['create'] },
    ]
    expect((await ann.get(`/api/v1/nodes/${id}`)).status).toBe(404)
    const put = await admin.put(url, { entries })
    expect(put.status).toBe(200)
    const got = await ann.get(url)
    expect(got.json()).toEqual({
      entries: [
        { ...entries[0], kind: 'group', name: 'everyone', displayName: 'Everyone' },
        { ...entries[1], kind: 'user', name: 'ann', displayName: 'ann' },
        { ...entries[2], kind: 'user', name: 'ann', displayName: 'ann' },
      ],
    })
    expect(got.headers.get('etag')).toBe(put.headers.get('etag'))
    expect(codeOf(await ann.post('/api/v1/nodes', { parent: id, kind: 'folder', name: 'x' }))).toEqual([
      403,
      'access/denied',
    ])
    await admin.put(url, { entries: [] })
    expect((await ann.get(`/api/v1/nodes/${id}`)).status).toBe(404)
  })

  it('is hidden, refused or open by the privileges of whoever asks', async () => {
    const hidden = await aFolder()
    const readable = await aFolder(['read'])
    const listed = await aFolder(['read', 'read-acl'])
    const editable = await aFolder(['read', 'edit-acl'])
    const entries = [{ principal: ann.id, effect: 'allow', privileges: ['read', 'edit-acl'] }]
    const outcomes = []
    for (const { url } of [hidden, readable, listed, editable]) {
      outcomes.push([(await ann.get(url)).status, (await ann.put(url, { entries })).status])
    }
    expect(outcomes).toEqual([
      [404, 404],
      [403, 403],
      [200, 403],
      [403, 200],
    ])
  })

  it('changes only from the state that was looked at, where that is asked for', async () => {
    const { url } = await aFolder()
    const seen = (await admin.get(url)).headers.get('etag') ?? ''
    const entries = [{ principal: ann.id, effect: 'allow', privileges: ['read'] }]
    const changes = await Promise.all([1, 2, 3].map(() => admin.put(url, { entries }, { 'if-match': seen })))
    expect(changes.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([200, 412, 412])
    const late = changes.find(({ status }) => status === 412)
    expect(late && codeOf(late)).toEqual([412, 'node/changed'])
    expect((await admin.put(url, { entries: [] }, { 'if-match': `"other", ${await etagOf(url)}` })).status).toBe(200)
    expect((await admin.put(url, { entries }, { 'if-match': '*' })).status).toBe(200)
  })

  it('moves the access epoch', async () => {
    const { url } = await aFolder()
    const before = await readAccessEpoch(server.parts.db)
    await admin.put(url, { entries: [] })
    expect(await readAccessEpoch(server.parts.db)).toBeGreaterThan(before)
  })

  it('does not bind administrators: what everybody is denied, they can undo', async () => {
    const { id, url } = await aFolder()
    await admin.put(url, { entries: [{ principal: EVERYONE_ID, effect: 'deny', privileges: ['read', 'edit-acl'] }] })
    const second = await server.user('second-admin', { groups: ['administrators'] })
    expect((await second.get(`/api/v1/nodes/${id}`)).status).toBe(200)
    expect((await second.put(url, { entries: [] })).status).toBe(200)
    expect((await second.put(`/api/v1/nodes/${ROOT_ID}/acl`, { entries: [] })).status).toBe(200)
    expect((await second.get('/api/v1/nodes?path=/')).status).toBe(200)
  })

  it('loses the entries of a group that is removed', async () => {
    const { url } = await aFolder()
    const group = await server.group('short-lived')
    const entries = [group, ADMINISTRATORS_ID].map((principal) => ({
      principal,
      effect: 'allow',
      privileges: ['read'],
    }))
    await admin.put(url, { entries })
    expect((await admin.delete(`/api/v1/groups/${group}`)).status).toBe(204)
    expect((await admin.get(url)).json()).toMatchObject({ entries: [{ principal: ADMINISTRATORS_ID }] })
  })

  it.each([
    ['an unknown privilege', [{ principal: EVERYONE_ID, effect: 'allow', privileges: ['fly'] }], 400],
    ['a global privilege', [{ principal: EVERYONE_ID, effect: 'allow', privileges: ['people'] }], 400],
    ['a privilege twice', [{ principal: EVERYONE_ID, effect: 'allow', privileges: ['read', 'read'] }], 400],
    ['no privilege', [{ principal: EVERYONE_ID, effect: 'allow', privileges: [] }], 400],
    ['another effect', [{ principal: EVERYONE_ID, effect: 'maybe', privileges: ['read'] }], 400],
    ['a name for an id', [{ principal: 'ann', effect: 'allow', privileges: ['read'] }], 400],
    ['nobody', [{ principal: '01a20bd0-d028-7000-b02b-d3227fd78ab8', effect: 'allow', privileges: ['read'] }], 404],
    [
      '501 entries',
      Array.from({ length: 501 }, () => ({ principal: EVERYONE_ID, effect: 'deny', privileges: ['read'] })),
      400,
    ],
    ['more than is asked for', [{ principal: EVERYONE_ID, effect: 'allow', privileges: ['read'], admin: true }], 400],
  ])('is refused with %s, and stays as it is', async (_what, entries, status) => {
    const { url } = await aFolder(['read'])
    const before = await etagOf(url)
    expect((await admin.put(url, { entries })).status).toBe(status)
    expect(await etagOf(url)).toBe(before)
  })
})

/** A folder in the root on which ann has some privileges. */
async function aFolder(privileges: readonly string[] = []): Promise<{ id: string; url: string }> {
  const answer = await admin.post('/api/v1/nodes', { parent: ROOT_ID, kind: 'folder', name: `folder ${(made += 1)}` })
  const { id } = answer.json<{ id: string }>()
  const url = `/api/v1/nodes/${id}/acl`
  if (privileges.length > 0) await admin.put(url, { entries: [{ principal: ann.id, effect: 'allow', privileges }] })
  return { id, url }
}

async function etagOf(url: string): Promise<string> {
  return (await admin.get(url)).headers.get('etag') ?? ''
}

function codeOf(answer: Answer): [number, unknown] {
  return [answer.status, answer.json()['code']]
}
