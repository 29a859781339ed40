/** Length of a buffer for a connection that takes bytes quickly. Small enough to stay in a core's L2 cache. */
export const LARGE_BUFFER = 256 * 1024
/** Length of a buffer for a connection that is slow, or when the large ones are all in use. */
export const SMALL_BUFFER = 32 * 1024

/**
 * The buffers that transfers fill and send, used again and again.
 *
 * A buffer belongs to one chunk: it is taken to be filled, and given back when the chunk has been
 * handed to the network. A slow client holds its buffer for seconds, so the large ones are few, and
 * nobody waits for one: who finds none gets a small one. Memory is thus bounded by
 * `largeCount * LARGE_BUFFER` plus one small buffer per connection. The buffer given back last is
 * given out first, for the sake of the cache.
 */
export class TransferBuffers {
  readonly #free: { readonly large: Uint8Array[]; readonly small: Uint8Array[] } = { large: [], small: [] }
  readonly #largeCount: number
  readonly #smallKept: number
  #largeMade = 0
  #inUse = 0

  /**
   * @param largeCount how many large buffers there may be
   * @param smallKept how many small buffers are kept for later while unused
   */
  constructor(largeCount = 96, smallKept = 64) {
    this.#largeCount = largeCount
    this.#smallKept = smallKept
  }

  /** How many buffers are taken and not given back. */
  get inUse(): number {
    return this.#inUse
  }

  /** A buffer to fill, with old bytes in it: a large one if it is wanted and there is one left. */
  take(wanted: 'large' | 'small'): Uint8Array {
    this.#inUse += 1
    if (wanted === 'large') {
      const large = this.#free.large.pop()
      if (large) return large
      if (this.#largeMade < this.#largeCount) {
        this.#largeMade += 1
        return Buffer.allocUnsafeSlow(LARGE_BUFFER)
      }
    }
    return this.#free.small.pop() ?? Buffer.allocUnsafeSlow(SMALL_BUFFER)
  }

  /** Gives a buffer back. Nobody may read or write it any more. */
  giveBack(buffer: Uint8Array): void {
    this.#inUse -= 1
    if (buffer.length === LARGE_BUFFER) this.#free.large.push(buffer)
    else if (this.#free.small.length < this.#smallKept) this.#free.small.push(buffer)
  }
}
