import type { SparsePages } from '../sparse-pages.ts'

/** Listings that are kept, so that going back shows the former one at once. */
const KEPT = 6
/** How long what was just asked for may take until it is in view, in milliseconds: it is drawn before it is watched. */
const UNSEEN = 1000

/** The listings that are in view, and those that were looked at last: those before them are closed. */
export class KeptListings<Listing extends { readonly pages: SparsePages<unknown> }> {
  readonly #kept = new Map<string, Listing>()
  #closing: ReturnType<typeof setTimeout> | undefined

  /** The listing of a key: the kept one, or a new one. */
  get(key: string, make: () => Listing): Listing {
    const listing = this.#kept.get(key) ?? make()
    this.#kept.delete(key)
    this.#kept.set(key, listing)
    if (this.#kept.size > KEPT && this.#closing === undefined) {
      this.#closing = setTimeout(() => this.#closeOldest(), UNSEEN)
    }
    return listing
  }

  /** Those that are kept, the oldest first. */
  all(): Iterable<Listing> {
    return this.#kept.values()
  }

  /** Closes and forgets all. */
  clear(): void {
    for (const { pages } of this.#kept.values()) pages.close()
    this.#kept.clear()
  }

  #closeOldest(): void {
    this.#closing = undefined
    const newest = [...this.#kept.keys()].at(-1)
    for (const [key, { pages }] of this.#kept) {
      if (this.#kept.size <= KEPT || key === newest) return
      // What is in view stays, however many that are.
      if (pages.isWatched) continue
      pages.close()
      this.#kept.delete(key)
    }
  }
}
