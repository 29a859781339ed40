/** Does something to each, a bounded number at a time. When one fails, no other is begun, and its error is thrown once the others ended. */
export async function inParallel<Item>(
  items: readonly Item[],
  atOnce: number,
  work: (item: Item) => Promise<unknown>,
): Promise<void> {
  const progress = { next: 0, failed: false }
  const lane = async () => {
    while (progress.next < items.length && !progress.failed) {
      const item = items[progress.next++] as Item
      await work(item).catch((error: unknown) => {
        progress.failed = true
        throw error
      })
    }
  }
  const lanes = await Promise.allSettled(Array.from({ length: Math.min(atOnce, items.length) }, lane))
  const broken = lanes.find((one) => one.status === 'rejected')
  if (broken) throw broken.reason
}
