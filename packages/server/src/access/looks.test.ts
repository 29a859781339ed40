import { aDatabase, type DatabaseForTest } from '@vitrine/testkit'
import { afterAll, afterEach, beforeAll, expect, it, vi } from 'vitest'
import { inTransaction } from '../db/transaction.ts'
import { bumpAccessEpoch, readAccessEpoch } from './access-epoch-store.ts'
import { type Looker, Looks } from './looks.ts'

let database: DatabaseForTest
const begun: Looks[] = []
beforeAll(async () => {
  database = await aDatabase()
})
afterEach(() => begun.splice(0).forEach((looks) => looks.end()))
afterAll(async () => {
  await database[Symbol.asyncDispose]()
})

const silent: Looker = { look: async () => undefined, doubt: () => undefined }

function looksOf(looker: Partial<Looker>): Looks {
  const looks = new Looks(database.db, { ...silent, ...looker })
  begun.push(looks)
  looks.begin()
  return looks
}

it('come by themselves, each with the access epoch of its time', async () => {
  const epochs: number[] = []
  looksOf({ look: async (epoch) => void epochs.push(epoch) })
  const before = await readAccessEpoch(database.db)
  await vi.waitFor(() => expect(epochs).toContain(before), { timeout: 5000 })
  const after = await inTransaction(database.db, bumpAccessEpoch)
  await vi.waitFor(() => expect(epochs).toContain(after), { timeout: 5000 })
})

it('never overlap: what is asked for meanwhile comes once more, after', async () => {
  const doors = [Promise.withResolvers<void>(), Promise.withResolvers<void>()]
  const inside: string[] = []
  const looks = looksOf({
    look: async () => {
      inside.push('in')
      await doors.shift()?.promise
      inside.push('out')
    },
  })
  const [first, second] = doors
  looks.look()
  await vi.waitFor(() => expect(inside).toEqual(['in']), { timeout: 5000 })
  for (let asked = 0; asked < 3; asked++) {
    looks.look()
    // Time for one that overlaps to have its epoch.
    await readAccessEpoch(database.db)
  }
  expect(inside).toEqual(['in'])
  first?.resolve()
  await vi.waitFor(() => expect(inside).toEqual(['in', 'out', 'in']), { timeout: 5000 })
  second?.resolve()
  await vi.waitFor(() => expect(inside.length).toBeGreaterThan(3), { timeout: 5000 })
  expect(inside[3]).toBe('out')
})

it('go on after one that failed, which is still due', async () => {
  const dues: boolean[] = []
  const doubts: unknown[] = []
  const failure = new Error('no answer')
  const looks = looksOf({
    look: async (_epoch, isDue) => {
      dues.push(isDue)
      if (dues.length === 1) throw failure
    },
    doubt: (error, isLong) => doubts.push([error, isLong]),
  })
  looks.lookAtAll()
  await vi.waitFor(() => expect(doubts).toEqual([[failure, false]]), { timeout: 5000 })
  looks.look()
  await vi.waitFor(() => expect(dues.length).toBeGreaterThan(1), { timeout: 5000 })
  expect(dues.slice(0, 2)).toEqual([true, true])
})

it('end, and what is asked for then is nothing', async () => {
  let count = 0
  const looks = looksOf({ look: async () => void (count += 1) })
  looks.end()
  looks.lookAtAll()
  // Whoever looks after it was asked for is done before it would be.
  const other = Promise.withResolvers<void>()
  looksOf({ look: async () => other.resolve() }).look()
  await other.promise
  expect(count).toBe(0)
})
