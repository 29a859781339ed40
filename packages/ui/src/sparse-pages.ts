/** Some of a list: `items` begin at `offset`. */
export interface LoadedPage<T> {
  readonly items: readonly T[]
  /** Length of the whole list. */
  readonly total: number
}

/** Loads the members [offset, offset + limit) of a list. */
export type LoadPage<T> = (offset: number, limit: number, signal: AbortSignal) => Promise<LoadedPage<T>>

/** Requests at the same time: more make a fast scroll slower, because the newest range waits for all. */
const PARALLEL = 3

/**
 * A long list, of which only what someone looks at is loaded.
 *
 * Changes are told to subscribers; `version` grows with each. Asking again for another range drops
 * the pages of the former one that have not been started.
 */
export class SparsePages<T> {
  readonly pageSize: number
  /** Grows with each change. */
  version = 0
  /** Length of the list; undefined until the first page is there. */
  total: number | undefined
  /** Why the last page did not come; undefined once one came. */
  failure: unknown

  readonly #load: LoadPage<T>
  readonly #pages = new Map<number, readonly T[]>()
  /** When each page was answered, in ms since the Unix epoch. */
  readonly #answeredAt = new Map<number, number>()
  readonly #stale = new Set<number>()
  readonly #running = new Map<number, Promise<void>>()
  readonly #listeners = new Set<() => void>()
  readonly #abort = new AbortController()
  #wanted: number[] = []

  constructor(load: LoadPage<T>, pageSize: number) {
    this.#load = load
    this.pageSize = pageSize
  }

  /** Calls back at each change, until the returned function is called. */
  subscribe(listener: () => void): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  /** Whether somebody is told of changes. */
  get isWatched(): boolean {
    return this.#listeners.size > 0
  }

  /** The member at an index, when it is loaded. */
  at(index: number): T | undefined {
    return this.#pages.get(Math.floor(index / this.pageSize))?.[index % this.pageSize]
  }

  /** The loaded members, in order. */
  *loaded(): Generator<{ readonly index: number; readonly item: T }> {
    for (const page of [...this.#pages.keys()].sort((a, b) => a - b)) {
      for (const [place, item] of (this.#pages.get(page) ?? []).entries()) {
        yield { index: page * this.pageSize + place, item }
      }
    }
  }

  /** Says that [start, end) is looked at: what is missing or stale of it is loaded. */
  want(start: number, end: number): void {
    this.#wanted = this.#pagesOf(start, end).filter((page) => this.#isMissing(page))
    this.#startNext()
  }

  /** All members of [start, end), loading what is missing. Fails when a page cannot be loaded. */
  async range(start: number, end: number): Promise<T[]> {
    for (const page of this.#pagesOf(start, end)) {
      if (this.#isMissing(page)) await (this.#running.get(page) ?? this.#start(page))
      if (this.#isMissing(page)) throw this.failure
    }
    const members: T[] = []
    for (let index = start; index < end; index++) {
      const member = this.at(index)
      if (member !== undefined) members.push(member)
    }
    return members
  }

  /**
   * Marks as old what was answered earlier than this, in ms since the Unix epoch: it stays visible, and is loaded anew when
   * it is wanted. Usually everything, also what is on its way.
   */
  expire(before = Infinity): void {
    for (const page of this.#pages.keys()) if ((this.#answeredAt.get(page) ?? 0) < before) this.#stale.add(page)
    if (before === Infinity) for (const page of this.#running.keys()) this.#stale.add(page)
    this.failure = undefined
    this.#changed()
  }

  /** Marks everything as old and loads [start, end) anew; the old members stay visible meanwhile. */
  refresh(start: number, end: number): void {
    for (const page of this.#pages.keys()) this.#stale.add(page)
    this.failure = undefined
    this.want(start, end)
  }

  /** Stops what is running. No more changes are told. */
  close(): void {
    this.#listeners.clear()
    this.#wanted = []
    this.#abort.abort()
  }

  #pagesOf(start: number, end: number): number[] {
    const last = Math.min(end, this.total ?? end)
    const pages = []
    for (let page = Math.floor(start / this.pageSize); page * this.pageSize < Math.max(last, 1); page++)
      pages.push(page)
    return pages
  }

  #isMissing(page: number): boolean {
    return !this.#pages.has(page) || this.#stale.has(page)
  }

  #startNext(): void {
    while (this.#running.size < PARALLEL) {
      const page = this.#wanted.find((wanted) => this.#isMissing(wanted) && !this.#running.has(wanted))
      if (page === undefined || this.#abort.signal.aborted) return
      void this.#start(page)
    }
  }

  #start(page: number): Promise<void> {
    const running = this.#fetch(page)
      .catch((failure: unknown) => {
        this.failure = failure
        this.#wanted = []
      })
      .finally(() => {
        this.#running.delete(page)
        this.#changed()
        this.#startNext()
      })
    this.#running.set(page, running)
    return running
  }

  async #fetch(page: number): Promise<void> {
    this.#stale.delete(page)
    const answer = await this.#load(page * this.pageSize, this.pageSize, this.#abort.signal)
    this.#pages.set(page, answer.items)
    this.#answeredAt.set(page, Date.now())
    this.total = answer.total
    this.failure = undefined
    // The list has become shorter: what lay beyond its end is no member any more.
    for (const other of this.#pages.keys()) {
      if (other > 0 && other * this.pageSize >= answer.total) this.#pages.delete(other)
    }
  }

  #changed(): void {
    this.version++
    for (const listener of this.#listeners) listener()
  }
}
