import { expect, it } from 'vitest'
import { aServer } from './a-server.ts'
import { expectStatus } from './caller.ts'

it('finds a secret wherever it came into the log or the database', async () => {
  await using server = await aServer()
  const [logged, stored, storedAsBytes] = ['a-logged-secret', 'a-stored-secret', 'a-secret-in-bytes']
  for (const secret of [logged, stored, storedAsBytes, 'a-kept-secret']) server.secrets.add(secret)
  server.parts.log.info({ remark: logged }, 'said')
  const value = JSON.stringify({ hex: Buffer.from(storedAsBytes).toString('hex'), text: stored })
  await server.parts.db.insertInto('settings').values({ name: 'remark', value }).execute()
  expect(await server.leaks()).toEqual({ log: [logged], database: [stored, storedAsBytes] })
})

it('learns every secret that an answer tells', async () => {
  await using server = await aServer()
  const ann = server.as('ann')
  const password = expectStatus(await ann.post('/api/v1/me/app-passwords', { name: 'laptop' }), 201)
  const { secret } = password.json<{ secret: string }>()
  const visitor = server.aVisitor('main')
  const credentials = { name: 'ben', password: 'a password for ben, long' }
  expectStatus(await server.as('admin').post('/api/v1/users', credentials), 201)
  const session = expectStatus(await visitor.post('/api/v1/sessions', credentials), 200, 201)
  const { csrfToken } = session.json<{ csrfToken: string }>()
  const cookie = /=([^;]+)/.exec(session.headers.getSetCookie()[0] ?? '')?.[1] ?? ''

  for (const told of [secret, csrfToken, cookie]) expect(server.secrets.foundIn(`… ${told} …`)).toEqual([told])
  expect(await server.leaks()).toEqual({ log: [], database: [] })
})
