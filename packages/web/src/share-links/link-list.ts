import { SparsePages } from '@vitrine/ui/sparse-pages.ts'
import { call } from '../api/client.ts'
import type { AnswerOf } from '../api/client.ts'
import type { ShareLink } from './link-settings.ts'
import type { SharedLinksSearch } from './links-search.ts'

/** How many links there are of each state. */
export type LinkCounts = AnswerOf<'GET /api/v1/share-links'>['counts']

/** Links that are asked for at a time. */
const PAGE_SIZE = 100

/** A list of links, loaded where somebody looks, and how many there are of each state. */
export class LinkList {
  /** Undefined until the first page is there. */
  counts: LinkCounts | undefined
  readonly pages: SparsePages<ShareLink>
  #inView: readonly [number, number] = [0, 1]

  constructor({ search, state, order, all }: SharedLinksSearch) {
    this.pages = new SparsePages<ShareLink>(async (offset, limit, signal) => {
      const query = { search, state, sort: order, offset, limit, ...(all === true && { all: 'true' }) }
      const page = await call('GET /api/v1/share-links', { query, signal })
      this.counts = page.counts
      return page
    }, PAGE_SIZE)
  }

  /** Says that the links [start, end) are looked at: what is missing of them is loaded. */
  look(start: number, end: number): void {
    this.#inView = [start, end]
    this.pages.want(start, end)
  }

  /** Asks anew for what is looked at. */
  refresh(): void {
    this.pages.refresh(...this.#inView)
  }
}
