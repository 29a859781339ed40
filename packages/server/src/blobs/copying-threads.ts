import { availableParallelism } from 'node:os'
import type { FileHandle } from 'node:fs/promises'
import { Worker } from 'node:worker_threads'
import { Gate } from '../gate.ts'
import type { CopyWatch } from './copy-bytes.ts'
import { EarlySync } from './early-sync.ts'
import type { HashedBytes } from './hash-bytes.ts'
import { unreadable } from './unreadable.ts'

/** What a thread is told: one file at a time. */
export interface CopyOrder {
  /** Number of the open file that is read. */
  readonly from: number
  /** Number of the open file that is written, or undefined where it is only read. */
  readonly to: number | undefined
  /** Not 0: stop. */
  readonly stop: Int32Array
}

/** What a thread answers: now and then that so many bytes more were copied, and in the end how it ended. */
export type CopyAnswer = { readonly kind: 'copied'; readonly length: number } | CopyEnd

/** How the copy of one file ended. */
export type CopyEnd =
  | { readonly kind: 'done'; readonly hashed: HashedBytes }
  | { readonly kind: 'stopped' }
  | {
      readonly kind: 'failed'
      readonly during: 'read' | 'write'
      readonly code: string | undefined
      readonly message: string
    }

/** How long a thread without work stays, in ms. */
const idleTime = 10_000

/**
 * Threads that copy and hash large files, each one file at a time: a SHA-256 fills a processor, and would keep the
 * event loop from everybody else. They are started when they are needed, and end when nothing was copied for a while.
 */
export class CopyingThreads {
  readonly #turns: Gate
  readonly #idle: CopyingThread[] = []

  /** @param count how many files are copied at the same time. Usual: one a processor, 4 at most */
  constructor(count: number = Math.min(availableParallelism(), 4)) {
    this.#turns = new Gate(count)
  }

  /**
   * Hashes a file from where it is read to its end, and copies it where it is to be copied to. Both must stay open until
   * this has answered. What was copied is not durable yet.
   *
   * @throws {VitrineError} `import/unreadable`; the system's error when it cannot be written; the signal's reason
   */
  copy(from: FileHandle, to: FileHandle | undefined, watch: CopyWatch): Promise<HashedBytes> {
    return this.#turns.run(async () => {
      watch.signal?.throwIfAborted()
      const thread = this.#takeIdle() ?? new CopyingThread()
      try {
        return await copyBy(thread, from, to, watch)
      } finally {
        this.#release(thread)
      }
    })
  }

  #takeIdle(): CopyingThread | undefined {
    for (let thread = this.#idle.pop(); thread; thread = this.#idle.pop()) {
      if (!thread.isGone) return thread
    }
    return undefined
  }

  #release(thread: CopyingThread): void {
    if (thread.isGone) return
    this.#idle.push(thread)
    thread.endAfter(idleTime)
  }
}

async function copyBy(
  thread: CopyingThread,
  from: FileHandle,
  to: FileHandle | undefined,
  { onBytes, signal }: CopyWatch,
): Promise<HashedBytes> {
  const early = to && new EarlySync(to)
  const stop = () => thread.stop()
  signal?.addEventListener('abort', stop)
  try {
    const answer = await thread.obey({ from: from.fd, to: to?.fd }, (length) => {
      early?.wrote(length)
      onBytes?.(length)
    })
    await early?.ended
    early?.throwFailure()
    return hashedBy(answer, signal)
  } finally {
    signal?.removeEventListener('abort', stop)
    // Whoever closes the file finds nobody at it.
    await early?.ended
  }
}

function hashedBy(answer: CopyEnd, signal: AbortSignal | undefined): HashedBytes {
  if (answer.kind === 'done') return answer.hashed
  if (answer.kind === 'stopped') throw signal?.reason ?? new Error('the copy was stopped')
  const { during, code, message } = answer
  const error = Object.assign(new Error(message), code === undefined ? {} : { code })
  if (during === 'read') return unreadable(error)
  throw error
}

class CopyingThread {
  readonly #worker = new Worker(new URL('./copying-thread.ts', import.meta.url))
  readonly #stop = new Int32Array(new SharedArrayBuffer(4))
  #ended = Promise.withResolvers<CopyEnd>()
  #onBytes: (length: number) => void = () => {}
  #timer: NodeJS.Timeout | undefined
  #isGone = false

  constructor() {
    this.#worker.on('message', (answer: CopyAnswer) => {
      if (answer.kind === 'copied') this.#onBytes(answer.length)
      else this.#ended.resolve(answer)
    })
    this.#worker.on('error', (cause) => this.#end(new Error('a copying thread failed', { cause })))
    this.#worker.on('exit', () => this.#end(new Error('a copying thread has ended')))
    // Told when it is awaited; a thread may end while it waits for work.
    this.#ended.promise.catch(() => {})
  }

  get isGone(): boolean {
    return this.#isGone
  }

  /** Copies one file, and tells of bytes that were copied. Only when the last one has ended. */
  async obey(file: Omit<CopyOrder, 'stop'>, onBytes: (length: number) => void): Promise<CopyEnd> {
    clearTimeout(this.#timer)
    this.#stop[0] = 0
    this.#onBytes = onBytes
    this.#ended = Promise.withResolvers()
    this.#worker.ref()
    try {
      const order: CopyOrder = { ...file, stop: this.#stop }
      // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread, not a window
      this.#worker.postMessage(order)
      return await this.#ended.promise
    } finally {
      this.#worker.unref()
    }
  }

  /** Stops the file that it is at. */
  stop(): void {
    Atomics.store(this.#stop, 0, 1)
  }

  /** Ends by itself after so many ms, unless it is given work before. */
  endAfter(ms: number): void {
    this.#timer = setTimeout(() => {
      this.#isGone = true
      void this.#worker.terminate()
    }, ms).unref()
  }

  #end(error: Error): void {
    this.#isGone = true
    this.#ended.reject(error)
  }
}
