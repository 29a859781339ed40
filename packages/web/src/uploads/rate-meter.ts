/** The rate is that of so many last milliseconds: long enough to be steady, short enough to follow. */
const WINDOW = 8000

/** How fast bytes are sent. */
export class RateMeter {
  #marks: { readonly at: number; readonly sent: number }[] = []

  /** Notes how many bytes are sent in all. @param at in milliseconds, never less than before */
  note(at: number, sent: number): void {
    const last = this.#marks.at(-1)
    // Entries were forgotten, or are sent again.
    if (last !== undefined && sent < last.sent) this.#marks = []
    this.#marks.push({ at, sent })
    while (this.#marks.length > 2 && (this.#marks[1]?.at ?? at) <= at - WINDOW) this.#marks.shift()
  }

  /** Begins anew: what comes is no continuation. */
  reset(): void {
    this.#marks = []
  }

  /** In bytes per second; undefined while nothing can be said. */
  get rate(): number | undefined {
    const [first, last] = [this.#marks[0], this.#marks.at(-1)]
    if (first === undefined || last === undefined || last.at - first.at < 500) return undefined
    return ((last.sent - first.sent) / (last.at - first.at)) * 1000
  }

  /** How long so many bytes will take, in seconds; undefined while nothing can be said. */
  timeFor(bytes: number): number | undefined {
    const { rate } = this
    return rate === undefined || rate <= 0 ? undefined : bytes / rate
  }
}
