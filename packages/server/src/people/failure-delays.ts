import { setTimeout as sleep } from 'node:timers/promises'
import { VitrineError } from '@vitrine/domain'
import { BoundedMap } from '../bounded-map.ts'

/** How failures are slowed down. Times in ms. */
export interface DelayRule {
  /** Attempts that do not wait. */
  readonly free: number
  /** The first wait after those; each further one is twice as long. */
  readonly first: number
  readonly longest: number
  /** Whoever would have to wait longer is told to come back. */
  readonly patience: number
  /** After so long without an attempt all is forgotten. */
  readonly memory: number
  /** So many pairs of user and network are remembered. */
  readonly remembered: number
  /** Attempts of one network that may be under way. */
  readonly atOnce: number
}

/** A person who mistypes hardly notices it; a guesser from one network gets six guesses a minute at one name. */
export const usualDelays: DelayRule = {
  free: 5,
  first: 500,
  longest: 10_000,
  patience: 30_000,
  memory: 15 * 60_000,
  remembered: 20_000,
  atOnce: 32,
}

interface Attempts {
  /** Those that did not succeed, and those of which it is not known yet. */
  count: number
  /** When the next may begin. */
  freeAt: number
  lastAt: number
}

/**
 * Slows down attempts to sign in, by user and network: nobody is locked out, least of all by strangers elsewhere.
 *
 * An attempt counts as failed from its beginning until it succeeds, so that many at once gain nothing.
 */
export class FailureDelays {
  readonly #rule: DelayRule
  readonly #clock: () => number
  readonly #sleep: (ms: number) => Promise<unknown>
  readonly #attempts: BoundedMap<string, Attempts>
  readonly #underWay = new Map<string, number>()

  constructor(clock: () => number, rule: DelayRule = usualDelays, pause: (ms: number) => Promise<unknown> = sleep) {
    this.#clock = clock
    this.#rule = rule
    this.#attempts = new BoundedMap(rule.remembered)
    this.#sleep = pause
  }

  /**
   * Makes an attempt when its time has come.
   *
   * @param user digest or name of whoever is to be signed in, known or not
   * @param attempt whether it succeeded
   * @throws {VitrineError} `request/too-many` with `retryAfter` in seconds, before the attempt
   */
  async attempt<Result>(user: string, network: string, attempt: () => Promise<Result | undefined>) {
    const key = `${network} ${user}`
    this.#begin(network)
    try {
      const wait = this.#reserve(key)
      if (wait > 0) await this.#sleep(wait)
      const result = await attempt()
      if (result !== undefined) this.#attempts.delete(key)
      return result
    } finally {
      this.#end(network)
    }
  }

  /** How many pairs of user and network are remembered. */
  get size(): number {
    return this.#attempts.size
  }

  /** @returns how long to wait, in ms */
  #reserve(key: string): number {
    const { free, first, longest, patience } = this.#rule
    const now = this.#clock()
    const known = this.#known(key, now)
    const wait = Math.max(0, known.freeAt - now)
    // What is refused is not counted: otherwise whoever keeps asking would wait for ever.
    if (wait > patience) throw tooMany(wait - patience)
    const count = known.count + 1
    const delay = count < free ? 0 : Math.min(longest, first * 2 ** (count - free))
    this.#attempts.set(key, { count, freeAt: now + wait + delay, lastAt: now + wait })
    return wait
  }

  #known(key: string, now: number): Attempts {
    const known = this.#attempts.get(key)
    if (known && now < known.lastAt + this.#rule.memory) return known
    return { count: 0, freeAt: now, lastAt: now }
  }

  #begin(network: string): void {
    const underWay = this.#underWay.get(network) ?? 0
    if (underWay >= this.#rule.atOnce) throw tooMany(1000)
    this.#underWay.set(network, underWay + 1)
  }

  #end(network: string): void {
    const underWay = (this.#underWay.get(network) ?? 1) - 1
    if (underWay > 0) this.#underWay.set(network, underWay)
    else this.#underWay.delete(network)
  }
}

function tooMany(wait: number): VitrineError {
  return new VitrineError('request/too-many', 'Too many attempts to sign in. Please wait a moment.', {
    retryAfter: Math.ceil(wait / 1000),
  })
}
