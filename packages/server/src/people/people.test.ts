import { ADMIN_ID, ADMINISTRATORS_ID, EVERYONE_ID } from '@vitrine/domain'
import { aServer, type Answer, type Caller, type Person, type TestServer } from '@vitrine/testkit'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { readAccessEpoch } from '../access/access-epoch-store.ts'
import { subjectOf } from '../access/subject-store.ts'

type Id = Parameters<typeof subjectOf>[1]

let server: TestServer
let admin: Caller
/** May manage people, but is no administrator. */
let registrar: Person

beforeAll(async () => {
  server = await aServer()
  admin = server.as('admin')
  registrar = await server.user('registrar')
  await admin.put(`/api/v1/principals/${registrar.id}/global-privileges`, { globalPrivileges: ['people'] })
})
afterAll(() => server.stop())

describe('users', () => {
  it('are made, found, changed and told field by field', async () => {
    const made = await registrar.post('/api/v1/users', { name: 'ann', displayName: 'Ann B.', password: 'long enough' })
    expect(made.status).toBe(201)
    const id = made.json<{ id: string }>().id
    expect(made.headers.get('location')).toBe(`/api/v1/users/${id}`)
    const shown = {
      id,
      name: 'ann',
      displayName: 'Ann B.',
      email: null,
      disabledAt: null,
      builtIn: false,
      hasPassword: true,
      passwordMustChange: false,
      createdAt: expect.any(String),
      globalPrivileges: [],
      groups: [],
    }
    expect(made.json()).toEqual(shown)
    expect((await registrar.get(`/api/v1/users/${id}`)).json()).toEqual(shown)
    const changed = await registrar.patch(`/api/v1/users/${id}`, { email: 'ann@example.org' })
    expect(changed.json()).toEqual({ ...shown, email: 'ann@example.org' })
    const found = await registrar.get('/api/v1/users?name=ANN')
    expect(found.json()).toEqual({ items: [{ ...shown, email: 'ann@example.org' }], total: 1, next: null })
  })

  it('are listed in pages that hold each once', async () => {
    const all = (await admin.get('/api/v1/users?limit=500')).json<{ items: { name: string }[] }>().items
    const seen: string[] = []
    let next: string | null = ''
    while (next !== null) {
      const page = await admin.get(`/api/v1/users?limit=2${next === '' ? '' : `&cursor=${next}`}`)
      const body: { items: { name: string }[]; next: string | null } = page.json()
      seen.push(...body.items.map(({ name }) => name))
      next = body.next
    }
    expect(seen).toEqual(all.map(({ name }) => name))
    expect(codeOf(await admin.get('/api/v1/users?cursor=AAAA'))).toEqual([400, 'request/invalid'])
  })

  it.each([
    ['a colon', 'an:n', 400],
    ['a new line', 'an\nn', 400],
    ['NUL', 'an\0n', 400],
    ['a zero-width space', 'an\u200bn', 400],
    ['a bidi control', 'an\u202en', 400],
    ['a space at its end', 'ann ', 400],
    ['nothing', '', 400],
    ['101 characters', 'a'.repeat(101), 400],
    ['a name that is taken but for its case', 'ADMIN', 409],
    ['the name of a group', 'Everyone', 409],
  ])('are refused with %s for a name', async (_what, name, status) => {
    expect((await admin.post('/api/v1/users', { name })).status).toBe(status)
  })

  it('need a password of eight characters, or none', async () => {
    const short = await admin.post('/api/v1/users', { name: 'short', password: '1234567' })
    expect(codeOf(short)).toEqual([422, 'people/password-too-short'])
    expect((await admin.post('/api/v1/users', { name: 'none' })).json()).toMatchObject({ hasPassword: false })
    const authorization = `Basic ${Buffer.from('none:').toString('base64')}`
    expect((await server.anonymous.get('/api/v1/me', { authorization })).status).toBe(401)
  })

  it('are made once when two ask at the same time', async () => {
    const answers = await Promise.all(['twin', 'TWIN', 'Twin'].map((name) => admin.post('/api/v1/users', { name })))
    expect(answers.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([201, 409, 409])
  })
})

describe('managing people', () => {
  it('is refused to those without the privilege, for every route', async () => {
    const plain = await server.user('plain')
    const group = await server.group('plain-group')
    const answers = await Promise.all([
      plain.get('/api/v1/users'),
      plain.get(`/api/v1/users/${plain.id}`),
      plain.post('/api/v1/users', { name: 'x' }),
      plain.patch(`/api/v1/users/${plain.id}`, { displayName: 'x' }),
      plain.put(`/api/v1/users/${plain.id}/password`, { password: 'long enough' }),
      plain.post(`/api/v1/users/${registrar.id}/disable`, {}),
      plain.post(`/api/v1/users/${registrar.id}/enable`, {}),
      plain.get('/api/v1/groups'),
      plain.get(`/api/v1/groups/${group}`),
      plain.post('/api/v1/groups', { name: 'x' }),
      plain.patch(`/api/v1/groups/${group}`, { displayName: 'x' }),
      plain.delete(`/api/v1/groups/${group}`),
      plain.get(`/api/v1/groups/${group}/members`),
      plain.put(`/api/v1/groups/${group}/members/${plain.id}`),
      plain.delete(`/api/v1/groups/${group}/members/${plain.id}`),
      plain.put(`/api/v1/principals/${plain.id}/global-privileges`, { globalPrivileges: ['people'] }),
    ])
    expect(answers.map(codeOf)).toEqual(answers.map(() => [403, 'access/denied']))
  })

  it('gives nobody more than they have, by any way', async () => {
    const boss = await server.user('boss', { groups: ['bosses'] })
    await server.group('bosses', { groups: ['administrators'] })
    const bosses = await server.group('bosses')
    const auditors = await server.group('auditors')
    await admin.put(`/api/v1/principals/${auditors}/global-privileges`, { globalPrivileges: ['audit'] })
    const answers = await Promise.all([
      registrar.put(`/api/v1/groups/${ADMINISTRATORS_ID}/members/${registrar.id}`),
      registrar.put(`/api/v1/groups/${bosses}/members/${registrar.id}`),
      registrar.put(`/api/v1/groups/${auditors}/members/${registrar.id}`),
      registrar.put(`/api/v1/principals/${registrar.id}/global-privileges`, { globalPrivileges: ['people', 'audit'] }),
      registrar.put(`/api/v1/users/${boss.id}/password`, { password: 'long enough' }),
      registrar.put(`/api/v1/users/${ADMIN_ID}/password`, { password: 'long enough' }),
      registrar.post(`/api/v1/users/${boss.id}/disable`, {}),
      registrar.patch(`/api/v1/users/${boss.id}`, { email: 'evil@example.org' }),
      registrar.delete(`/api/v1/groups/${bosses}/members/${boss.id}`),
      registrar.delete(`/api/v1/groups/${bosses}`),
    ])
    expect(answers.map(codeOf)).toEqual(answers.map(() => [403, 'access/denied']))
    expect((await boss.get('/api/v1/me')).json()).toMatchObject({
      globalPrivileges: ['share-links/view-all', 'people', 'settings', 'audit'],
    })
  })

  it('moves the access epoch with everything that can take access away', async () => {
    const user = await server.user('epoch', { groups: ['epochs'] })
    const group = await server.group('epochs')
    const steps = [
      () => admin.delete(`/api/v1/groups/${group}/members/${user.id}`),
      () => admin.put(`/api/v1/groups/${group}/members/${user.id}`),
      () => admin.put(`/api/v1/users/${user.id}/password`, { password: 'long enough' }),
      () => admin.post(`/api/v1/users/${user.id}/disable`, {}),
      () => admin.post(`/api/v1/users/${user.id}/enable`, {}),
      () => admin.delete(`/api/v1/groups/${group}`),
    ]
    for (const step of steps) {
      const before = await readAccessEpoch(server.parts.db)
      expect((await step()).status).toBe(204)
      expect(await readAccessEpoch(server.parts.db)).toBeGreaterThan(before)
    }
  })

  it('tells every process of a new epoch once it is committed', async () => {
    const { promise: told, resolve } = Promise.withResolvers<string>()
    const stop = await server.parts.notifications.on('vitrine_access', ({ payload }) => resolve(payload))
    const user = await server.user('told')
    await admin.post(`/api/v1/users/${user.id}/disable`, {})
    expect(Number(await told)).toBeLessThanOrEqual(await readAccessEpoch(server.parts.db))
    stop()
  })
})

describe('groups', () => {
  it('nest: a subject has the groups of its groups, and everyone', async () => {
    const team = await server.group('team', { groups: ['department'] })
    const department = await server.group('department', { groups: ['company'] })
    const company = await server.group('company')
    const kim = await server.user('kim', { groups: ['team'] })
    const subject = await subjectOf(server.parts.db, kim.id as Id)
    expect(subject.groups).toEqual(new Set([team, department, company, EVERYONE_ID]))
    const members = await admin.get(`/api/v1/groups/${team}/members`)
    expect(members.json()).toEqual({
      items: [{ id: kim.id, kind: 'user', name: 'kim', displayName: 'kim' }],
      total: 1,
      next: null,
    })
  })

  it('never hold themselves, directly or through others, also when two changes meet', async () => {
    const [a, b, c] = await Promise.all(['cycle-a', 'cycle-b', 'cycle-c'].map((name) => server.group(name)))
    expect(codeOf(await put(a, a))).toEqual([422, 'people/group-cycle'])
    expect((await put(a, b)).status).toBe(204)
    expect((await put(b, c)).status).toBe(204)
    expect(codeOf(await put(c, a))).toEqual([422, 'people/group-cycle'])
    for (let round = 0; round < 5; round++) {
      const [d, e] = await Promise.all(['d', 'e'].map((name) => server.group(`cycle-${name}${round}`)))
      const both = await Promise.all([put(d, e), put(e, d)])
      expect(both.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([204, 422])
    }
  })

  it('of a disabled or unknown user are none, and no entry names them', async () => {
    const lou = await server.user('lou', { groups: ['team'] })
    await admin.post(`/api/v1/users/${lou.id}/disable`, {})
    const subjects = [
      await subjectOf(server.parts.db, lou.id as Id),
      await subjectOf(server.parts.db, server.parts.newId() as Id),
      await subjectOf(server.parts.db, ADMINISTRATORS_ID),
    ]
    for (const { user, groups } of subjects) {
      expect([user, groups.size]).toEqual(['00000000-0000-0000-0000-000000000000', 0])
    }
  })

  it('that are built in stay, and nobody is put into or out of everyone', async () => {
    const group = await server.group('ordinary')
    const answers = await Promise.all([
      admin.delete(`/api/v1/groups/${EVERYONE_ID}`),
      admin.delete(`/api/v1/groups/${ADMINISTRATORS_ID}`),
      put(EVERYONE_ID, group),
      put(group, EVERYONE_ID),
      put(ADMINISTRATORS_ID, EVERYONE_ID),
      admin.delete(`/api/v1/groups/${EVERYONE_ID}/members/${ADMIN_ID}`),
      admin.put(`/api/v1/principals/${ADMINISTRATORS_ID}/global-privileges`, { globalPrivileges: [] }),
    ])
    expect(answers.map(codeOf)).toEqual(answers.map(() => [403, 'access/denied']))
  })

  it('do not stand in for users, nor users for groups', async () => {
    const user = await server.user('only-user')
    const group = await server.group('only-group')
    const answers = await Promise.all([
      put(user.id, user.id),
      put(group, server.parts.newId()),
      admin.post(`/api/v1/users/${group}/disable`, {}),
      admin.put(`/api/v1/users/${group}/password`, { password: 'long enough' }),
      admin.delete(`/api/v1/groups/${user.id}`),
      admin.get(`/api/v1/users/${group}`),
    ])
    expect(answers.map(codeOf)).toEqual(answers.map(() => [404, 'people/not-found']))
    expect((await admin.get('/api/v1/users/not-a-uuid')).status).toBe(400)
  })
})

describe('the last administrator', () => {
  it('cannot be disabled, taken out, or lost with a group; of two at the same time one stays', async () => {
    await using own = await aServer()
    const root = own.as('admin')
    const last = [
      await root.post(`/api/v1/users/${ADMIN_ID}/disable`, {}),
      await root.delete(`/api/v1/groups/${ADMINISTRATORS_ID}/members/${ADMIN_ID}`),
    ]
    expect(last.map(codeOf)).toEqual(last.map(() => [403, 'access/denied']))

    const second = await own.user('second', { groups: ['chiefs'] })
    const chiefs = await own.group('chiefs', { groups: ['administrators'] })
    const both = await Promise.all([
      root.post(`/api/v1/users/${ADMIN_ID}/disable`, {}),
      second.post(`/api/v1/users/${second.id}/disable`, {}),
    ])
    expect(both.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([204, 403])
    // The local token acts for admin still, and brings back whoever was disabled.
    for (const id of [ADMIN_ID, second.id]) await root.post(`/api/v1/users/${id}/enable`, {})
    expect((await root.delete(`/api/v1/groups/${ADMINISTRATORS_ID}/members/${ADMIN_ID}`)).status).toBe(204)
    expect(codeOf(await second.delete(`/api/v1/groups/${chiefs}`))).toEqual([403, 'access/denied'])
    expect((await second.get(`/api/v1/groups/${chiefs}`)).status).toBe(200)
  })
})

// --- set-up ---------------------------------------------------------------------------------

function put(group: string | undefined, member: string | undefined): Promise<Answer> {
  return admin.put(`/api/v1/groups/${group}/members/${member}`)
}

function codeOf(answer: Answer): [number, unknown] {
  return [answer.status, answer.json()['code']]
}
