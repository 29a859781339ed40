import { availableParallelism } from 'node:os'
import { Worker } from 'node:worker_threads'

/** A run of a file's bytes, and where in a buffer they go. */
export interface ReadingPiece {
  readonly path: string
  /** First byte wanted of the file. */
  readonly offset: number
  /** Where it goes in the buffer. */
  readonly at: number
  /** How many bytes. */
  readonly length: number
}

/** What a thread is told. */
export interface ReadingOrder {
  readonly batch: number
  readonly bufferId: number
  /** The buffer's memory, when the thread hears of it for the first time. */
  readonly memory?: SharedArrayBuffer
  readonly pieces: readonly ReadingPiece[]
}

/** What a thread answers: nothing but the number when all pieces are there. */
export interface ReadingAnswer {
  readonly batch: number
  readonly failure?: string
}

/** Orders that a thread may have: one it works on, and one so that it need not wait for the next. */
const ORDERS_EACH = 2

/**
 * Threads that read small files into shared memory, many files for one order.
 *
 * Opening, reading and closing a file of 20 kB takes longer than sending it. Handing each to another
 * thread would cost more than that again, but the dozen files of one chunk are handed over together.
 * A thread that waits for a cold disk holds up nobody else.
 */
export class ReadingThreads {
  readonly #count: number
  readonly #threads: ReadingThread[] = []

  /** @param count how many threads to start when they are first needed */
  constructor(count: number = Math.min(Math.max(availableParallelism() - 1, 1), 4)) {
    this.#count = count
  }

  /** Whether a thread can take an order now without letting it lie. */
  get hasRoom(): boolean {
    return this.#threads.length < this.#count || this.#threads.some((thread) => thread.orders < ORDERS_EACH)
  }

  /**
   * Fills in all pieces.
   *
   * @param memory the buffer's memory, which this object keeps a place for: only for buffers used again and again
   * @returns a promise that rejects when a file is missing or too short; nothing is written afterwards
   */
  read(memory: SharedArrayBuffer, pieces: readonly ReadingPiece[]): Promise<void> {
    return this.#leastBusy().read(memory, pieces)
  }

  /** Ends the threads; orders under way fail. */
  async stop(): Promise<void> {
    await Promise.all(this.#threads.splice(0).map((thread) => thread.stop()))
  }

  #leastBusy(): ReadingThread {
    const idle = this.#threads.find((thread) => thread.orders === 0)
    if (idle) return idle
    if (this.#threads.length < this.#count) {
      const thread = new ReadingThread(() => this.#forget(thread))
      this.#threads.push(thread)
      return thread
    }
    return this.#threads.reduce((least, thread) => (thread.orders < least.orders ? thread : least))
  }

  #forget(thread: ReadingThread): void {
    const at = this.#threads.indexOf(thread)
    if (at >= 0) this.#threads.splice(at, 1)
  }
}

class ReadingThread {
  readonly #worker = new Worker(new URL('./reading-thread.ts', import.meta.url))
  readonly #waiting = new Map<number, PromiseWithResolvers<void>>()
  readonly #bufferIds = new Map<SharedArrayBuffer, number>()
  #lastBatch = 0

  /** @param onEnd called when the thread has ended by itself */
  constructor(onEnd: () => void) {
    this.#worker.unref()
    this.#worker.on('message', ({ batch, failure }: ReadingAnswer) => {
      const order = this.#waiting.get(batch)
      this.#waiting.delete(batch)
      if (failure === undefined) order?.resolve()
      else order?.reject(new Error(failure))
    })
    this.#worker.on('error', () => undefined) // 'exit' follows
    this.#worker.on('exit', () => {
      onEnd()
      for (const order of this.#waiting.values()) order.reject(new Error('the reading thread has ended'))
      this.#waiting.clear()
    })
  }

  get orders(): number {
    return this.#waiting.size
  }

  read(memory: SharedArrayBuffer, pieces: readonly ReadingPiece[]): Promise<void> {
    const order = Promise.withResolvers<void>()
    const batch = (this.#lastBatch += 1)
    this.#waiting.set(batch, order)
    const known = this.#bufferIds.get(memory)
    const bufferId = known ?? this.#bufferIds.size
    if (known === undefined) this.#bufferIds.set(memory, bufferId)
    const given: ReadingOrder = { batch, bufferId, pieces, ...(known === undefined ? { memory } : {}) }
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread, not a window
    this.#worker.postMessage(given)
    return order.promise
  }

  async stop(): Promise<void> {
    await this.#worker.terminate()
  }
}

/** The threads that all transfers of this process share. */
export const readingThreads = new ReadingThreads()
