import type { FastifyInstance } from 'fastify'
import type { Parts } from '../parts.ts'
import type { CredentialCheck } from './check-credentials.ts'
import { groupRoutes } from './group-routes.ts'
import type { HeldLinks } from './held-links.ts'
import { ownRoutes } from './own-routes.ts'
import { userRoutes } from './user-routes.ts'

/** What people need beside parts. */
export interface PeopleExtras {
  readonly credentials: CredentialCheck
  readonly heldLinks: HeldLinks
}

/** Users, groups and oneself, for people who are signed in. */
export function peopleRoutes(
  scope: FastifyInstance,
  parts: Pick<Parts, 'db' | 'clock' | 'newId' | 'keys'> & PeopleExtras,
): void {
  userRoutes(scope, parts)
  groupRoutes(scope, parts)
  ownRoutes(scope, parts)
}
