const firstCapacity = 16
/** So many names are kept in one table; more are spread over many, so that no single growth takes long. */
const mostInOne = 8192
const shardCount = 256

/**
 * Numbers by name, in 12 bytes for each place of an open-addressing table, and without the names: a name is known by 64
 * bits of hash. Two names with one hash are taken for the same, of which a million names have a chance of 1 in 37 million.
 */
export class NameTable {
  #shards: Shard[] = [new Shard()]

  /** The number that stands with a name, or 0. */
  get(name: string): number {
    hash(name)
    return this.#shard().get()
  }

  /** Puts a number, from 1 on, with a name. */
  set(name: string, value: number): void {
    hash(name)
    const shard = this.#shard()
    shard.set(value)
    if (this.#shards.length === 1 && shard.count > mostInOne) this.#spread(shard)
  }

  #shard(): Shard {
    return this.#shards[high >>> 24] ?? this.#shards[0]!
  }

  #spread(all: Shard): void {
    this.#shards = Array.from({ length: shardCount }, () => new Shard())
    all.forEach((value) => this.#shard().set(value))
  }
}

/** The hash of the name that is looked for, in two halves. Set and used within one call. */
let low = 0
let high = 0

/** Two multiplicative hashes of 32 bits over the UTF-16 units, mixed at the end. */
function hash(name: string): void {
  let one = 0xdeadbeef
  let other = 0x41c6ce57
  for (let i = 0; i < name.length; i++) {
    const unit = name.charCodeAt(i)
    one = Math.imul(one ^ unit, 2_654_435_761)
    other = Math.imul(other ^ unit, 1_597_334_677)
  }
  one = Math.imul(one ^ (one >>> 16), 2_246_822_507) ^ Math.imul(other ^ (other >>> 13), 3_266_489_909)
  other = Math.imul(other ^ (other >>> 16), 2_246_822_507) ^ Math.imul(one ^ (one >>> 13), 3_266_489_909)
  low = one >>> 0
  high = other >>> 0
}

/** One open-addressing table. A place with the value 0 is free. */
class Shard {
  count = 0
  #lows = new Uint32Array(firstCapacity)
  #highs = new Uint32Array(firstCapacity)
  #values = new Uint32Array(firstCapacity)

  get(): number {
    return this.#values[this.#place()] ?? 0
  }

  set(value: number): void {
    const place = this.#place()
    if (this.#values[place] === 0) this.count += 1
    this.#lows[place] = low
    this.#highs[place] = high
    this.#values[place] = value
    if (this.count * 4 > this.#values.length * 3) this.#grow()
  }

  /** Gives every value, with its hash as the present one. */
  forEach(give: (value: number) => void): void {
    const [lows, highs, values] = [this.#lows, this.#highs, this.#values]
    for (const [place, value] of values.entries()) {
      if (value === 0) continue
      low = lows[place] ?? 0
      high = highs[place] ?? 0
      give(value)
    }
  }

  /** Where the present hash stands, or would be put. */
  #place(): number {
    const mask = this.#values.length - 1
    let place = low & mask
    while (this.#values[place] !== 0 && (this.#lows[place] !== low || this.#highs[place] !== high)) {
      place = (place + 1) & mask
    }
    return place
  }

  #grow(): void {
    const larger = new Shard()
    const capacity = this.#values.length * 2
    larger.#lows = new Uint32Array(capacity)
    larger.#highs = new Uint32Array(capacity)
    larger.#values = new Uint32Array(capacity)
    this.forEach((value) => larger.set(value))
    this.#lows = larger.#lows
    this.#highs = larger.#highs
    this.#values = larger.#values
  }
}
