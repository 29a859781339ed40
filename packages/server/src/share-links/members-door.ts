import { nobody, VitrineError, type PrincipalId, type ShareLinkAudience } from '@vitrine/domain'
import type { FastifyRequest } from 'fastify'
import { subjectOf } from '../access/subject-store.ts'
import type { Parts } from '../parts.ts'

/** How one listener tells who may open links for members. */
export interface MembersDoor {
  /** Whether such links open on this listener at all. Where they do not, nobody is asked who they are. */
  readonly isHere: boolean
  /** Who sends a request; undefined: nobody who is signed in. Asked for links for members alone. */
  readonly memberOf: (request: FastifyRequest) => Promise<PrincipalId | undefined>
}

/** The parts behind the doors of one listener. */
export type DoorParts = Parts & { readonly members: MembersDoor }

/** Of the public listener: it reads no session, so links for members do not open there. */
export const noMembers: MembersDoor = { isHere: false, memberOf: async () => undefined }

/**
 * What somebody reads who may not open a link for members: the same on every listener and in every state of the link,
 * so that it tells nothing but what its audience is, and that only to who has the right token.
 */
export function membersOnly(): VitrineError {
  return new VitrineError('share-link/members-only', 'This link is for people with an account. Sign in to open it.')
}

/** Whether a link for this audience is open to somebody who was let in as this member, or as anyone. */
export async function isAdmitted(
  { db }: Pick<Parts, 'db'>,
  audience: ShareLinkAudience,
  member: PrincipalId | undefined,
): Promise<boolean> {
  if (audience === 'anyone') return true
  return member !== undefined && (await subjectOf(db, member)) !== nobody
}
