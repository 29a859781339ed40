/** A connection slower than this gets small buffers, in bytes per millisecond: 2 MB/s. */
const SLOW_BELOW = 2000
/** How far back the speed looks, in ms. */
const WINDOW = 4000

/**
 * How fast a connection has been taking bytes of late.
 *
 * The kernel takes the first megabytes at once whatever the client does, and later takes a slow
 * client's bytes in bursts; so one chunk says nothing, and the speed is told over some seconds.
 */
export class LinkSpeed {
  #since: number
  #bytes = 0

  /** @param now when the connection begins, in ms */
  constructor(now: number) {
    this.#since = now
  }

  /** Notes that the network has taken `length` bytes by `now` (ms). */
  sent(length: number, now: number): void {
    this.#bytes += length
    if (now - this.#since <= WINDOW) return
    this.#bytes /= 2
    this.#since += (now - this.#since) / 2
  }

  /** Whether the connection is slow as far as is known at `now` (ms). A young one is not. */
  isSlow(now: number): boolean {
    const elapsed = now - this.#since
    return elapsed > 500 && this.#bytes < elapsed * SLOW_BELOW
  }
}
