import {
  ADMINISTRATORS_ID,
  globalPrivileges,
  isAdministrator,
  type GlobalPrivilege,
  type PrincipalId,
  type Subject,
} from '@vitrine/domain'
import { sql, type RawBuilder } from 'kysely'
import { groupsOfUser } from '../access/subject-store.ts'
import type { Database, Transaction } from '../db/open.ts'

/** A user, as far as signing in goes. */
export interface Account {
  readonly id: PrincipalId
  /** In PHC string format; null: no sign-in by password. */
  readonly passwordHash: string | null
  readonly disabled: boolean
  /** Whether they are to choose a password of their own first. */
  readonly passwordMustChange: boolean
  /** Who they are when asking, if they are not disabled. */
  readonly subject: Subject
  /** Their own global privileges and those of their groups. */
  readonly globals: ReadonlySet<GlobalPrivilege>
}

/** The account of a sign-in name, whatever its case. */
export async function accountByName(db: Database | Transaction, name: string): Promise<Account | undefined> {
  return (await accountsWhere(db, sql`lower(u.name) = lower(${name.normalize('NFC')})`))[0]
}

/** The account of a user's id. */
export async function accountById(db: Database | Transaction, id: PrincipalId): Promise<Account | undefined> {
  return (await accountsWhere(db, sql`u.id = ${id}`))[0]
}

/** The accounts of users' ids, in one query. */
export async function accountsById(
  db: Database | Transaction,
  ids: readonly PrincipalId[],
): Promise<ReadonlyMap<PrincipalId, Account>> {
  const accounts = await accountsWhere(db, sql`u.id = any(${ids}::uuid[])`)
  return new Map(accounts.map((account) => [account.id, account]))
}

interface AccountRow {
  readonly id: PrincipalId
  readonly passwordHash: string | null
  readonly disabled: boolean
  readonly passwordMustChange: boolean
  readonly groups: PrincipalId[]
  readonly globals: GlobalPrivilege[]
}

async function accountsWhere(db: Database | Transaction, condition: RawBuilder<unknown>): Promise<Account[]> {
  const { rows } = await sql<AccountRow>`
    select found.*, array(
             select privilege from global_privileges where principal_id = found.id or principal_id = any(found.groups)
           ) as globals
      from (
        select u.id, u.password_hash as "passwordHash", u.disabled_at is not null as disabled,
               u.password_must_change as "passwordMustChange",
               ${groupsOfUser} as groups
          from principals u where u.kind = 'user' and ${condition}
      ) found`.execute(db)
  return rows.map(accountOf)
}

function accountOf({ id, passwordHash, disabled, passwordMustChange, groups, globals }: AccountRow): Account {
  return { id, passwordHash, disabled, passwordMustChange, ...standingOf(id, groups, globals) }
}

/** What groups and global privileges come to: administrators have every one. */
function standingOf(user: PrincipalId, groups: readonly PrincipalId[], globals: readonly GlobalPrivilege[]) {
  const subject: Subject = { user, groups: new Set(groups) }
  return { subject, globals: new Set(isAdministrator(subject) ? globalPrivileges : globals) }
}

/** The same account with everything that an administrator may. */
export function asAdministrator(account: Account): Account {
  const groups = [...account.subject.groups, ADMINISTRATORS_ID]
  return { ...account, ...standingOf(account.id, groups, globalPrivileges) }
}
