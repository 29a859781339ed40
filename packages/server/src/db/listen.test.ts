import { aDatabase } from '@vitrine/testkit'
import { expect, it } from 'vitest'
import { Notifications, type Notification } from './listen.ts'

it('hears what is said, after a break too, and is told that it may have missed something', async () => {
  await using database = await aDatabase()
  const notifications = await Notifications.open(database.url)
  const heard: Notification[] = []
  await notifications.on('news', (notification) => heard.push(notification))

  await database.pool.query(`notify news, 'first'`)
  await expect.poll(() => heard).toEqual([{ payload: 'first', missed: false }])

  await database.pool.query(
    `select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'vitrine-listen' and datname = current_database()`,
  )
  await expect.poll(() => heard.at(-1), { timeout: 20_000 }).toEqual({ payload: '', missed: true })

  await database.pool.query(`notify news, 'second'`)
  await expect.poll(() => heard.at(-1)).toEqual({ payload: 'second', missed: false })
  await notifications.close()
})

it('tells nothing more to one who has stopped listening', async () => {
  await using database = await aDatabase()
  const notifications = await Notifications.open(database.url)
  const [kept, stopped]: [string[], string[]] = [[], []]
  await notifications.on('news', ({ payload }) => kept.push(payload))
  const stop = await notifications.on('news', ({ payload }) => stopped.push(payload))
  stop()
  await database.pool.query(`notify news, 'x'`)
  await expect.poll(() => kept).toEqual(['x'])
  expect(stopped).toEqual([])
  await notifications.close()
})
