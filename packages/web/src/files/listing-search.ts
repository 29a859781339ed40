import { itemSorts } from '@vitrine/api/public'
import type { ItemSort } from '@vitrine/api/public'

/** Which members of a folder are listed, and how, as an address says it. */
export interface ListingSearch {
  /** Absent: by name. */
  readonly sort?: ItemSort | undefined
  /** Part of the names that are listed. Absent: all. */
  readonly filter?: string | undefined
}

/** As long as the server takes one, in characters. */
const LONGEST_FILTER = 255

/** Each key is always there: the router would let through what stood in the address for one that is missing. */
export function listingSearchOf({ sort, filter }: Record<string, unknown>): ListingSearch {
  const known = itemSorts.find((one) => one === sort)
  // A filter that is a number came as one.
  const text = typeof filter === 'string' || typeof filter === 'number' ? String(filter).slice(0, LONGEST_FILTER) : ''
  return { sort: known === 'name' ? undefined : known, filter: text === '' ? undefined : text }
}
