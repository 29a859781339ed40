/**
 * Buffers for connections that take bytes quickly, the longest first: their length, and how many there are at most.
 *
 * The longer, the fewer calls of the system for each byte: one connection gets twice as much through by 1 MiB as by
 * 256 KiB. Many connections use few buffers each, so that these stay in a core's cache.
 */
export const LARGE_BUFFERS = [
  { length: 1024 * 1024, most: 12 },
  { length: 256 * 1024, most: 48 },
] as const
/** Length of a buffer for a connection that is slow, or when the large ones are all in use. */
export const SMALL_BUFFER = 32 * 1024

/** Large buffers of one length. */
interface LargeBuffers {
  readonly length: number
  readonly most: number
  readonly free: Uint8Array[]
  made: number
}

/**
 * The buffers that transfers fill and send, used again and again.
 *
 * A buffer belongs to one chunk: it is taken to be filled, and given back when the chunk has been
 * handed to the network. A slow client holds its buffer for seconds, so the large ones are few, and
 * nobody waits for one: who finds none gets a small one. Memory is thus bounded by all large
 * buffers plus one small one per connection. The buffer given back last is given out first, for the
 * sake of the cache.
 */
export class TransferBuffers {
  readonly #large: readonly LargeBuffers[]
  readonly #small: Uint8Array[] = []
  readonly #smallKept: number
  #inUse = 0

  /**
   * @param large the lengths of large buffers and how many there may be of each, the longest first
   * @param smallKept how many small buffers are kept for later while unused
   */
  constructor(large: readonly Pick<LargeBuffers, 'length' | 'most'>[] = LARGE_BUFFERS, smallKept = 64) {
    this.#large = large.map(({ length, most }) => ({ length, most, free: [], made: 0 }))
    this.#smallKept = smallKept
  }

  /** How many buffers are taken and not given back. */
  get inUse(): number {
    return this.#inUse
  }

  /** A buffer to fill, with old bytes in it: the longest that is left if a large one is wanted. */
  take(wanted: 'large' | 'small'): Uint8Array {
    this.#inUse += 1
    const large = wanted === 'large' ? this.#takeLarge() : undefined
    return large ?? this.#small.pop() ?? Buffer.allocUnsafeSlow(SMALL_BUFFER)
  }

  #takeLarge(): Uint8Array | undefined {
    const some = this.#large.find(({ free, made, most }) => free.length > 0 || made < most)
    if (some === undefined) return undefined
    const free = some.free.pop()
    if (free) return free
    some.made += 1
    return Buffer.allocUnsafeSlow(some.length)
  }

  /** Gives a buffer back. Nobody may read or write it any more. */
  giveBack(buffer: Uint8Array): void {
    this.#inUse -= 1
    const large = this.#large.find(({ length }) => length === buffer.length)
    if (large) large.free.push(buffer)
    else if (this.#small.length < this.#smallKept) this.#small.push(buffer)
  }
}
