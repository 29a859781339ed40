import { ADMINISTRATORS_ID, type GlobalPrivilege, type PrincipalId } from '@vitrine/domain'
import { sql } from 'kysely'
import type { Database, Transaction } from '../db/open.ts'

/** A user or group that was put into a group. */
export interface StoredMember {
  readonly id: PrincipalId
  readonly kind: 'user' | 'group'
  readonly name: string
  readonly displayName: string
}

/** Puts somebody into a group; nothing when they are in it. */
export async function insertMember(tx: Transaction, group: PrincipalId, member: PrincipalId): Promise<void> {
  await tx
    .insertInto('group_members')
    .values({ group_id: group, member_id: member })
    .onConflict((conflict) => conflict.doNothing())
    .execute()
}

/** Takes somebody out of a group; nothing when they are not in it. */
export async function deleteMember(tx: Transaction, group: PrincipalId, member: PrincipalId): Promise<void> {
  await tx.deleteFrom('group_members').where('group_id', '=', group).where('member_id', '=', member).execute()
}

/** Who was put into a group, by name, and how many there are in all. */
export async function selectMembers(
  db: Database,
  group: PrincipalId,
  { after, limit }: { readonly after: string | undefined; readonly limit: number },
): Promise<{ items: StoredMember[]; total: number }> {
  const next = after === undefined ? sql`true` : sql`p.name collate "C" > ${after}`
  const items = await sql<StoredMember>`
    select p.id, p.kind, p.name, p.display_name as "displayName"
      from group_members m join principals p on p.id = m.member_id
     where m.group_id = ${group} and ${next}
     order by p.name collate "C" limit ${limit}`.execute(db)
  const total = await sql<{ total: number }>`
    select count(*) as total from group_members where group_id = ${group}`.execute(db)
  return { items: items.rows, total: total.rows[0]?.total ?? 0 }
}

/** Whether a group is, or is in, another one, directly or through others. */
export async function isWithin(tx: Transaction, inner: PrincipalId, outer: PrincipalId): Promise<boolean> {
  const { rows } = await sql<{ within: boolean }>`
    ${above(inner)} select exists (select from holding where id = ${outer}) as within`.execute(tx)
  return rows[0]?.within ?? false
}

/** What somebody has that not everybody may hand out or take away. */
export interface Powers {
  readonly administrator: boolean
  readonly globals: ReadonlySet<GlobalPrivilege>
}

/** The powers of a user, also a disabled one, or of a group: its own and those of all groups that it is in. */
export async function powersOf(db: Database | Transaction, id: PrincipalId): Promise<Powers> {
  const { rows } = await sql<{ administrator: boolean; globals: GlobalPrivilege[] }>`
    ${above(id)}
    select exists (select from holding where id = ${ADMINISTRATORS_ID}) as administrator,
           array(select distinct privilege from global_privileges where principal_id in (select id from holding)) as globals
  `.execute(db)
  const row = rows[0]
  return { administrator: row?.administrator ?? false, globals: new Set(row?.globals) }
}

/** How many users who are not disabled are administrators, directly or through other groups. */
export async function countAdministrators(tx: Transaction): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    with recursive held (id) as (
      select ${ADMINISTRATORS_ID}::uuid
      union
      select m.member_id from held h join group_members m on m.group_id = h.id
    )
    select count(*) as count from principals
     where id in (select id from held) and kind = 'user' and disabled_at is null`.execute(tx)
  return rows[0]?.count ?? 0
}

/** Itself and every group that it is in, as `holding`. */
function above(id: PrincipalId) {
  return sql`
    with recursive holding (id) as (
      select ${id}::uuid
      union
      select m.group_id from holding h join group_members m on m.member_id = h.id
    )`
}
