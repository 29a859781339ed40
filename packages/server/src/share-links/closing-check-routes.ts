import { ById, ClosingCheck, Nothing } from '@vitrine/api'
import type { ShareLinkId } from '@vitrine/domain'
import type { FastifyInstance } from 'fastify'
import type { ZodTypeProvider } from 'fastify-type-provider-zod'
import { signedInOf } from '../http/authenticate.ts'
import type { RouteRecord } from '../http/routes-of.ts'
import type { Parts } from '../parts.ts'
import { checkClosing } from './check-closing.ts'

/** What only the app knows. */
export interface KnownRoutes {
  /** The public routes, as the router has them. */
  readonly publicRoutes: () => readonly RouteRecord[]
}

type Needed = Pick<Parts, 'db' | 'keys' | 'clock' | 'listeners' | 'localToken'> & KnownRoutes

/** `/api/v1/share-links/ID/closing-check`: whether nothing of an ended link is given any more. */
export function closingCheckRoute(scope: FastifyInstance, parts: Needed): void {
  const app = scope.withTypeProvider<ZodTypeProvider>()

  app.post(
    '/api/v1/share-links/:id/closing-check',
    { schema: { tags: ['share links'], params: ById, body: Nothing, response: { 200: ClosingCheck } } },
    async (request) => checkClosing(parts, signedInOf(request), request.params.id as ShareLinkId, parts.publicRoutes()),
  )
}
