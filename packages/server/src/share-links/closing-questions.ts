import { renditionNames, type PublicItemId, type ShareLinkId } from '@vitrine/domain'
import type { GivenOut } from '../downloads/list-given-parts.ts'
import type { RouteRecord } from '../http/routes-of.ts'

/** What a link's doors are asked about. */
export interface AskedLink {
  readonly id: ShareLinkId
  /** Value of `sh`. */
  readonly token: string
  /** Of something that it showed: an asset, where there is one. */
  readonly item: PublicItemId
  /** Entity tags of that item's bytes, by the end of their address: `original`, `renditions/web.1280`. */
  readonly etags: ReadonlyMap<string, string>
  readonly givenOut: GivenOut
}

/** One question for a door. */
export interface Question {
  readonly method: string
  readonly route: string
  /** Root-relative, with its secret. */
  readonly url: string
  /** The tag that who has seen the bytes before would send. */
  readonly ifNoneMatch: string | null
}

/** Where a route is asked, for one link: none, where nothing of the kind was ever given out. */
type Recipe = (link: AskedLink) => readonly { readonly url: string; readonly etag?: string | undefined }[]

const door = '/linkshare.html'
/** In place of a download's id where the link has none: the door is to be closed all the same. */
const noDownload = 'A'.repeat(22)

const at =
  (path: (link: AskedLink) => string): Recipe =>
  (link) => [{ url: `${path(link)}?sh=${link.token}` }]
const ofDownload = (rest: string): Recipe =>
  at(({ givenOut }) => `${door}/downloads/${givenOut.download ?? noDownload}${rest}`)
const bytesOf = (link: AskedLink, end: string) => ({
  url: `${door}/items/${link.item}/${end}?sh=${link.token}`,
  etag: link.etags.get(end),
})

/**
 * How each public route is asked for a link, by the address with which it is registered; null: it says nothing of any link.
 * A route that is not here is told as not closed.
 */
export const recipes: Readonly<Record<string, Recipe | null>> = {
  [door]: at(() => door),
  '/linksharepreview.html': ({ token, item }) => [{ url: `/linksharepreview.html?sh=${token}&item=${item}` }],
  '/linkexpired.html': null,
  [`${door}/assets/:name`]: null,
  [`${door}/items`]: at(() => `${door}/items`),
  [`${door}/items/:id`]: at(({ item }) => `${door}/items/${item}`),
  [`${door}/items/:id/renditions/:name`]: (link) => renditionNames.map((name) => bytesOf(link, `renditions/${name}`)),
  [`${door}/items/:id/original`]: (link) => [bytesOf(link, 'original')],
  [`${door}/opens`]: at(() => `${door}/opens`),
  [`${door}/downloads`]: at(() => `${door}/downloads`),
  [`${door}/downloads/:id`]: ofDownload(''),
  [`${door}/downloads/:id/queue-again`]: ofDownload('/queue-again'),
  [`${door}/downloads/:id/cancel`]: ofDownload('/cancel'),
  [`${door}/downloads/:id/SHA256SUMS`]: ofDownload('/SHA256SUMS'),
  [`${door}/downloads/:id/manifest.json`]: ofDownload('/manifest.json'),
  [`${door}/downloads/:id/parts/:number`]: ({ givenOut }) => givenOut.parts,
}

/** Every question for one link: of each public route, plain and as who has seen the answer before. */
export function* questionsAbout(link: AskedLink, routes: readonly RouteRecord[]): Generator<Question> {
  for (const { method, url: route } of distinct(routes)) {
    for (const { url, etag } of recipes[route]?.(link) ?? []) {
      yield { method, route, url, ifNoneMatch: null }
      if (method === 'GET' || method === 'HEAD') yield { method, route, url, ifNoneMatch: etag ?? '*' }
    }
  }
}

/** The public routes that nobody said how to ask. */
export function unknownRoutes(routes: readonly RouteRecord[]): readonly RouteRecord[] {
  return distinct(routes).filter(({ url }) => recipes[url] === undefined)
}

function distinct(routes: readonly RouteRecord[]): RouteRecord[] {
  return [...new Map(routes.map((route) => [`${route.method} ${route.url}`, route])).values()]
}
