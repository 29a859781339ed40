import { getHeapSpaceStatistics, setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { aDatabase } from '@vitrine/testkit'
import { Client, Query } from 'pg'
import { describe, expect, it } from 'vitest'
import { LeanClient } from './lean-client.ts'

describe('a client of the database', () => {
  it('leaves no results of pages to the old generation', async () => {
    await using database = await aDatabase()
    const client = new LeanClient(database.url)
    await client.connect()
    await readPages(client, 20) // What is made once.
    collect()
    const before = oldGeneration()
    await readPages(client, 200)
    // The promises of pg leave six million bytes there.
    expect(oldGeneration() - before).toBeLessThan(4_000_000)
    await client.end()
  })

  it('answers however it is asked', async () => {
    await using database = await aDatabase()
    const client: Client = new LeanClient(database.url)
    await client.connect()
    const rows = [{ one: 1 }]
    expect((await client.query('select 1 as one')).rows).toEqual(rows)
    expect((await client.query('select $1::int as one', [1])).rows).toEqual(rows)
    expect((await client.query({ text: 'select $1::int as one' }, [1])).rows).toEqual(rows)
    expect((await client.query({ text: 'select $1::int as one', values: [1], rowMode: 'array' })).rows).toEqual([[1]])
    const called = new Promise((resolve) => client.query('select 1 as one', (_error, result) => resolve(result.rows)))
    expect(await called).toEqual(rows)
    const taken = await new Promise((resolve) => client.query(new Query('select 1 as one')).once('row', resolve))
    expect(taken).toEqual(rows[0])
    await client.end()
  })

  it('says who asked what failed', async () => {
    await using database = await aDatabase()
    const client = new LeanClient(database.url)
    await client.connect()
    const askForNothing = async () => await client.query('select nothing')
    const error = await askForNothing().catch((failure: unknown) => failure)
    expect(error).toMatchObject({ code: '42703', stack: expect.stringContaining('askForNothing') })
    expect((await client.query('select 1 as one')).rows).toEqual([{ one: 1 }])
    await client.end()
  })
})

async function readPages(client: Client, pages: number): Promise<void> {
  for (let page = 0; page < pages; page++) {
    await client.query(
      `select 'a name of usual length ' || i as name, i, i * 1.5::float8 as x from generate_series(1, 250) as i`,
    )
    if (page % 4 === 0) collect({ type: 'minor' })
  }
}

setFlagsFromString('--expose-gc')
const collect = runInNewContext('gc') as (options?: { readonly type: 'minor' }) => void

/** Bytes in use where only a full collection looks. */
function oldGeneration(): number {
  return getHeapSpaceStatistics().find(({ space_name: name }) => name === 'old_space')?.space_used_size ?? 0
}
