import { EVERYONE_ID, nobody, type PrincipalId, type Subject } from '@vitrine/domain'
import { sql } from 'kysely'
import type { Database, Transaction } from '../db/open.ts'

/**
 * Who a user is when asking: with every group, also those that hold their groups. {@link nobody}, whom no
 * entry names, when the user is disabled or there is none of this id.
 */
export async function subjectOf(db: Database | Transaction, userId: PrincipalId): Promise<Subject> {
  return (await subjectsOf(db, [userId])).get(userId) ?? nobody
}

/** {@link subjectOf} for many users, in one query. Each asked for is in the answer. */
export async function subjectsOf(
  db: Database | Transaction,
  userIds: readonly PrincipalId[],
): Promise<ReadonlyMap<PrincipalId, Subject>> {
  const { rows } = await sql<{ id: PrincipalId; groups: PrincipalId[] }>`
    select u.id, ${groupsOfUser} as groups
      from principals u
     where u.id = any(${userIds}::uuid[]) and u.kind = 'user' and u.disabled_at is null`.execute(db)
  const found = new Map(rows.map(({ id, groups }) => [id, { user: id, groups: new Set(groups) }]))
  return new Map(userIds.map((id) => [id, found.get(id) ?? nobody]))
}

/** In SQL: all groups of the user `u`, also those that hold their groups, as an array of ids. */
export const groupsOfUser = sql<PrincipalId[]>`array(
  with recursive holding (id) as (
    select ${EVERYONE_ID}::uuid
    union
    select m.group_id from group_members m where m.member_id = u.id
    union
    select m.group_id from holding h join group_members m on m.member_id = h.id
  ) select id from holding
)`
