/** A map that holds so many entries at most: the one that was set longest ago gives way to a new one. */
export class BoundedMap<Key, Value> {
  readonly #most: number
  /** The one that was set longest ago comes first. */
  readonly #entries = new Map<Key, Value>()

  /** @param most entries at most */
  constructor(most: number) {
    this.#most = most
  }

  get size(): number {
    return this.#entries.size
  }

  get(key: Key): Value | undefined {
    return this.#entries.get(key)
  }

  /** Sets an entry, which is now the newest, whether it was there or not. */
  set(key: Key, value: Value): void {
    this.#entries.delete(key)
    this.#entries.set(key, value)
    if (this.#entries.size <= this.#most) return
    for (const [oldest] of this.#entries) return void this.#entries.delete(oldest)
  }

  delete(key: Key): void {
    this.#entries.delete(key)
  }
}
