import { availableParallelism } from 'node:os'
import type { FastifyBaseLogger } from 'fastify'
import type pg from 'pg'
import { type JobInsert, PgBoss } from 'pg-boss'
import type { Notifications } from '../db/listen.ts'
import type { Transaction } from '../db/open.ts'
import type { Parts } from '../parts.ts'
import { bossDatabase, bossTransaction } from './boss-database.ts'
import type { JobHandlers } from './job-handler.ts'
import type { JobKind, JobKinds } from './job-kinds.ts'
import type { EnqueueAllOptions, EnqueueOptions, Queue } from './queue.ts'
import { deadLetters, type KindSettings, kindSettings } from './queue-settings.ts'

/** What a queue is opened with. */
export interface QueueOptions {
  /** Connections to the database, whose own schema is up to date. */
  readonly pool: pg.Pool
  readonly notifications: Notifications
  readonly log: FastifyBaseLogger
  /** Jobs that fill a processor each and run at the same time. Usual: one a processor. */
  readonly atOnce?: number
}

/** How long, in s, until jobs of a process that died are taken over. */
const heartbeat = 20

/**
 * The queue on pg-boss: jobs are rows in the schema `jobs` of our database.
 *
 * Measured on 2 processors: a job is picked up 3 ms (median; 26 at most, of 30) after its transaction committed (`LISTEN`); when
 * notifications fail, within 2 s.
 */
export class BossQueue implements Queue {
  readonly #boss: PgBoss
  readonly #log: FastifyBaseLogger
  readonly #settings: { readonly [Kind in JobKind]: KindSettings }
  /** Aborted when the time of running jobs is over. */
  readonly #over = new AbortController()

  private constructor(boss: PgBoss, options: QueueOptions) {
    this.#boss = boss
    this.#log = options.log
    this.#settings = kindSettings(options.atOnce ?? availableParallelism())
  }

  /** Brings pg-boss's schema up to date and declares every kind. Nothing runs before `startWorkers`. */
  static async open(options: QueueOptions): Promise<BossQueue> {
    const boss = new PgBoss({
      db: bossDatabase(options.pool, options.notifications),
      schema: 'jobs',
      useListenNotify: true,
      registerInstance: false,
      openTelemetry: { enabled: false },
      // How often jobs without a heartbeat are looked for, in s.
      superviseIntervalSeconds: 10,
      monitorIntervalSeconds: 10,
    })
    boss.on('error', (error) => options.log.warn({ err: error }, 'the job queue had a failure'))
    boss.on('warning', ({ message, data }) => options.log.warn({ facts: data }, message))
    await boss.start()
    const queue = new BossQueue(boss, options)
    await queue.#declareKinds()
    return queue
  }

  enqueue<Kind extends JobKind>(
    tx: Transaction,
    kind: Kind,
    payload: JobKinds[Kind],
    options: EnqueueOptions = {},
  ): Promise<void> {
    const { onlyOne, ...rest } = options
    return this.enqueueAll(tx, kind, [payload], onlyOne === undefined ? rest : { ...rest, onlyOne: () => onlyOne })
  }

  async enqueueAll<Kind extends JobKind>(
    tx: Transaction,
    kind: Kind,
    payloads: readonly JobKinds[Kind][],
    options: EnqueueAllOptions<Kind> = {},
  ): Promise<void> {
    if (payloads.length === 0) return
    const jobs = payloads.map((payload): JobInsert => ({
      data: payload,
      priority: options.priority ?? 0,
      // The policy lets one job without a key wait, so that each needs one.
      singletonKey: options.onlyOne?.(payload) ?? crypto.randomUUID(),
      ...(options.delay === undefined ? {} : { startAfter: options.delay / 1000 }),
    }))
    await this.#boss.insert(kind, jobs, { db: bossTransaction(tx) })
  }

  /** Begins to run jobs of the kinds that have a handler, and to queue those that are scheduled. */
  async startWorkers(parts: Parts, handlers: JobHandlers): Promise<void> {
    for (const kind of Object.keys(handlers) as JobKind[]) {
      const { atOnce, hasExpress, schedule } = this.#settings[kind]
      for (let worker = 0; worker < atOnce; worker += 1) await this.#work(parts, handlers, kind, {})
      if (hasExpress) await this.#work(parts, handlers, kind, { minPriority: 1 })
      if (schedule) await this.#boss.schedule(kind, schedule, {}, { singletonKey: 'scheduled' })
    }
  }

  /**
   * Takes no more jobs, waits for those that run, and tells them to end when the time is over. What did not end goes
   * back to the queue.
   *
   * @param grace in ms
   */
  async stop(grace: number): Promise<void> {
    const over = setTimeout(() => this.#over.abort(new Error('the server stops')), grace)
    await this.#boss.stop({ close: false, timeout: grace + 2000 })
    clearTimeout(over)
  }

  async #declareKinds(): Promise<void> {
    await this.#boss.createQueue(deadLetters, { retentionSeconds: 30 * 24 * 3600 })
    const kinds = Object.entries<KindSettings>(this.#settings)
    await Promise.all(kinds.map(([kind, settings]) => this.#declare(kind, settings)))
  }

  async #declare(kind: string, settings: KindSettings): Promise<void> {
    const options = {
      notify: true,
      deadLetter: deadLetters,
      retryLimit: settings.retries,
      retryDelay: settings.firstWait,
      retryBackoff: true,
      retryDelayMax: 3600,
      expireInSeconds: settings.longest,
      heartbeatSeconds: heartbeat,
      deleteAfterSeconds: 3600,
      retentionSeconds: 365 * 24 * 3600,
    }
    await this.#boss.createQueue(kind, { ...options, policy: 'short' })
    await this.#boss.updateQueue(kind, options)
    // Fills pg-boss's cache, so that no enqueueing inside a transaction needs a second connection.
    await this.#boss.insert(kind, [])
  }

  /** One worker: it takes one job after another, each only when it can begin it, so that workers share a short queue. */
  async #work<Kind extends JobKind>(
    parts: Parts,
    handlers: JobHandlers,
    kind: Kind,
    wish: { readonly minPriority?: number },
  ): Promise<void> {
    const handler = handlers[kind]
    if (!handler) return
    const options = { ...wish, pollingIntervalSeconds: 2, notifyPollingIntervalSeconds: 5 }
    const worker = await this.#boss.work<JobKinds[Kind]>(kind, options, async ([job]) => {
      if (!job) return
      try {
        await handler(parts, job.data, AbortSignal.any([job.signal, this.#over.signal]))
      } catch (error) {
        this.#log.warn({ err: error, kind, job: job.id, attempt: job.retryCount + 1 }, 'a job failed')
        throw error
      } finally {
        // Without this, the worker would look for the next job only when its polling interval is over.
        this.#boss.notifyWorker(worker)
      }
    })
  }
}
