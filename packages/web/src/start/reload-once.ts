const KEY = 'vitrine.reloaded-at'
/** A second failure so soon is not one that loading anew mends, in milliseconds. */
const SOON = 60_000

/**
 * Loads the page anew when a part of it is not there any more: the server has a newer version since. Not
 * again and again, and what failed is shown when it does not help.
 */
export function reloadOnce(event: Event): void {
  if (wasReloadedSoon()) return
  event.preventDefault()
  location.reload()
}

function wasReloadedSoon(): boolean {
  try {
    const before = Number(sessionStorage.getItem(KEY) ?? 0)
    if (Date.now() - before < SOON) return true
    sessionStorage.setItem(KEY, String(Date.now()))
    return false
  } catch {
    // Where nothing can be remembered it might go on for ever.
    return true
  }
}
