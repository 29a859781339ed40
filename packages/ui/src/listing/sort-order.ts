/** By what lists can be ordered. */
export const sortKeys = ['name', 'modified', 'size', 'type'] as const

/** One of {@link sortKeys}. */
export type SortKey = (typeof sortKeys)[number]

/** An order: a key, with a leading `-` where it is turned round. */
export type SortOrder<Key extends string> = Key | `-${Key}`

/** The direction of an order. */
export type SortDirection = 'ascending' | 'descending'

/** By what the order goes. */
export function sortKeyOf<Key extends string>(sort: SortOrder<Key>): Key {
  return (sort.startsWith('-') ? sort.slice(1) : sort) as Key
}

/** In which direction the order goes. */
export function directionOf(sort: string): SortDirection {
  return sort.startsWith('-') ? 'descending' : 'ascending'
}

/** The order by a key in a direction. */
export function sortBy<Key extends string>(key: Key, direction: SortDirection): SortOrder<Key> {
  return direction === 'descending' ? `-${key}` : key
}

// The newest and the largest are what people look for.
const DESCENDING = new Set<string>(['modified', 'size', 'trashed'])

/** What pressing a column's head makes of the order: the other direction, or the column's usual one. */
export function sortAfterPress<Key extends string>(sort: SortOrder<Key>, key: Key): SortOrder<Key> {
  if (sortKeyOf(sort) === key) return sortBy(key, directionOf(sort) === 'ascending' ? 'descending' : 'ascending')
  return sortBy(key, DESCENDING.has(key) ? 'descending' : 'ascending')
}
