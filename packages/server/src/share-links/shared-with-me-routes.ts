import { ListSharedWithMe, SharedWithMePage } from '@vitrine/api'
import type { FastifyInstance } from 'fastify'
import type { ZodTypeProvider } from 'fastify-type-provider-zod'
import { signedInOf } from '../http/authenticate.ts'
import type { Parts } from '../parts.ts'
import { originsOf } from './link-origins.ts'
import { listSharedWithMe } from './list-shared-with-me.ts'
import { isoOf, presentPerson, urlOf } from './present-share-links.ts'

/** `/api/v1/shared-with-me`: links of others that are meant for whoever asks. */
export function sharedWithMeRoute(
  scope: FastifyInstance,
  parts: Pick<Parts, 'db' | 'clock' | 'config' | 'keys'>,
): void {
  const app = scope.withTypeProvider<ZodTypeProvider>()

  app.get(
    '/api/v1/shared-with-me',
    { schema: { tags: ['share links'], querystring: ListSharedWithMe, response: { 200: SharedWithMePage } } },
    async (request) => {
      const { shareLinks, next } = await listSharedWithMe(parts, signedInOf(request), request.query)
      const origins = originsOf(parts, request)
      const items = shareLinks.map(({ stored, holder }) => ({
        id: stored.id,
        title: stored.title,
        holder: presentPerson(holder),
        url: urlOf(parts, stored, origins),
        originals: stored.originals,
        renditions: stored.renditions,
        createdAt: isoOf(stored.createdAt),
        expiresAt: stored.expiresAt === null ? null : isoOf(stored.expiresAt),
      }))
      return { items, next }
    },
  )
}
