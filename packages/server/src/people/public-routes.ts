import { NewSession, SignIn } from '@vitrine/api'
import type { FastifyInstance } from 'fastify'
import type { ZodTypeProvider } from 'fastify-type-provider-zod'
import { csrfTokenOf, refuseCrossSite } from '../http/csrf.ts'
import { sessionTokenOf, setSessionCookie } from '../http/sessions.ts'
import type { Parts } from '../parts.ts'
import type { CredentialCheck } from './check-credentials.ts'
import { requireUser } from './people-rules.ts'
import { time } from './present-people.ts'
import { signIn } from './sign-in.ts'

/** A name, a password, and room. In bytes. */
const bodyLimit = 16 << 10

/** `POST /api/v1/sessions`: signing in, which nobody who does it is yet. On the main listener alone. */
export function signInRoute(
  scope: FastifyInstance,
  parts: Pick<Parts, 'db' | 'clock' | 'newId' | 'keys' | 'config'> & { readonly credentials: CredentialCheck },
): void {
  const app = scope.withTypeProvider<ZodTypeProvider>()

  app.post(
    '/api/v1/sessions',
    {
      bodyLimit,
      schema: { tags: ['me'], body: SignIn, response: { 201: NewSession } },
      // Before the body is read: no other site may sign anybody in, as themselves or as somebody else.
      onRequest: async (request) => refuseCrossSite(parts, request),
    },
    async (request, reply) => {
      const browser = { userAgent: request.headers['user-agent'] ?? '', previous: sessionTokenOf(request) }
      const { session, token } = await signIn(parts, { ...request.body, address: request.ip }, browser)
      const { id, name, displayName } = await requireUser(parts.db, session.userId)
      setSessionCookie(request, reply, token, session.expiresAt)
      return reply
        .code(201)
        .header('cache-control', 'no-store')
        .header('location', `/api/v1/sessions/${session.id}`)
        .send({
          id: session.id,
          csrfToken: csrfTokenOf(parts, session.id),
          expiresAt: time(session.expiresAt),
          user: { id, name, displayName },
        })
    },
  )
}
