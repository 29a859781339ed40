import { appPaths } from '@vitrine/api/app-paths'

/** Where one goes after signing in, when there is nowhere else. */
const home = '/'

/** Pages of links: those for members open where people sign in. */
const doors = new Set(['/linkshare.html', '/linksharepreview.html'])

/**
 * Where somebody wanted to go before they signed in: a page of this application, or of a link; else the start
 * page. Whatever stands there, it leads to no other site.
 *
 * @param wanted as it stood in the address
 * @param origin of this page
 */
export function destinationOf(wanted: unknown, origin: string): string {
  if (typeof wanted !== 'string' || !wanted.startsWith('/') || !URL.canParse(wanted, origin)) return home
  const url = new URL(wanted, origin)
  const isBefore = /^\/(sign-in|choose-password)$/.test(url.pathname)
  const isPage = isInApplication(url.pathname) || doors.has(url.pathname)
  return url.origin === origin && isPage && !isBefore ? url.pathname + url.search + url.hash : home
}

/** Whether a path is one of the application's, where the router leads to; others have to be loaded. */
export function isInApplication(pathname: string): boolean {
  return appPaths.some((path) => (path.endsWith('/*') ? pathname.startsWith(path.slice(0, -1)) : pathname === path))
}
