/** For how long transfers are served before everything else has its turn, in ms. */
const ROUND = 1

/**
 * Lets transfers have their turns one after another, for a short while at a time.
 *
 * A turn sends one chunk. Were all of 256 transfers to have one in each turn of the event loop, that would take
 * tens of milliseconds, and everybody else would wait for it: above all whoever connects, because the loop
 * takes up one new connection each time it goes round.
 */
export class TransferTurns {
  readonly #now: () => number
  #waiting: (() => void)[] = []
  #first = 0
  #isPlanned = false

  /** @param now the time, in ms */
  constructor(now: () => number = () => performance.now()) {
    this.#now = now
  }

  /** Calls `turn`, which must not throw, when those that wait already have been called. Never at once. */
  wait(turn: () => void): void {
    this.#waiting.push(turn)
    this.#plan()
  }

  #plan(): void {
    if (this.#isPlanned) return
    this.#isPlanned = true
    setImmediate(this.#serve)
  }

  readonly #serve = (): void => {
    this.#isPlanned = false
    const until = this.#now() + ROUND
    do this.#waiting[this.#first++]?.()
    while (this.#first < this.#waiting.length && this.#now() < until)
    if (this.#first < this.#waiting.length) this.#plan()
    this.#forgetServed()
  }

  /** Shortening the list at each turn would move all of it each time. */
  #forgetServed(): void {
    if (this.#first * 2 < this.#waiting.length) return
    this.#waiting = this.#waiting.slice(this.#first)
    this.#first = 0
  }
}

/** The turns of all transfers of this process. */
export const transferTurns = new TransferTurns()
