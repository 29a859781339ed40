import { BoundedMap } from '../bounded-map.ts'
import { networkOf } from './networks.ts'

/** How many misses are let through. */
export interface MissRate {
  /** So many at once. */
  readonly burst: number
  /** In ms: after each such time one more. */
  readonly every: number
  /** So many networks are remembered; the one that missed longest ago is forgotten first. */
  readonly networks: number
}

/** A person who mistypes never notices it; a guesser of 256 bits gains nothing by more. */
export const usualMissRate: MissRate = { burst: 60, every: 1000, networks: 20_000 }

/**
 * Counts what came to nothing, per network, in bounded memory.
 *
 * Only misses are counted and only misses are refused: whoever brings what is right is never kept waiting by others
 * behind the same address.
 */
export class MissLimiter {
  readonly #rate: MissRate
  /** Per network, when its whole burst would be available again, in ms. */
  readonly #fullAgainAt: BoundedMap<string, number>

  constructor(rate: MissRate = usualMissRate) {
    this.#rate = rate
    this.#fullAgainAt = new BoundedMap(rate.networks)
  }

  /**
   * Counts one miss.
   *
   * @param address IP address of whoever missed
   * @param now in ms since the Unix epoch
   * @returns 0, or for how long in ms nothing more is told to this network
   */
  countMiss(address: string, now: number): number {
    const { burst, every } = this.#rate
    const network = networkOf(address)
    const fullAgainAt = Math.max(now, this.#fullAgainAt.get(network) ?? now)
    const wait = fullAgainAt + every - (now + burst * every)
    // What is refused is not counted: otherwise whoever keeps asking would wait for ever.
    this.#fullAgainAt.set(network, wait > 0 ? fullAgainAt : fullAgainAt + every)
    return Math.max(0, wait)
  }
}
