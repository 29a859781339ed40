import type { Database } from '../db/open.ts'
import { readAccessEpoch } from './access-epoch-store.ts'

/** How often is looked, in ms: sessions end by themselves, notifications get lost. */
const interval = 400
/** After so long without an answer of the database, in ms, nobody knows what is still allowed. */
const longestDoubt = 30_000

/** What is done again and again while something goes on that access may be taken away from. */
export interface Looker {
  /**
   * Looks, and acts upon what is seen.
   *
   * @param epoch the access epoch, read just before: what moves meanwhile is not missed
   * @param isDue it is time to look at everything, or somebody asked for it; else only at what the epoch tells
   */
  look(epoch: number, isDue: boolean): Promise<void>
  /**
   * A look has failed.
   *
   * @param isLong the database has not answered for so long that nobody knows what is still allowed
   */
  doubt(error: unknown, isLong: boolean): void
}

/** Looks that never overlap: several times a second, and whenever somebody asks. After one that failed, the next waits its time. */
export class Looks {
  readonly #db: Database
  readonly #looker: Looker
  #timer: NodeJS.Timeout | undefined
  #isLooking = false
  #again = false
  #isDue = false
  #lastAnswer = 0

  constructor(db: Database, looker: Looker) {
    this.#db = db
    this.#looker = looker
  }

  /** Looks several times a second from now on, until {@link end}. */
  begin(): void {
    if (this.#timer) return
    this.#lastAnswer = performance.now()
    this.#timer = setInterval(() => this.lookAtAll(), interval).unref()
  }

  /** Looks no more. What is under way goes on. */
  end(): void {
    clearInterval(this.#timer)
    this.#timer = undefined
  }

  /** Looks at everything now, or once more after the look that is under way. */
  lookAtAll(): void {
    this.#isDue = true
    this.look()
  }

  /** Looks now, or once more after the look that is under way: at everything only if that is due anyway. */
  look(): void {
    if (!this.#timer) return
    this.#again = this.#isLooking
    if (!this.#isLooking) void this.#lookUntilDone()
  }

  async #lookUntilDone(): Promise<void> {
    this.#isLooking = true
    do {
      this.#again = false
      await this.#lookOnce()
    } while (this.#again && this.#timer)
    this.#isLooking = false
  }

  async #lookOnce(): Promise<void> {
    const isDue = this.#isDue
    this.#isDue = false
    try {
      const epoch = await readAccessEpoch(this.#db)
      this.#lastAnswer = performance.now()
      await this.#looker.look(epoch, isDue)
    } catch (error) {
      this.#isDue ||= isDue
      this.#looker.doubt(error, performance.now() - this.#lastAnswer >= longestDoubt)
      // Else what waits would make the next one come at once, again and again.
      this.#again = false
    }
  }
}
