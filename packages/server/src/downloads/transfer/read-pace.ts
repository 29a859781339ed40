/** A read that takes longer than this, in ms, did not come from memory. */
const SLOW_READ = 1
const FEWEST_LATER = 16
const MOST_LATER = 1024

/**
 * Decides whether to read at once (the file is in memory, so far as is known) or in another thread.
 *
 * After a slow read the next 16 go to other threads, then one is tried at once again. As long as that
 * is slow, too, twice as many go to other threads before the next trial: on a slow disk at most one
 * read in a thousand holds up the event loop.
 */
export class ReadPace {
  #laterLeft = 0
  #laterNext = FEWEST_LATER

  /** Whether to read in another thread. */
  get isSlow(): boolean {
    return this.#laterLeft > 0
  }

  /** Notes that a read at once took `ms`. */
  tookNow(ms: number): void {
    if (ms <= SLOW_READ) {
      this.#laterNext = FEWEST_LATER
      return
    }
    this.#laterLeft = this.#laterNext
    this.#laterNext = Math.min(this.#laterNext * 2, MOST_LATER)
  }

  /** Notes that a read goes to another thread. */
  tookLater(): void {
    this.#laterLeft -= 1
  }
}
