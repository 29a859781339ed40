import { decodeEntryPage, type EntryPage } from './entry-page.ts'
import type { PageIndex } from './manifest-index.ts'

/** Gives the pages of one manifest. */
export interface PageSource {
  /** Page `number`, from 0: at once when it is at hand, else as a promise. */
  page(number: number): EntryPage | Promise<EntryPage>
}

/** Reads bytes `start` to `end` (half-open) of a manifest. */
export type ReadManifest = (start: number, end: number) => Promise<Uint8Array>

/** A source whose pages are all in memory. */
export function pagesInMemory(pages: readonly EntryPage[]): PageSource {
  return {
    page(number) {
      const page = pages[number]
      if (!page) throw new RangeError(`the manifest has no page ${number}`)
      return page
    },
  }
}

/**
 * Keeps the pages used last, of any number of manifests, within a bound.
 *
 * A page that is asked for twice at the same time is read once.
 */
export class PageCache {
  readonly #capacity: number
  readonly #pages = new Map<string, CachedPage>()
  #byteLength = 0

  /** @param capacity the most bytes of pages to keep; the page used last is kept even if larger */
  constructor(capacity: number) {
    this.#capacity = capacity
  }

  /** How many bytes of pages are kept now. */
  get byteLength(): number {
    return this.#byteLength
  }

  /**
   * The pages of one manifest, through this cache.
   *
   * @param manifest names the manifest among all that use this cache: its hash, or a download's id
   */
  source(manifest: string, index: PageIndex, read: ReadManifest): PageSource {
    return { page: (number) => this.#use(`${manifest}/${number}`) ?? this.#read(manifest, number, index, read) }
  }

  /** Forgets the pages of a manifest. */
  forget(manifest: string): void {
    for (const key of this.#pages.keys()) if (key.startsWith(`${manifest}/`)) this.#drop(key)
  }

  #use(key: string): EntryPage | Promise<EntryPage> | undefined {
    const cached = this.#pages.get(key)
    if (!cached) return undefined
    this.#pages.delete(key)
    this.#pages.set(key, cached)
    return cached.page
  }

  async #read(manifest: string, number: number, index: PageIndex, read: ReadManifest): Promise<EntryPage> {
    const key = `${manifest}/${number}`
    const start = index.positions[number]
    const end = index.positions[number + 1]
    if (start === undefined || end === undefined) throw new RangeError(`the manifest has no page ${number}`)
    const reading = read(start, end).then(decodeEntryPage)
    this.#pages.set(key, { page: reading, byteLength: 0 })
    try {
      const page = await reading
      this.#keep(key, page, end - start)
      return page
    } catch (error) {
      this.#pages.delete(key)
      throw error
    }
  }

  #keep(key: string, page: EntryPage, byteLength: number): void {
    this.#drop(key)
    this.#pages.set(key, { page, byteLength })
    this.#byteLength += byteLength
    for (const oldest of this.#pages.keys()) {
      if (this.#byteLength <= this.#capacity || oldest === key) break
      this.#drop(oldest)
    }
  }

  #drop(key: string): void {
    this.#byteLength -= this.#pages.get(key)?.byteLength ?? 0
    this.#pages.delete(key)
  }
}

interface CachedPage {
  readonly page: EntryPage | Promise<EntryPage>
  readonly byteLength: number
}
