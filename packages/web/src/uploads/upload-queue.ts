import { endStates, uploadStates } from './upload-entry.ts'
import type { UploadConflict, UploadEntry, UploadResult, UploadState, WantedUpload } from './upload-entry.ts'

/**
 * Sends one entry, from wherever the server has it.
 *
 * @param onSent told how many of its bytes are sent in all
 * @throws what it fails with
 */
export type SendEntry = (
  entry: UploadEntry,
  signal: AbortSignal,
  onSent: (bytes: number) => void,
) => Promise<UploadResult>

/** What one may want to know of an entry that has ended, or has to be asked about. */
export type EntryListener = (entry: UploadEntry) => void

/** What the queue needs. */
export interface QueueParts {
  readonly send: SendEntry
  /** Most that are sent at the same time. */
  readonly most: number
  /** Whether the person can do something about a failure: then the entry is held for their answer. */
  readonly isQuestion: (failure: unknown, entry: UploadEntry) => boolean
  /** Whether the others would fail as this one did: then all wait until the person goes on. */
  readonly stopsAll: (failure: unknown) => boolean
  /** Something has changed. Called often. */
  readonly onChange: () => void
  /** An entry has come to an end. */
  readonly onEnd: EntryListener
  /** An entry is held because of its failure. */
  readonly onQuestion: EntryListener
}

type Mutable = { -readonly [Key in keyof UploadEntry]: UploadEntry[Key] }

/** Bytes of all entries. */
export interface QueueBytes {
  /** Of these so many are sent. Never fewer than before, unless entries are forgotten or sent again. */
  readonly sent: number
  /** Without what was skipped, and what will not be sent of what was cancelled. */
  readonly total: number
}

/**
 * What is uploaded, in order: so many at a time, each until it is done, skipped, failed or cancelled.
 *
 * Knows neither files nor the network: {@link SendEntry} does. Each change of state takes constant time, however many
 * entries there are.
 */
export class UploadQueue {
  readonly #parts: QueueParts
  readonly #sets: Record<UploadState, Set<Mutable>>
  readonly #running = new Map<Mutable, AbortController>()
  #lastId = 0
  #isPaused = false
  #sent = 0
  #total = 0

  constructor(parts: QueueParts) {
    this.#parts = parts
    this.#sets = Object.fromEntries(uploadStates.map((state) => [state, new Set()])) as unknown as Record<
      UploadState,
      Set<Mutable>
    >
  }

  /** Whether nothing is begun until {@link resumeAll}. */
  get isPaused(): boolean {
    return this.#isPaused
  }

  get bytes(): QueueBytes {
    return { sent: this.#sent, total: this.#total }
  }

  /** How many are in a state. */
  count(state: UploadState): number {
    return this.#sets[state].size
  }

  /** The first entries in a state, in the order in which they came to it. */
  first(state: UploadState, most: number): UploadEntry[] {
    const some: UploadEntry[] = []
    for (const entry of this.#sets[state]) {
      if (some.length === most) break
      some.push(entry)
    }
    return some
  }

  /** Whether something is, or is going to be, sent. */
  get isBusy(): boolean {
    return endStates.reduce((ended, state) => ended + this.count(state), 0) < this.#size()
  }

  /** Adds what somebody wants to upload; it is held. */
  add(wanted: readonly WantedUpload[]): UploadEntry[] {
    const added = wanted.map((one): Mutable => {
      const id = ++this.#lastId
      return { ...one, id, state: 'held', conflict: 'refuse', sent: 0, failure: undefined, result: undefined }
    })
    for (const entry of added) {
      this.#sets.held.add(entry)
      this.#total += entry.size
    }
    this.#parts.onChange()
    return added
  }

  /** Lets held ones have their turn. */
  release(entries: readonly UploadEntry[], conflict?: UploadConflict): void {
    for (const entry of entries) {
      if (entry.state !== 'held') continue
      if (conflict !== undefined) entry.conflict = conflict
      this.#move(entry, 'ready')
    }
    this.#startNext()
  }

  /** Ends held ones without sending them. */
  skip(entries: readonly UploadEntry[]): void {
    for (const entry of entries) if (entry.state === 'held') this.#end(entry, 'skipped')
  }

  /** Ends held ones that cannot be sent. */
  refuse(entries: readonly UploadEntry[], failure: unknown): void {
    for (const entry of entries) {
      if (entry.state !== 'held') continue
      asMutable(entry).failure = failure
      this.#end(entry, 'failed')
    }
  }

  /** Stops one where it is. */
  pause(entry: UploadEntry): void {
    if (entry.state !== 'sending' && entry.state !== 'ready') return
    this.#move(entry, 'paused')
    this.#stop(entry)
  }

  /** Lets one go on that was paused, or has failed. */
  resume(entry: UploadEntry): void {
    if (entry.state !== 'paused' && entry.state !== 'failed') return
    if (entry.state === 'failed') this.#renew(entry)
    this.#move(entry, 'ready')
    this.#startNext()
  }

  /** Gives one up. */
  cancel(entry: UploadEntry): void {
    if (isEnded(entry) && entry.state !== 'failed') return
    this.#stop(entry)
    this.#end(entry, 'cancelled')
  }

  /** Stops all where they are; none is begun. */
  pauseAll(): void {
    this.#isPaused = true
    for (const entry of [...this.#sets.sending].toReversed()) {
      this.#move(entry, 'ready', 'first')
      this.#stop(entry)
    }
    this.#parts.onChange()
  }

  /** Lets all go on that were paused. */
  resumeAll(): void {
    this.#isPaused = false
    for (const entry of this.#sets.paused) this.#move(entry, 'ready')
    this.#startNext()
    this.#parts.onChange()
  }

  /** Tries all again that have failed. */
  retryAll(): void {
    this.#isPaused = false
    for (const entry of this.#sets.failed) this.resume(entry)
    this.#startNext()
  }

  /** Gives up what is held: nothing of it was asked for, or answered. */
  cancelHeld(): void {
    for (const entry of this.#sets.held) this.cancel(entry)
  }

  /** Gives all up that have not ended. */
  cancelAll(): void {
    for (const state of ['sending', 'ready', 'paused', 'held'] as const) {
      for (const entry of this.#sets[state]) this.cancel(entry)
    }
    this.#isPaused = false
    this.#parts.onChange()
  }

  /** Forgets what has ended. */
  forgetEnded(): void {
    for (const state of endStates) {
      for (const entry of this.#sets[state]) {
        this.#sent -= entry.sent
        this.#total -= weightOf(entry)
      }
      this.#sets[state].clear()
    }
    this.#parts.onChange()
  }

  #size(): number {
    return uploadStates.reduce((sum, state) => sum + this.#sets[state].size, 0)
  }

  #startNext(): void {
    while (!this.#isPaused && this.#running.size < this.#parts.most) {
      const next = this.#next()
      if (next === undefined) return
      void this.#run(next)
    }
  }

  #next(): Mutable | undefined {
    for (const entry of this.#sets.ready) {
      // One that was stopped may not have let go of its connection yet.
      if (!this.#running.has(entry)) return entry
    }
    return undefined
  }

  async #run(entry: Mutable): Promise<void> {
    const stop = new AbortController()
    this.#running.set(entry, stop)
    this.#move(entry, 'sending')
    try {
      const result = await this.#parts.send(entry, stop.signal, (bytes) => this.#noteSent(entry, bytes, stop.signal))
      if (!stop.signal.aborted) this.#succeed(entry, result)
    } catch (failure) {
      if (!stop.signal.aborted) this.#fail(entry, failure)
    } finally {
      this.#running.delete(entry)
      this.#startNext()
    }
  }

  #noteSent(entry: Mutable, bytes: number, signal: AbortSignal): void {
    if (signal.aborted) return
    const sent = Math.min(entry.size, Math.max(entry.sent, bytes))
    this.#sent += sent - entry.sent
    entry.sent = sent
    this.#parts.onChange()
  }

  #succeed(entry: Mutable, result: UploadResult): void {
    this.#sent += entry.size - entry.sent
    entry.sent = entry.size
    entry.result = result
    this.#end(entry, 'done')
  }

  #fail(entry: Mutable, failure: unknown): void {
    entry.failure = failure
    if (this.#parts.isQuestion(failure, entry)) {
      this.#move(entry, 'held')
      this.#parts.onQuestion(entry)
      return
    }
    if (this.#parts.stopsAll(failure)) this.pauseAll()
    this.#end(entry, 'failed')
  }

  /** What failed is sent again: from where the server has it, or from the beginning. */
  #renew(entry: UploadEntry): void {
    asMutable(entry).failure = undefined
    if (entry.url !== undefined) return
    this.#sent -= entry.sent
    asMutable(entry).sent = 0
  }

  #end(entry: UploadEntry, state: (typeof endStates)[number]): void {
    this.#move(entry, state)
    this.#parts.onEnd(entry)
  }

  #stop(entry: UploadEntry): void {
    this.#running.get(entry)?.abort()
  }

  #move(entry: UploadEntry, state: UploadState, place: 'first' | 'last' = 'last'): void {
    const moved = asMutable(entry)
    this.#total -= weightOf(moved)
    this.#sets[moved.state].delete(moved)
    moved.state = state
    this.#total += weightOf(moved)
    if (place === 'first') this.#sets[state] = new Set([moved, ...this.#sets[state]])
    else this.#sets[state].add(moved)
    this.#parts.onChange()
  }
}

function asMutable(entry: UploadEntry): Mutable {
  return entry
}

function isEnded({ state }: UploadEntry): boolean {
  return endStates.some((end) => end === state)
}

function weightOf({ state, sent, size }: UploadEntry): number {
  return state === 'skipped' || state === 'cancelled' ? sent : size
}
