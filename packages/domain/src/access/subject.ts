import type { PrincipalId } from '../ids.ts'

/** The built-in group of all users. Nobody is put into it or out of it. */
export const EVERYONE_ID = '00000000-0000-7000-8000-000000000001' as PrincipalId

/** The built-in group of administrators: every privilege on every node, and every global privilege. */
export const ADMINISTRATORS_ID = '00000000-0000-7000-8000-000000000002' as PrincipalId

/** The built-in user `admin`. */
export const ADMIN_ID = '00000000-0000-7000-8000-000000000003' as PrincipalId

/** Who is asking: a user, with all the groups that they are in, directly or through other groups. */
export interface Subject {
  readonly user: PrincipalId
  /** {@link EVERYONE_ID} is among them. */
  readonly groups: ReadonlySet<PrincipalId>
}

/** Somebody whom no entry names: a disabled user, or one who is no longer there. */
export const nobody: Subject = { user: '00000000-0000-0000-0000-000000000000' as PrincipalId, groups: new Set() }

/** Whether entries do not bind this subject, as in Oak: else one `deny` for everyone could never be undone. */
export function isAdministrator(subject: Subject): boolean {
  return subject.groups.has(ADMINISTRATORS_ID)
}
