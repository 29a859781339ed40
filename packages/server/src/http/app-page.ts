import { appPaths } from '@vitrine/api/app-paths'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { assetRoutes, pagesOf } from './page.ts'

/** Asked for each time, so that a new version is there at the next load; its parts are kept. */
const cacheControl = 'private, no-transform, no-cache'

/**
 * Mounts the signed-in application: one HTML page at each of its addresses, and what it loads below `/app`.
 *
 * The page is open to strangers, because it is where they sign in. It holds nothing: what it shows it asks
 * `/api/v1` for. On the main listener alone.
 */
export async function appPageRoutes(app: FastifyInstance): Promise<void> {
  await app.register(async (scope) => {
    const pages = pagesOf(() => import('@vitrine/web'))
    const sendApp = async (_request: FastifyRequest, reply: FastifyReply) => {
      const html = await pages.html('index')
      return withTrustedTypes(reply).header('cache-control', cacheControl).type('text/html; charset=utf-8').send(html)
    }
    for (const path of appPaths) scope.get(path, sendApp)
    assetRoutes(scope, pages, '/app')
  })
}

/**
 * Strings never become script here: neither the application nor what it is made of does that. The one policy that may be
 * made names the one worker, which hashes what is uploaded.
 */
function withTrustedTypes(reply: FastifyReply): FastifyReply {
  const policy = String(reply.getHeader('content-security-policy') ?? '')
  const trusted = "require-trusted-types-for 'script';trusted-types vitrine-hash-worker"
  return reply.header('content-security-policy', `${policy};${trusted}`)
}
