import type { ItemSort } from '@vitrine/api/public'

/** By what items can be ordered. */
export const sortKeys = ['name', 'modified', 'size', 'type'] as const

/** One of {@link sortKeys}. */
export type SortKey = (typeof sortKeys)[number]

/** The direction of an order. */
export type SortDirection = 'ascending' | 'descending'

/** By what the order goes. */
export function sortKeyOf(sort: ItemSort): SortKey {
  return sortKeys.find((key) => key === sort.replace('-', '')) ?? 'name'
}

/** In which direction the order goes. */
export function directionOf(sort: ItemSort): SortDirection {
  return sort.startsWith('-') ? 'descending' : 'ascending'
}

/** The order by a key in a direction. */
export function sortBy(key: SortKey, direction: SortDirection): ItemSort {
  return direction === 'descending' ? `-${key}` : key
}

/** What pressing a column's head makes of the order: the other direction, or the column's usual one. */
export function sortAfterPress(sort: ItemSort, key: SortKey): ItemSort {
  if (sortKeyOf(sort) === key) return sortBy(key, directionOf(sort) === 'ascending' ? 'descending' : 'ascending')
  // The newest and the largest are what people look for.
  return sortBy(key, key === 'modified' || key === 'size' ? 'descending' : 'ascending')
}
