import { expect, it } from 'vitest'
import { aServer } from './a-server.ts'

it('finds a secret wherever it came into the log or the database', async () => {
  await using server = await aServer()
  const [logged, stored, storedAsBytes] = ['a-logged-secret', 'a-stored-secret', 'a-secret-in-bytes']
  for (const secret of [logged, stored, storedAsBytes, 'a-kept-secret']) server.secrets.add(secret)
  server.parts.log.info({ remark: logged }, 'said')
  const value = JSON.stringify({ hex: Buffer.from(storedAsBytes).toString('hex'), text: stored })
  await server.parts.db.insertInto('settings').values({ name: 'remark', value }).execute()
  expect(await server.leaks()).toEqual({ log: [logged], database: [stored, storedAsBytes] })
})
