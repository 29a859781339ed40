import { aDatabase } from '@vitrine/testkit'
import { sql } from 'kysely'
import { describe, expect, it } from 'vitest'
import { migrate, pendingMigrations, readMigrations, type Migration } from './migrate.ts'

/** Migrations beyond those that the database has. */
function andThen(...statements: readonly string[]): Migration[] {
  const ours = readMigrations()
  const more = statements.map((sql, index) => ({ number: ours.length + index + 1, name: `more_${index}.sql`, sql }))
  return [...ours, ...more]
}

describe('migrating', () => {
  it('does nothing the second time', async () => {
    await using database = await aDatabase()
    expect(await migrate(database.pool)).toEqual([])
    expect(await pendingMigrations(database.db)).toBe(0)
  })

  it('is done once when many begin at the same time', async () => {
    await using database = await aDatabase()
    const migrations = andThen('create table one (x int)', 'create table two (x int)')
    const done = await Promise.all(Array.from({ length: 5 }, () => migrate(database.pool, migrations)))
    expect(done.flat()).toEqual(['more_0.sql', 'more_1.sql'])
  })

  it('leaves nothing of a step that fails, and all of those before it', async () => {
    await using database = await aDatabase()
    const migrations = andThen('create table one (x int)', 'create table two (x int); select 1 / 0')
    await expect(migrate(database.pool, migrations)).rejects.toThrow('more_1.sql failed: division by zero')
    expect(await pendingMigrations(database.db, migrations)).toBe(1)
    const there = await sql<{
      one: string
      two: string
    }>`select to_regclass('one') as one, to_regclass('two') as two`.execute(database.db)
    expect(there.rows).toEqual([{ one: 'one', two: null }])
  })

  it('refuses a database from the future', async () => {
    await using database = await aDatabase()
    await migrate(database.pool, andThen('create table later (x int)'))
    await expect(migrate(database.pool)).rejects.toThrow('start a newer version')
  })
})
