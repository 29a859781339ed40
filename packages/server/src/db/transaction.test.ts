import { aDatabase } from '@vitrine/testkit'
import { sql } from 'kysely'
import { describe, expect, it } from 'vitest'
import { doLast, inTransaction } from './transaction.ts'

describe('a transaction', () => {
  it('leaves nothing when it fails', async () => {
    await using database = await aDatabase()
    await sql`create table notes (text text)`.execute(database.db)
    const failing = inTransaction(database.db, async (tx) => {
      await sql`insert into notes values ('lost')`.execute(tx)
      throw new Error('changed my mind')
    })
    await expect(failing).rejects.toThrow('changed my mind')
    expect((await sql`select from notes`.execute(database.db)).rows).toHaveLength(0)
  })

  it('is run again until all that met in one row have had their turn', async () => {
    await using database = await aDatabase()
    await sql`create table counter as select 0 as value`.execute(database.db)
    const raise = () =>
      inTransaction(
        database.db,
        async (tx) => {
          const { rows } = await sql<{ value: number }>`select value from counter`.execute(tx)
          await sql`update counter set value = ${rows[0]!.value + 1}`.execute(tx)
        },
        { isolation: 'repeatable read' },
      )
    await Promise.all(Array.from({ length: 4 }, () => raise()))
    expect((await sql`select value from counter`.execute(database.db)).rows).toEqual([{ value: 4 }])
  })

  it('is run again when two waited for each other', async () => {
    await using database = await aDatabase()
    await sql`create table pair as select id, 0 as value from generate_series(1, 2) id`.execute(database.db)
    const bothHaveOne = Promise.withResolvers<void>()
    let waiting = 0
    const touch = (first: number, second: number) =>
      inTransaction(database.db, async (tx) => {
        await sql`update pair set value = value + 1 where id = ${first}`.execute(tx)
        if (++waiting === 2) bothHaveOne.resolve()
        await bothHaveOne.promise
        await sql`update pair set value = value + 1 where id = ${second}`.execute(tx)
      })
    await Promise.all([touch(1, 2), touch(2, 1)])
    const { rows } = await sql`select value from pair`.execute(database.db)
    expect(rows).toEqual([{ value: 2 }, { value: 2 }])
  })

  it('is run again when its connection is cut before the commit', async () => {
    await using database = await aDatabase()
    await sql`create table notes (text text)`.execute(database.db)
    let runs = 0
    await inTransaction(database.db, async (tx) => {
      await sql`insert into notes values ('once')`.execute(tx)
      if (++runs === 1) await sql`select pg_terminate_backend(pg_backend_pid())`.execute(tx)
    })
    expect(runs).toBe(2)
    expect((await sql`select text from notes`.execute(database.db)).rows).toEqual([{ text: 'once' }])
  })

  it('does last what was asked for, once, also when it was run again; and nothing of it when it fails', async () => {
    await using database = await aDatabase()
    await sql`create table notes (text text)`.execute(database.db)
    const saying = Symbol('say')
    const work = (end: () => Promise<unknown>) =>
      inTransaction(database.db, async (tx) => {
        for (const text of ['first', 'second']) {
          const isLater = doLast(
            tx,
            saying,
            async (last) => void (await sql`insert into notes values (${text})`.execute(last)),
          )
          expect(isLater).toBe(true)
        }
        await sql`insert into notes values ('work')`.execute(tx)
        await end()
      })
    let runs = 0
    await work(async () => {
      if (++runs === 1) throw Object.assign(new Error('in between'), { code: '40001' })
    })
    await work(async () => Promise.reject(new Error('on purpose'))).catch(() => undefined)
    expect((await sql`select text from notes`.execute(database.db)).rows).toEqual([{ text: 'work' }, { text: 'first' }])
    expect(doLast(database.db, saying, async () => undefined)).toBe(false)
  })
})

describe('numbers of the database', () => {
  it('are numbers up to 2^53, and beyond that an error, never a wrong number', async () => {
    await using database = await aDatabase()
    const read = (text: string) => sql<{ x: number }>`select ${sql.raw(text)}::bigint as x`.execute(database.db)
    expect((await read('9007199254740991')).rows).toEqual([{ x: 9_007_199_254_740_991 }])
    await expect(read('9007199254740993')).rejects.toThrow('too large')
  })
})
