import type { MatrixAsk, MatrixRow } from './rows.ts'

const items = '/linkshare.html/items'

/** The same row for GET and for HEAD. */
function read(row: Omit<MatrixRow, 'method' | 'ok'>): MatrixRow[] {
  return [
    { ...row, method: 'GET', ok: 200 },
    { ...row, method: 'HEAD', ok: 200 },
  ]
}

const itemPath = (item: string, rest = ''): MatrixAsk => ({ path: `${items}/${item}${rest}` })
const preview = (item: string): MatrixAsk => ({ path: '/linksharepreview.html', query: { item } })
const folder = (item: string): MatrixAsk => ({ path: items, query: { folder: item } })

/** The routes of `share-links/public-routes.ts` and `http/page.ts`. */
export const shareLinkRows: readonly MatrixRow[] = [
  ...read({ url: '/linkshare.html', secret: 'sh', isPage: true, ask: () => ({ path: '/linkshare.html' }) }),
  ...read({
    url: '/linksharepreview.html',
    secret: 'sh',
    isPage: true,
    ask: ({ picture }) => preview(picture.id),
    askForItem: (_link, item) => preview(item),
  }),
  ...read({ url: '/linkexpired.html', secret: 'none', isPage: true, ask: () => ({ path: '/linkexpired.html' }) }),
  ...read({
    url: '/linkshare.html/assets/:name',
    secret: 'none',
    ask: async (_link, { server, right }) => {
      const page = (await server.public.get(right.at(''))).text
      return { path: /\/linkshare\.html\/assets\/[\w.-]+\.js/.exec(page)?.[0] ?? 'no script in the page' }
    },
  }),
  ...read({
    url: items,
    secret: 'sh',
    ask: ({ folder: { id } }) => folder(id),
    askForItem: (_link, item) => folder(item),
  }),
  ...read({
    url: `${items}/:id`,
    secret: 'sh',
    ask: ({ picture }) => itemPath(picture.id),
    askForItem: (_link, item) => itemPath(item),
  }),
  ...['thumbnail.319', 'web.1280'].flatMap((name) =>
    read({
      url: `${items}/:id/renditions/:name`,
      secret: 'sh',
      ask: ({ picture }) => itemPath(picture.id, `/renditions/${name}`),
      askForItem: (_link, item) => itemPath(item, `/renditions/${name}`),
    }),
  ),
  ...read({
    url: `${items}/:id/original`,
    secret: 'sh',
    ask: ({ text }) => itemPath(text.id, '/original'),
    askForItem: (_link, item) => itemPath(item, '/original'),
  }),
  {
    method: 'POST',
    url: '/linkshare.html/opens',
    secret: 'sh',
    ok: 204,
    ask: () => ({ path: '/linkshare.html/opens', body: {} }),
  },
]
