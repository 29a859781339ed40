/** Contents up to this length are shared, in bytes: for longer ones, opening the file is not what costs. */
export const LONGEST_SHARED = 64 * 1024

/** How many forgotten items the list may begin with before it is shortened: shifting each would take n² steps. */
const FORGOTTEN_AT_ONCE = 4096

/**
 * Small contents that one transfer has read and others may want within the next moments.
 *
 * When a link goes out, many download the same archive at the same time. Opening, reading and closing
 * a small file costs ten times what copying it does, so who comes second takes a copy. The contents
 * lie in one ring of bytes; the oldest make room. Memory is taken when it is first needed.
 */
export class SharedContents {
  readonly #capacity: number
  readonly #places = new Map<string, number>()
  #ring: Buffer | undefined
  #paths: RingItem[] = []
  #oldest = 0
  #end = 0
  #readers = 0

  /** @param capacity length of the ring, in bytes */
  constructor(capacity = 16 * 2 ** 20) {
    this.#capacity = capacity
  }

  /** Whether there is anyone to share with. */
  get hasCompany(): boolean {
    return this.#readers > 1
  }

  /** Notes that a transfer begins. */
  enter(): void {
    this.#readers += 1
  }

  /** Notes that a transfer has ended. */
  leave(): void {
    this.#readers -= 1
  }

  /** Copies `length` bytes from `offset` on into `buffer` at `at`; false when the content is not here. */
  copy(path: string, offset: number, buffer: Uint8Array, at: number, length: number): boolean {
    if (this.#readers < 2) return false
    const place = this.#places.get(path)
    if (place === undefined || !this.#ring) return false
    this.#ring.copy(buffer, at, place + offset, place + offset + length)
    return true
  }

  /**
   * Takes in a content of `size` bytes, which `read` puts at a place in the ring that it is given.
   * When `read` throws, nothing was taken in.
   */
  add(path: string, size: number, read: (ring: Uint8Array, at: number) => void): void {
    this.#ring ??= Buffer.allocUnsafeSlow(this.#capacity)
    const at = this.#end + size <= this.#capacity ? this.#end : 0
    this.#makeRoom(at, size)
    read(this.#ring, at)
    this.#places.set(path, at)
    this.#paths.push({ path, at, end: at + size })
    this.#end = at + size
  }

  /** Forgets what lies in the `size` bytes from `at` on, and what the ring's end leaves over. */
  #makeRoom(at: number, size: number): void {
    const wraps = at < this.#end
    for (; this.#oldest < this.#paths.length; this.#oldest++) {
      const item = this.#paths[this.#oldest]
      if (!item) break
      const overlaps = item.at < at + size && item.end > at
      const beyondEnd = wraps && item.at >= this.#end
      if (!overlaps && !beyondEnd) break
      this.#places.delete(item.path)
    }
    if (this.#oldest < FORGOTTEN_AT_ONCE) return
    this.#paths = this.#paths.slice(this.#oldest)
    this.#oldest = 0
  }
}

interface RingItem {
  readonly path: string
  readonly at: number
  readonly end: number
}

/** The small contents that the transfers of this process share. */
export const sharedContents = new SharedContents()
