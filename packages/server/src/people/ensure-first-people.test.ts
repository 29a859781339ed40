import { ADMIN_ID, ADMINISTRATORS_ID, EVERYONE_ID, privileges, ROOT_ID } from '@vitrine/domain'
import { aServer } from '@vitrine/testkit'
import { expect, it } from 'vitest'
import { privilegesOn } from '../access/node-access.ts'
import { subjectOf } from '../access/subject-store.ts'
import { Secret } from '../secret.ts'
import { ensureFirstPeople } from './ensure-first-people.ts'
import { verifyPassword } from './hash-password.ts'

it('the first start makes admin, the two groups, the root and its list', async () => {
  await using server = await aServer()
  const admin = server.as('admin')
  const groups = (await admin.get('/api/v1/groups')).json<{ items: { id: string; builtIn: boolean }[] }>().items
  expect(groups.map(({ id, builtIn }) => [id, builtIn])).toEqual([
    [ADMINISTRATORS_ID, true],
    [EVERYONE_ID, true],
  ])
  const { user, groups: held } = await subjectOf(server.parts.db, ADMIN_ID)
  expect([user, held]).toEqual([ADMIN_ID, new Set([ADMINISTRATORS_ID, EVERYONE_ID])])
  const { entries } = (await admin.get(`/api/v1/nodes/${ROOT_ID}/acl`)).json<{ entries: unknown[] }>()
  expect(entries).toEqual([
    {
      principal: ADMINISTRATORS_ID,
      kind: 'group',
      name: 'administrators',
      displayName: 'Administrators',
      effect: 'allow',
      privileges: [...privileges],
    },
  ])
  // Nobody else may see anything until they are let in.
  const ann = await server.user('ann')
  const subject = await subjectOf(server.parts.db, ann.id as typeof ADMIN_ID)
  expect(await privilegesOn(server.parts.db, subject, ROOT_ID)).toEqual(new Set())
})

it('a password that the environment gives need not be changed', async () => {
  await using server = await aServer()
  expect((await server.as('admin').get('/api/v1/me')).json()).toMatchObject({ passwordMustChange: false })
})

it('a later start changes nothing of it', async () => {
  await using server = await aServer()
  const admin = server.as('admin')
  const second = await server.user('second', { groups: ['administrators'] })
  await second.put(`/api/v1/nodes/${ROOT_ID}/acl`, { entries: [] })
  await second.delete(`/api/v1/groups/${ADMINISTRATORS_ID}/members/${ADMIN_ID}`)
  const parts = { ...server.parts, config: { ...server.parts.config, adminPassword: new Secret('quite another one') } }
  expect(await ensureFirstPeople(parts)).toEqual({ firstPassword: undefined })
  expect((await admin.get(`/api/v1/nodes/${ROOT_ID}/acl`)).json()).toEqual({ entries: [] })
  expect((await subjectOf(server.parts.db, ADMIN_ID)).groups).toEqual(new Set([EVERYONE_ID]))
  const { password_hash: hash } = await server.parts.db
    .selectFrom('principals')
    .select('password_hash')
    .where('id', '=', ADMIN_ID)
    .executeTakeFirstOrThrow()
  expect(await verifyPassword('quite another one', hash)).toBe(false)
})

it('several first starts at once make one admin, and one of them tells the password that is right', async () => {
  await using server = await aServer()
  const { db, config } = server.parts
  await db.deleteFrom('acl_entries').execute()
  await db.deleteFrom('settings').where('name', '=', 'access/root-list-made').execute()
  await db.deleteFrom('folder_tree').execute()
  await db.deleteFrom('nodes').execute()
  await db.deleteFrom('principals').execute()
  const { adminPassword: _none, ...rest } = config
  const parts = { ...server.parts, config: { ...rest, adminPassword: undefined } }
  const starts = await Promise.all(Array.from({ length: 4 }, () => ensureFirstPeople(parts)))
  const told = starts.flatMap(({ firstPassword }) => firstPassword ?? [])
  expect(told).toHaveLength(1)
  const password = told[0]?.reveal() ?? ''
  const authorization = `Basic ${Buffer.from(`admin:${password}`).toString('base64')}`
  expect((await server.anonymous.get('/api/v1/me', { authorization })).json()).toMatchObject({
    name: 'admin',
    passwordMustChange: true,
  })
  expect(await db.selectFrom('acl_entries').select('node_id').execute()).toEqual([{ node_id: ROOT_ID }])
})
