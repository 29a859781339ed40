/**
 * What each page of this browser is sending, for its other pages: by locks, which the browser lets go when a page is
 * left. Over plain HTTP there are none.
 */
const PREFIX = 'vitrine-upload '
const held = new Map<string, () => void>()

/** Says that this page sends an upload. */
export function claim(url: string): void {
  if (!hasLocks() || held.has(url)) return
  const { promise, resolve } = Promise.withResolvers<void>()
  held.set(url, resolve)
  void navigator.locks.request(PREFIX + url, () => promise)
}

/** Says that it does no more. */
export function endClaim(url: string): void {
  held.get(url)?.()
  held.delete(url)
}

/** Says so of all. */
export function endClaims(): void {
  for (const url of held.keys()) endClaim(url)
}

/** Addresses of the uploads that some page of this browser is sending. */
export async function claimed(): Promise<ReadonlySet<string>> {
  if (!hasLocks()) return new Set()
  const { held: locks = [] } = await navigator.locks.query()
  return new Set(locks.flatMap(({ name = '' }) => (name.startsWith(PREFIX) ? [name.slice(PREFIX.length)] : [])))
}

function hasLocks(): boolean {
  return 'locks' in navigator
}
