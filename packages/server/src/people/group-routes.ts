import {
  ById,
  ChangeGroup,
  CreateGroup,
  Group,
  Groups,
  ListPeople,
  Members,
  Membership,
  SetGlobalPrivileges,
} from '@vitrine/api'
import type { PrincipalId } from '@vitrine/domain'
import type { FastifyInstance } from 'fastify'
import type { ZodTypeProvider } from 'fastify-type-provider-zod'
import { z } from 'zod'
import { signedInOf } from '../http/authenticate.ts'
import type { Parts } from '../parts.ts'
import { addMember, removeMember } from './change-members.ts'
import { changeGroup, removeGroup, setGlobalPrivileges } from './change-principal.ts'
import { createGroup } from './create-user.ts'
import { listMembers, listPeople } from './list-people.ts'
import { requireGroup } from './people-rules.ts'
import { presentGroup } from './present-people.ts'
import { requireGlobal } from './signed-in.ts'

const tags = ['people']

type RouteParts = Pick<Parts, 'db' | 'clock' | 'newId'>

/** `/api/v1/groups`: for those who may manage people. */
export function groupRoutes(scope: FastifyInstance, parts: RouteParts): void {
  const app = scope.withTypeProvider<ZodTypeProvider>()

  app.get(
    '/api/v1/groups',
    { schema: { tags, querystring: ListPeople, response: { 200: Groups } } },
    async (request) => {
      const page = await listPeople(parts, signedInOf(request), { ...request.query, kind: 'group' })
      return { items: page.items.map(presentGroup), total: page.total, next: page.next }
    },
  )

  app.post(
    '/api/v1/groups',
    { schema: { tags, body: CreateGroup, response: { 201: Group } } },
    async (request, reply) => {
      const { name, displayName = name } = request.body
      const group = await createGroup(parts, signedInOf(request), { name, displayName })
      return reply.code(201).header('location', `/api/v1/groups/${group.id}`).send(presentGroup(group))
    },
  )

  app.get('/api/v1/groups/:id', { schema: { tags, params: ById, response: { 200: Group } } }, async (request) => {
    requireGlobal(signedInOf(request), 'people')
    return presentGroup(await requireGroup(parts.db, request.params.id as PrincipalId))
  })

  app.patch(
    '/api/v1/groups/:id',
    { schema: { tags, params: ById, body: ChangeGroup, response: { 200: Group } } },
    async (request) => {
      const id = request.params.id as PrincipalId
      return presentGroup(await changeGroup(parts, signedInOf(request), id, request.body))
    },
  )

  app.delete(
    '/api/v1/groups/:id',
    { schema: { tags, params: ById, response: { 204: z.undefined() } } },
    async (request, reply) => {
      await removeGroup(parts, signedInOf(request), request.params.id as PrincipalId)
      return reply.code(204).send()
    },
  )

  memberRoutes(scope, parts)
  globalPrivilegeRoutes(scope, parts)
}

function memberRoutes(scope: FastifyInstance, parts: RouteParts): void {
  const app = scope.withTypeProvider<ZodTypeProvider>()

  app.get(
    '/api/v1/groups/:id/members',
    { schema: { tags, params: ById, querystring: ListPeople.omit({ name: true }), response: { 200: Members } } },
    async (request) => {
      const id = request.params.id as PrincipalId
      const page = await listMembers(parts, signedInOf(request), id, request.query)
      const items = page.items.map(({ id, kind, name, displayName }) => ({ id, kind, name, displayName }))
      return { items, total: page.total, next: page.next }
    },
  )

  app.put(
    '/api/v1/groups/:id/members/:member',
    { schema: { tags, params: Membership, response: { 204: z.undefined() } } },
    async (request, reply) => {
      const { id, member } = request.params
      await addMember(parts, signedInOf(request), id as PrincipalId, member as PrincipalId)
      return reply.code(204).send()
    },
  )

  app.delete(
    '/api/v1/groups/:id/members/:member',
    { schema: { tags, params: Membership, response: { 204: z.undefined() } } },
    async (request, reply) => {
      const { id, member } = request.params
      await removeMember(parts, signedInOf(request), id as PrincipalId, member as PrincipalId)
      return reply.code(204).send()
    },
  )
}

function globalPrivilegeRoutes(scope: FastifyInstance, parts: RouteParts): void {
  const app = scope.withTypeProvider<ZodTypeProvider>()

  app.put(
    '/api/v1/principals/:id/global-privileges',
    { schema: { tags, params: ById, body: SetGlobalPrivileges, response: { 200: SetGlobalPrivileges } } },
    async (request) => {
      const id = request.params.id as PrincipalId
      const { globals } = await setGlobalPrivileges(parts, signedInOf(request), id, request.body.globalPrivileges)
      return { globalPrivileges: [...globals] }
    },
  )
}
