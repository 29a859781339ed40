import { expectStatus } from '@vitrine/testkit'
import type { Download } from '@vitrine/api/public'
import { askForDownload } from '@vitrine/testkit/download-words'
import type { MatrixAsk, MatrixRow } from './rows.ts'
import type { MatrixLink, MatrixWorld } from './world.ts'

const downloads = '/linkshare.html/downloads'

/** A download of a link, and the cookie of the visitor whose it is. */
interface Made {
  readonly download: Download
  readonly cookie: string
}

const made = new Map<string, Promise<Made>>()

/** The link's download for one purpose: made when it is asked for first, while the link lives. */
function madeOf(link: MatrixLink, { server }: MatrixWorld, purpose: string): Promise<Made> {
  const key = `${server.url} ${link.id} ${purpose}`
  const known = made.get(key) ?? make(link)
  made.set(key, known)
  return known
}

async function make(link: MatrixLink): Promise<Made> {
  const answer = expectStatus(await askForDownload(link.visitor, link), 201)
  const [cookie = ''] = answer.headers.getSetCookie()
  return { download: answer.json<Download>(), cookie: cookie.split(';')[0] ?? '' }
}

/** Asks for something of the link's download, as the visitor whose it is. */
function ofOwn(rest: string, purpose = 'read'): MatrixRow['ask'] {
  return async (link, world): Promise<MatrixAsk> => {
    const { download, cookie } = await madeOf(link, world, purpose)
    return { path: `${downloads}/${download.id}${rest}`, headers: { cookie } }
  }
}

const capabilityOf: MatrixRow['secretOf'] = async (link, world) => {
  const { download } = await madeOf(link, world, 'read')
  return new URL(download.parts[0]?.url ?? '', 'http://x').searchParams.get('dl') ?? ''
}

/** The same row for GET and for HEAD. */
function read(row: Omit<MatrixRow, 'method' | 'ok'>): MatrixRow[] {
  return [
    { ...row, method: 'GET', ok: 200 },
    { ...row, method: 'HEAD', ok: 200 },
  ]
}

const wish = (item: string): MatrixAsk => ({
  path: downloads,
  body: { items: [item], originals: true, renditions: [] },
})

/** The routes of `downloads/public-routes.ts`. */
export const downloadRows: readonly MatrixRow[] = [
  {
    method: 'POST',
    url: downloads,
    secret: 'sh',
    ok: 201,
    ask: ({ text }) => wish(text.id),
    askForItem: (_link, item) => wish(item),
  },
  ...read({ url: downloads, secret: 'sh', ask: () => ({ path: downloads }) }),
  ...read({ url: `${downloads}/:id`, secret: 'sh', ask: ofOwn('') }),
  ...read({ url: `${downloads}/:id/SHA256SUMS`, secret: 'sh', ask: ofOwn('/SHA256SUMS') }),
  ...read({ url: `${downloads}/:id/manifest.json`, secret: 'sh', ask: ofOwn('/manifest.json') }),
  { method: 'POST', url: `${downloads}/:id/cancel`, secret: 'sh', ok: 200, ask: ofOwn('/cancel', 'cancel') },
  { method: 'POST', url: `${downloads}/:id/queue-again`, secret: 'sh', ok: 201, ask: ofOwn('/queue-again') },
  ...read({
    url: `${downloads}/:id/parts/:number`,
    secret: 'dl',
    ask: async (link, world) => ({ path: `${downloads}/${(await madeOf(link, world, 'read')).download.id}/parts/1` }),
    secretOf: capabilityOf,
    wrongCode: 'download/not-found',
    // What was queued before may be finished within the grace.
    afterExpiry: 200,
  }),
]
