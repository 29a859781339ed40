import {
  AppPasswords,
  ById,
  ChangeMe,
  ChangeOwnPassword,
  CreateAppPassword,
  Me,
  NewAppPassword,
  Sessions,
} from '@vitrine/api'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { ZodTypeProvider } from 'fastify-type-provider-zod'
import { z } from 'zod'
import { beforeOwnPassword, signedInOf } from '../http/authenticate.ts'
import { csrfTokenOf } from '../http/csrf.ts'
import { clearSessionCookie } from '../http/sessions.ts'
import type { Parts } from '../parts.ts'
import { changeOwnProfile } from './change-own-profile.ts'
import { appPasswordsOf } from './app-password-store.ts'
import { createAppPassword, revokeAppPassword } from './app-passwords.ts'
import type { CredentialCheck } from './check-credentials.ts'
import { endAllSessions, endSession } from './end-sessions.ts'
import { requireUser } from './people-rules.ts'
import { presentAppPassword, presentSession } from './present-people.ts'
import { readWishes } from './wish-store.ts'
import { isLive } from './session-limits.ts'
import { sessionsOf } from './session-store.ts'
import { changeOwnPassword } from './set-password.ts'
import { requireOwnSignIn } from './signed-in.ts'

const tags = ['me']

type RouteParts = Pick<Parts, 'db' | 'clock' | 'newId' | 'keys'> & { readonly credentials: CredentialCheck }

/** What everybody who is signed in may do about themselves: `/api/v1/me` and `/api/v1/sessions`. */
export function ownRoutes(scope: FastifyInstance, parts: RouteParts): void {
  const app = scope.withTypeProvider<ZodTypeProvider>()

  app.get('/api/v1/me', { ...beforeOwnPassword, schema: { tags, response: { 200: Me } } }, (request) =>
    presentMe(parts, request),
  )

  app.patch(
    '/api/v1/me',
    { ...beforeOwnPassword, schema: { tags, body: ChangeMe, response: { 200: Me } } },
    async (request) => {
      await changeOwnProfile(parts, signedInOf(request), request.body)
      return presentMe(parts, request)
    },
  )

  app.put(
    '/api/v1/me/password',
    { ...beforeOwnPassword, schema: { tags, body: ChangeOwnPassword, response: { 204: z.undefined() } } },
    async (request, reply) => {
      const { current, password } = request.body
      await changeOwnPassword(parts, signedInOf(request), { current, password, address: request.ip })
      return reply.code(204).send()
    },
  )

  sessionRoutes(scope, parts)
  appPasswordRoutes(scope, parts)
}

async function presentMe(parts: RouteParts, request: FastifyRequest): Promise<z.infer<typeof Me>> {
  const { userId, by, globals, sessionId } = signedInOf(request)
  const user = await requireUser(parts.db, userId)
  const { language, theme } = await readWishes(parts.db, userId)
  return {
    id: user.id,
    name: user.name,
    displayName: user.displayName,
    email: user.email,
    passwordMustChange: user.passwordMustChange,
    language,
    theme,
    globalPrivileges: [...globals],
    signedInBy: by,
    csrfToken: sessionId === undefined ? null : csrfTokenOf(parts, sessionId),
  }
}

function sessionRoutes(scope: FastifyInstance, parts: RouteParts): void {
  const app = scope.withTypeProvider<ZodTypeProvider>()

  app.get('/api/v1/sessions', { schema: { tags, response: { 200: Sessions } } }, async (request) => {
    const { userId, sessionId } = signedInOf(request)
    const now = parts.clock()
    const live = (await sessionsOf(parts.db, userId)).filter((session) => isLive(session, now))
    return { items: live.map((session) => presentSession(session, sessionId)) }
  })

  app.delete(
    '/api/v1/sessions/current',
    { ...beforeOwnPassword, schema: { tags, response: { 204: z.undefined() } } },
    async (request, reply) => {
      await endSession(parts, signedInOf(request))
      clearSessionCookie(request, reply)
      return reply.code(204).send()
    },
  )

  app.delete(
    '/api/v1/sessions/:id',
    { schema: { tags, params: ById, response: { 204: z.undefined() } } },
    async (request, reply) => {
      await endSession(parts, signedInOf(request), request.params.id)
      return reply.code(204).send()
    },
  )

  app.delete('/api/v1/sessions', { schema: { tags, response: { 204: z.undefined() } } }, async (request, reply) => {
    await endAllSessions(parts, signedInOf(request))
    clearSessionCookie(request, reply)
    return reply.code(204).send()
  })
}

function appPasswordRoutes(scope: FastifyInstance, parts: RouteParts): void {
  const app = scope.withTypeProvider<ZodTypeProvider>()

  app.get('/api/v1/me/app-passwords', { schema: { tags, response: { 200: AppPasswords } } }, async (request) => {
    const signedIn = signedInOf(request)
    requireOwnSignIn(signedIn)
    return { items: (await appPasswordsOf(parts.db, signedIn.userId)).map(presentAppPassword) }
  })

  app.post(
    '/api/v1/me/app-passwords',
    { schema: { tags, body: CreateAppPassword, response: { 201: NewAppPassword } } },
    async (request, reply) => {
      const { made, secret } = await createAppPassword(parts, signedInOf(request), request.body.name)
      return reply.code(201).send({ ...presentAppPassword(made), secret: secret.reveal() })
    },
  )

  app.delete(
    '/api/v1/me/app-passwords/:id',
    { schema: { tags, params: ById, response: { 204: z.undefined() } } },
    async (request, reply) => {
      await revokeAppPassword(parts, signedInOf(request), request.params.id)
      return reply.code(204).send()
    },
  )
}
