import {
  ADMIN_ID,
  ADMINISTRATORS_ID,
  EVERYONE_ID,
  globalPrivileges,
  privileges,
  ROOT_ID,
  type PrincipalId,
} from '@vitrine/domain'
import { sql } from 'kysely'
import type { Database, Transaction } from '../db/open.ts'

/** Whether the user `admin` was made already. */
export async function hasAdmin(db: Database): Promise<boolean> {
  return (await db.selectFrom('principals').select('id').where('id', '=', ADMIN_ID).executeTakeFirst()) !== undefined
}

/** Makes the groups that are always there. */
export async function insertBuiltInGroups(tx: Transaction, now: number): Promise<void> {
  await insertBuiltIn(tx, { id: EVERYONE_ID, kind: 'group', name: 'everyone', displayName: 'Everyone', now })
  await insertBuiltIn(tx, {
    id: ADMINISTRATORS_ID,
    kind: 'group',
    name: 'administrators',
    displayName: 'Administrators',
    now,
  })
  await tx
    .insertInto('global_privileges')
    .values(globalPrivileges.map((privilege) => ({ principal_id: ADMINISTRATORS_ID, privilege })))
    .onConflict((conflict) => conflict.doNothing())
    .execute()
}

/** Makes `admin`, in the group of administrators. Says whether it was made now, and not before or by another process. */
export async function insertAdmin(
  tx: Transaction,
  password: { readonly passwordHash: string; readonly passwordMustChange: boolean },
  now: number,
): Promise<boolean> {
  const admin = { id: ADMIN_ID, kind: 'user', name: 'admin', displayName: 'Administrator', now, ...password } as const
  if (!(await insertBuiltIn(tx, admin))) return false
  await tx.insertInto('group_members').values({ group_id: ADMINISTRATORS_ID, member_id: ADMIN_ID }).execute()
  return true
}

interface BuiltIn {
  readonly id: PrincipalId
  readonly kind: 'user' | 'group'
  readonly name: string
  readonly displayName: string
  readonly now: number
  readonly passwordHash?: string
  readonly passwordMustChange?: boolean
}

async function insertBuiltIn(tx: Transaction, made: BuiltIn): Promise<boolean> {
  const { displayName, now, passwordHash, passwordMustChange = false, ...who } = made
  const { numInsertedOrUpdatedRows } = await tx
    .insertInto('principals')
    .values({
      ...who,
      display_name: displayName,
      password_hash: passwordHash ?? null,
      password_must_change: passwordMustChange,
      is_built_in: true,
      created_at: new Date(now),
    })
    // Not of the id alone: of two that are made at once, the second may meet the first by its name.
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirstOrThrow()
  return numInsertedOrUpdatedRows === 1n
}

/** Gives the root its first list, once in the life of an installation: what is changed later stays changed. */
export async function insertRootAcl(tx: Transaction): Promise<void> {
  const { rows } = await sql`
    insert into settings (name, value) values ('access/root-list-made', 'true')
    on conflict do nothing returning name`.execute(tx)
  if (rows.length === 0) return
  await tx
    .insertInto('acl_entries')
    .values({
      node_id: ROOT_ID,
      position: 0,
      principal_id: ADMINISTRATORS_ID,
      effect: 'allow',
      privileges: [...privileges],
    })
    .execute()
  await tx.updateTable('nodes').set({ has_acl: true }).where('id', '=', ROOT_ID).execute()
}
