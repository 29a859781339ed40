import { makeTestDatabase } from '@vitrine/testkit'
import { pino } from 'pino'
import { afterEach, beforeEach, describe, expect, inject, it } from 'vitest'
import type { BlobHash, DownloadId } from '@vitrine/domain'
import { Notifications } from '../db/listen.ts'
import { openDatabase, type OpenDatabase } from '../db/open.ts'
import { inTransaction } from '../db/transaction.ts'
import type { Parts } from '../parts.ts'
import { BossQueue } from './boss-queue.ts'
import type { JobHandlers } from './job-handler.ts'
import type { EnqueueAllOptions } from './queue.ts'

const log = pino({ level: 'silent' })
const parts = {} as Parts

/** What ends the things of one test, the last one first. */
let undo: (() => Promise<unknown>)[] = []
let database: OpenDatabase
let notifications: Notifications

beforeEach(async () => {
  const made = await makeTestDatabase(inject('testDatabaseServer'))
  database = openDatabase({ url: made.url, connections: 6 })
  notifications = await Notifications.open(made.url)
  undo = [() => made.drop(), () => database.close(), () => notifications.close()]
})
afterEach(async () => {
  for (let step = undo.pop(); step; step = undo.pop()) await step()
})

async function aQueue(handlers?: JobHandlers, atOnce = 1): Promise<BossQueue> {
  const queue = await BossQueue.open({ pool: database.pool, notifications, log, atOnce })
  undo.push(() => queue.stop(0))
  if (handlers) await queue.startWorkers(parts, handlers)
  return queue
}

function enqueue(
  queue: BossQueue,
  names: readonly string[],
  options?: EnqueueAllOptions<'make-renditions'>,
): Promise<void> {
  const payloads = names.map((name) => ({ source: name as BlobHash, mediaType: '' }))
  return inTransaction(database.db, (tx) => queue.enqueueAll(tx, 'make-renditions', payloads, options))
}

/** A handler that writes down what it is given. */
function aRecorder() {
  const done: string[] = []
  const handlers: JobHandlers = { 'make-renditions': async (_, { source }) => void done.push(source) }
  return { done, handlers }
}

describe('a job', () => {
  it('is done after the commit of its transaction, and never when that was rolled back', async () => {
    const { done, handlers } = aRecorder()
    const queue = await aQueue(handlers)
    await inTransaction(database.db, async (tx) => {
      await queue.enqueue(tx, 'make-renditions', { source: 'lost' as BlobHash, mediaType: '' })
      throw new Error('no')
    }).catch(() => {})
    await enqueue(queue, ['kept'])
    await expect.poll(() => done).toEqual(['kept'])
  })

  it('of many that are queued together is done like any other', async () => {
    const { done, handlers } = aRecorder()
    const queue = await aQueue(handlers, 2)
    const names = Array.from({ length: 500 }, (_, index) => `number ${index}`)
    await enqueue(queue, names)
    await expect.poll(() => done.length, { timeout: 20_000 }).toBe(500)
    expect(new Set(done)).toEqual(new Set(names))
  })

  it('with the key of one that waits is left out', async () => {
    const queue = await aQueue()
    await enqueue(queue, ['a', 'b', 'a'], { onlyOne: ({ source }) => source })
    await enqueue(queue, ['b', 'c'], { onlyOne: ({ source }) => source })
    await enqueue(queue, ['a'])
    const { done, handlers } = aRecorder()
    await queue.startWorkers(parts, handlers)
    await expect.poll(() => done.toSorted()).toEqual(['a', 'a', 'b', 'c'])
  })

  it('of higher priority is not done after all others', async () => {
    const queue = await aQueue()
    const others = Array.from({ length: 20 }, (_, index) => `low ${index}`)
    await enqueue(queue, others)
    await enqueue(queue, ['high'], { priority: 5 })
    await enqueue(queue, ['middle'], { priority: 3 })
    const { done, handlers } = aRecorder()
    await queue.startWorkers(parts, handlers)
    await expect.poll(() => done).toHaveLength(22)
    // Two workers take one each at the same time, and either may be quicker.
    expect(Math.max(done.indexOf('high'), done.indexOf('middle'))).toBeLessThan(10)
  })

  it('of higher priority does not wait until another has ended', async () => {
    const blocked = Promise.withResolvers<void>()
    const done: string[] = []
    const queue = await aQueue({
      'make-renditions': async (_, { source }) => {
        if (source === 'slow') await blocked.promise
        done.push(source)
      },
    })
    await enqueue(queue, ['slow', 'x', 'y'])
    await enqueue(queue, ['looked at'], { priority: 10 })
    await expect.poll(() => done).toContain('looked at')
    expect(done).not.toContain('slow')
    blocked.resolve()
    await expect.poll(() => done.length).toBe(4)
  })

  it('that fails is tried again, and does not keep others from being done', async () => {
    const tries: string[] = []
    const queue = await aQueue({
      'prepare-download': async (_, { download }) => {
        tries.push(download)
        if (download === 'bad' && tries.filter((name) => name === 'bad').length < 2) throw new Error('not yet')
      },
    })
    await inTransaction(database.db, (tx) =>
      queue.enqueueAll(
        tx,
        'prepare-download',
        ['bad', 'good'].map((download) => ({ download: download as DownloadId })),
      ),
    )
    await expect.poll(() => tries.toSorted(), { timeout: 20_000 }).toEqual(['bad', 'bad', 'good'])
  })

  it('that failed for the last time is put aside', async () => {
    const queue = await aQueue({ 'prepare-download': async () => Promise.reject(new Error('never')) })
    await inTransaction(database.db, (tx) =>
      queue.enqueue(tx, 'prepare-download', { download: 'hopeless' as DownloadId }),
    )
    await database.pool.query(`update jobs.job set retry_limit = 0 where data->>'download' = 'hopeless'`)
    const dead = async () => (await database.pool.query(`select data from jobs.job where name = 'dead-letters'`)).rows
    await expect.poll(dead, { timeout: 10_000 }).toEqual([{ data: { download: 'hopeless' } }])
  })

  it('that is scheduled is queued by itself', async () => {
    await aQueue({ expire: async () => {} })
    const { rows } = await database.pool.query('select name, cron from jobs.schedule')
    expect(rows).toEqual([{ name: 'expire', cron: '*/5 * * * *' }])
  })
})

describe('a stop', () => {
  it('waits for the job that runs, and leaves the next to another process', async () => {
    const begun: string[] = []
    const { promise, resolve } = Promise.withResolvers<void>()
    const first = await aQueue({
      'make-renditions': async (_, { source }) => {
        begun.push(source)
        await promise
      },
    })
    await enqueue(first, ['running', 'waiting'])
    await expect.poll(() => begun).toEqual(['running'])
    const stopped = first.stop(10_000)
    resolve()
    await stopped
    const { done, handlers } = aRecorder()
    await aQueue(handlers)
    await expect.poll(() => done, { timeout: 20_000 }).toEqual(['waiting'])
    expect(begun).toEqual(['running'])
  })

  it('breaks off the job that takes longer than the time it is given: it goes back', async () => {
    const reasons: unknown[] = []
    const first = await aQueue({
      'make-renditions': (_, __, signal) =>
        new Promise((_resolve, reject) => {
          signal.addEventListener('abort', () => {
            reasons.push(signal.reason)
            reject(new Error('broken off'))
          })
        }),
    })
    await enqueue(first, ['long'])
    const active = async () => (await database.pool.query(`select from jobs.job where state = 'active'`)).rows.length
    await expect.poll(active).toBe(1)
    await first.stop(50)
    expect(reasons).toHaveLength(1)
    const { done, handlers } = aRecorder()
    await aQueue(handlers)
    await expect.poll(() => done, { timeout: 20_000 }).toEqual(['long'])
  })
})
