import { ById, ListNotices, Nothing, NoticePage } from '@vitrine/api'
import type { FastifyInstance } from 'fastify'
import type { ZodTypeProvider } from 'fastify-type-provider-zod'
import { z } from 'zod'
import { signedInOf } from '../http/authenticate.ts'
import type { Parts } from '../parts.ts'
import { selectNotices, type StoredNotice } from './notice-store.ts'
import { readNotice } from './read-notice.ts'

const tags = ['notices']

/** `/api/v1/notices`: what somebody should know, each their own. */
export function noticeRoutes(scope: FastifyInstance, parts: Pick<Parts, 'db' | 'clock'>): void {
  const app = scope.withTypeProvider<ZodTypeProvider>()

  app.get(
    '/api/v1/notices',
    { schema: { tags, querystring: ListNotices, response: { 200: NoticePage } } },
    async (request) => {
      const { unread, limit } = request.query
      const notices = await selectNotices(parts.db, signedInOf(request).userId, { unread, limit })
      return { items: notices.map(presentNotice) }
    },
  )

  app.post(
    '/api/v1/notices/:id/read',
    { schema: { tags, params: ById, body: Nothing, response: { 204: z.undefined() } } },
    async (request, reply) => {
      await readNotice(parts, signedInOf(request).userId, request.params.id)
      return reply.code(204).send()
    },
  )
}

function presentNotice({ id, facts, createdAt, readAt }: StoredNotice): z.input<typeof NoticePage>['items'][number] {
  const { shareLink, reasons } = facts
  return {
    id,
    kind: 'share-link/suspended',
    shareLink: { id: shareLink.id, title: shareLink.title, holder: shareLink.holder },
    reasons: reasons.map(({ reason, target }) =>
      target === undefined ? { reason } : { reason, target: { id: target.id, name: target.name } },
    ),
    createdAt: new Date(createdAt).toISOString(),
    readAt: readAt === null ? null : new Date(readAt).toISOString(),
  }
}
