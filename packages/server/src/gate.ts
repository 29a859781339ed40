/** Lets a number of pieces of work run at the same time; the others wait, the first come first. */
export class Gate {
  #free: number
  readonly #waiting: (() => void)[] = []

  /** @param width how many run at the same time */
  constructor(width: number) {
    this.#free = width
  }

  /** Runs a piece of work when its turn has come: at once, before this returns, when nobody is before it. */
  async run<Result>(work: () => Promise<Result>): Promise<Result> {
    if (this.#free > 0) this.#free -= 1
    else await this.#turn()
    try {
      return await work()
    } finally {
      this.#leave()
    }
  }

  #turn(): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>()
    this.#waiting.push(resolve)
    return promise
  }

  #leave(): void {
    // Whoever waits takes the place over, so that no newcomer slips in between.
    const next = this.#waiting.shift()
    if (next) next()
    else this.#free += 1
  }
}
