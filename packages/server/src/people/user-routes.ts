import { ById, ChangeUser, CreateUser, DisableUser, ListPeople, Nothing, SetPassword, User, Users } from '@vitrine/api'
import type { PrincipalId } from '@vitrine/domain'
import type { FastifyInstance } from 'fastify'
import type { ZodTypeProvider } from 'fastify-type-provider-zod'
import { z } from 'zod'
import { signedInOf } from '../http/authenticate.ts'
import type { Parts } from '../parts.ts'
import { changeUser } from './change-principal.ts'
import { createUser } from './create-user.ts'
import { disableUser, enableUser } from './disable-user.ts'
import type { HeldLinks, LinksDecision } from './held-links.ts'
import { listPeople } from './list-people.ts'
import { requireUser } from './people-rules.ts'
import { presentUser } from './present-people.ts'
import { setPassword } from './set-password.ts'
import { requireGlobal } from './signed-in.ts'

const tags = ['people']

/** `/api/v1/users`: for those who may manage people. */
export function userRoutes(
  scope: FastifyInstance,
  parts: Pick<Parts, 'db' | 'clock' | 'newId'> & { readonly heldLinks: HeldLinks },
): void {
  const app = scope.withTypeProvider<ZodTypeProvider>()

  app.get('/api/v1/users', { schema: { tags, querystring: ListPeople, response: { 200: Users } } }, async (request) => {
    const page = await listPeople(parts, signedInOf(request), { ...request.query, kind: 'user' })
    return { items: page.items.map(presentUser), total: page.total, next: page.next }
  })

  app.post('/api/v1/users', { schema: { tags, body: CreateUser, response: { 201: User } } }, async (request, reply) => {
    const { name, displayName = name, email = null, password, passwordMustChange = false } = request.body
    const wanted = { name, displayName, email, password, passwordMustChange }
    const user = await createUser(parts, signedInOf(request), wanted)
    return reply.code(201).header('location', `/api/v1/users/${user.id}`).send(presentUser(user))
  })

  app.get('/api/v1/users/:id', { schema: { tags, params: ById, response: { 200: User } } }, async (request) => {
    requireGlobal(signedInOf(request), 'people')
    return presentUser(await requireUser(parts.db, idOf(request.params)))
  })

  app.patch(
    '/api/v1/users/:id',
    { schema: { tags, params: ById, body: ChangeUser, response: { 200: User } } },
    async (request) => presentUser(await changeUser(parts, signedInOf(request), idOf(request.params), request.body)),
  )

  app.put(
    '/api/v1/users/:id/password',
    { schema: { tags, params: ById, body: SetPassword, response: { 204: z.undefined() } } },
    async (request, reply) => {
      const { password, mustChange = false } = request.body
      await setPassword(parts, signedInOf(request), idOf(request.params), { password, mustChange })
      return reply.code(204).send()
    },
  )

  disablingRoutes(scope, parts)
}

function disablingRoutes(
  scope: FastifyInstance,
  parts: Pick<Parts, 'db' | 'clock'> & { readonly heldLinks: HeldLinks },
): void {
  const app = scope.withTypeProvider<ZodTypeProvider>()

  app.post(
    '/api/v1/users/:id/disable',
    { schema: { tags, params: ById, body: DisableUser.nullish(), response: { 204: z.undefined() } } },
    async (request, reply) => {
      const links = request.body?.links as LinksDecision | undefined
      await disableUser(parts, signedInOf(request), idOf(request.params), links)
      return reply.code(204).send()
    },
  )

  app.post(
    '/api/v1/users/:id/enable',
    { schema: { tags, params: ById, body: Nothing, response: { 204: z.undefined() } } },
    async (request, reply) => {
      await enableUser(parts, signedInOf(request), idOf(request.params))
      return reply.code(204).send()
    },
  )
}

function idOf({ id }: z.infer<typeof ById>): PrincipalId {
  return id as PrincipalId
}
