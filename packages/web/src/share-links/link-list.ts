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
  readonly query: SharedLinksSearch
  /** Undefined until the first page is there. */
  counts: LinkCounts | undefined
  readonly pages: SparsePages<ShareLink>

  constructor(query: SharedLinksSearch) {
    const { search, state, order, all } = query
    this.query = query
    this.pages = new SparsePages<ShareLink>(async (offset, limit, signal) => {
      const asked = { search, state, sort: order, offset, limit, ...(all === true && { all: 'true' }) }
      const page = await call('GET /api/v1/share-links', { query: asked, signal })
      this.counts = page.counts
      return page
    }, PAGE_SIZE)
  }
}
