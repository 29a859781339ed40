import { KeptListings } from '@vitrine/ui/listing/kept-listings.ts'
import { SparsePages } from '@vitrine/ui/sparse-pages.ts'
import type { PublicItem, PublicLink } from '@vitrine/api/public'
import { PAGE_SIZE } from '../api/page-size.ts'
import { listItems } from '../api/public-client.ts'
import type { ItemsQuery } from '../api/public-client.ts'

/** One folder in one order with one filter, and what its answers said about the link. */
export interface Listing {
  readonly query: ItemsQuery
  readonly pages: SparsePages<PublicItem>
  /** As the newest answer had it. */
  link: PublicLink | undefined
  /** The folder and what it lies in, outermost first. */
  path: readonly { readonly id: string; readonly name: string }[]
}

const kept = new KeptListings<Listing>()

/** The listing of a query: the kept one when there is one. */
export function listingOf(query: ItemsQuery): Listing {
  return kept.get(JSON.stringify([query.folder, query.sort, query.filter]), () => makeListing(query))
}

function makeListing(query: ItemsQuery): Listing {
  const listing: Listing = {
    query,
    pages: new SparsePages<PublicItem>(async (offset, limit, signal) => {
      const answer = await listItems(query, offset, limit, signal)
      listing.link = answer.link
      listing.path = answer.path
      return answer
    }, PAGE_SIZE),
    link: undefined,
    path: [],
  }
  return listing
}
