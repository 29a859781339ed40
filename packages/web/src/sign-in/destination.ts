/** Where one goes after signing in, when there is nowhere else. */
const home = '/'

/**
 * Where somebody wanted to go before they signed in, as an address of this application; else its start page.
 * Whatever stands there, it leads to no other site and to no other page of this one.
 *
 * @param wanted as it stood in the address
 * @param origin of this page
 */
export function destinationOf(wanted: unknown, origin: string): string {
  if (typeof wanted !== 'string' || !/^\/(?![/\\])/.test(wanted) || !URL.canParse(wanted, origin)) return home
  const url = new URL(wanted, origin)
  // A path may begin with two slashes only once it is put in order: "/.//" does.
  const isOurs = url.origin === origin && !/^\/(\/|(sign-in|choose-password)(\/|$))/.test(url.pathname)
  return isOurs ? url.pathname + url.search + url.hash : home
}
