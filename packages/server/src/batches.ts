/**
 * Cuts a list into pieces, in order.
 *
 * @param size items of a piece at most; the last one may have fewer, none is empty
 */
export function* batches<Item>(items: readonly Item[], size: number): Generator<Item[]> {
  for (let start = 0; start < items.length; start += size) yield items.slice(start, start + size)
}
