import type { ImportReport } from '@vitrine/api'

/** Lines of a list at most: a report stays readable, and fits into memory. */
const longestList = 100_000

/** A report with how many could not be read, as it is kept. */
export type KeptReport = ImportReport & { readonly unreadable: number }

/** What an import has come to so far. */
export class ReportSoFar {
  #counts = { new: 0, newVersions: 0, unchanged: 0 }
  #bytes = 0
  #unreadable = 0
  readonly #renamed = new LongList<{ from: string; to: string }>()
  readonly #skipped = new LongList<{ path: string; reason: string }>()

  /** A file is in. @param bytes its size */
  taken(what: 'new' | 'newVersions' | 'unchanged', bytes: number): void {
    this.#counts[what] += 1
    this.#bytes += bytes
  }

  renamed(from: string, to: string): void {
    this.#renamed.add({ from, to })
  }

  skipped(path: string, reason: string, unreadable: boolean): void {
    this.#skipped.add({ path, reason })
    if (unreadable) this.#unreadable += 1
  }

  get files(): number {
    return this.#counts.new + this.#counts.newVersions + this.#counts.unchanged
  }

  get bytes(): number {
    return this.#bytes
  }

  /** The whole, now. */
  get report(): KeptReport {
    return {
      files: this.files,
      bytes: this.#bytes,
      ...this.#counts,
      renamed: this.#renamed.with((more) => ({ from: '…', to: `and ${more} more` })),
      skipped: this.#skipped.with((more) => ({ path: '…', reason: `and ${more} more` })),
      unreadable: this.#unreadable,
    }
  }
}

/** A list whose end is only counted. */
class LongList<Item> {
  readonly #items: Item[] = []
  #more = 0

  add(item: Item): void {
    if (this.#items.length < longestList) this.#items.push(item)
    else this.#more += 1
  }

  with(last: (more: number) => Item): Item[] {
    return this.#more === 0 ? this.#items : [...this.#items, last(this.#more)]
  }
}
