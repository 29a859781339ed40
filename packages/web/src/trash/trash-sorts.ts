import type { SortOrder } from '@vitrine/ui/listing/sort-order.ts'

/** By what the trash can be ordered, in the order of the columns. */
export const trashKeys = ['name', 'size', 'trashed'] as const

/** An order of the trash. */
export type TrashSort = SortOrder<(typeof trashKeys)[number]>

/** How it is ordered unless somebody wants it otherwise: the newest first. */
export const usualSort: TrashSort = '-trashed'

/** The order that a text names; undefined: the usual one, or none that there is. */
export function trashSortOf(text: unknown): TrashSort | undefined {
  const known = trashKeys.flatMap((key): TrashSort[] => [key, `-${key}`]).find((sort) => sort === text)
  return known === usualSort ? undefined : known
}
