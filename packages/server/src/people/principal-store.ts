import type { GlobalPrivilege, PrincipalId } from '@vitrine/domain'
import { sql } from 'kysely'
import type { Database, Transaction } from '../db/open.ts'

/** A user or a group as it is kept, without the hash of a password. */
export interface StoredPrincipal {
  readonly id: PrincipalId
  readonly kind: 'user' | 'group'
  readonly name: string
  readonly displayName: string
  readonly email: string | null
  /** Whether the user can sign in by password. */
  readonly hasPassword: boolean
  readonly passwordMustChange: boolean
  /** In ms since the Unix epoch. */
  readonly disabledAt: number | null
  readonly isBuiltIn: boolean
  /** In ms since the Unix epoch. */
  readonly createdAt: number
  /** Its own, not those of its groups. */
  readonly globals: readonly GlobalPrivilege[]
  /** Groups that it was put into, by name. */
  readonly groups: readonly { readonly id: PrincipalId; readonly name: string }[]
}

/** A new user or group. */
export interface NewPrincipal {
  readonly id: PrincipalId
  readonly kind: 'user' | 'group'
  readonly name: string
  readonly displayName: string
  readonly email: string | null
  readonly passwordHash: string | null
  readonly passwordMustChange: boolean
  readonly createdAt: number
}

/** Keeps a new user or group. Fails with a unique violation when the name is taken, whatever its case. */
export async function insertPrincipal(tx: Transaction, made: NewPrincipal): Promise<void> {
  await tx
    .insertInto('principals')
    .values({
      id: made.id,
      kind: made.kind,
      name: made.name,
      display_name: made.displayName,
      email: made.email,
      password_hash: made.passwordHash,
      password_must_change: made.passwordMustChange,
      created_at: new Date(made.createdAt),
    })
    .execute()
}

/** A user or group by its id. */
export async function principalById(db: Database | Transaction, id: PrincipalId): Promise<StoredPrincipal | undefined> {
  const { rows } = await sql<PrincipalRow>`select ${columns} from principals p where p.id = ${id}`.execute(db)
  return rows[0] && principalOf(rows[0])
}

/** Ids that name a user or a group. */
export async function existingPrincipals(
  db: Database | Transaction,
  ids: readonly PrincipalId[],
): Promise<ReadonlySet<PrincipalId>> {
  const { rows } = await sql<{ id: PrincipalId }>`select id from principals where id = any(${ids}::uuid[])`.execute(db)
  return new Set(rows.map(({ id }) => id))
}

/** Which users or groups to list. */
export interface PrincipalFilter {
  readonly kind: 'user' | 'group'
  /** Only the one of this name, whatever its case. */
  readonly name: string | undefined
  /** Only those after this name. */
  readonly after: string | undefined
  readonly limit: number
}

/** Users or groups, by name, and how many there are in all. */
export async function selectPrincipals(
  db: Database,
  { kind, name, after, limit }: PrincipalFilter,
): Promise<{ items: StoredPrincipal[]; total: number }> {
  const named = name === undefined ? sql`true` : sql`lower(p.name) = lower(${name.normalize('NFC')})`
  const next = after === undefined ? sql`true` : sql`p.name collate "C" > ${after}`
  const items = await sql<PrincipalRow>`
    select ${columns} from principals p where p.kind = ${kind} and ${named} and ${next}
     order by p.name collate "C" limit ${limit}`.execute(db)
  const total = await sql<{ total: number }>`
    select count(*) as total from principals p where p.kind = ${kind} and ${named}`.execute(db)
  return { items: items.rows.map(principalOf), total: total.rows[0]?.total ?? 0 }
}

/** Changes what is given. */
export async function updatePrincipal(
  tx: Transaction,
  id: PrincipalId,
  change: { readonly displayName?: string | undefined; readonly email?: string | null | undefined },
): Promise<void> {
  const { displayName, email } = change
  const set = {
    ...(displayName === undefined ? {} : { display_name: displayName }),
    ...(email === undefined ? {} : { email }),
  }
  if (Object.keys(set).length > 0) await tx.updateTable('principals').set(set).where('id', '=', id).execute()
}

/** Gives a user another password. */
export async function updatePassword(
  tx: Transaction,
  id: PrincipalId,
  passwordHash: string,
  mustChange: boolean,
): Promise<void> {
  await tx
    .updateTable('principals')
    .set({ password_hash: passwordHash, password_must_change: mustChange })
    .where('id', '=', id)
    .execute()
}

/** The same password under a new hash, unless it was changed meanwhile. Says whether it was replaced. */
export async function replacePasswordHash(
  db: Database,
  id: PrincipalId,
  before: string,
  after: string,
): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('principals')
    .set({ password_hash: after })
    .where('id', '=', id)
    .where('password_hash', '=', before)
    .executeTakeFirstOrThrow()
  return numUpdatedRows > 0n
}

/** Disables a user, or enables one (null). Who is disabled already keeps the time. */
export async function updateDisabled(tx: Transaction, id: PrincipalId, disabledAt: number | null): Promise<void> {
  const at = disabledAt === null ? sql<null>`null` : sql<Date>`coalesce(disabled_at, ${new Date(disabledAt)})`
  await tx.updateTable('principals').set({ disabled_at: at }).where('id', '=', id).execute()
}

/** Replaces the global privileges of a user or a group. */
export async function replaceGlobals(
  tx: Transaction,
  id: PrincipalId,
  globals: readonly GlobalPrivilege[],
): Promise<void> {
  await tx.deleteFrom('global_privileges').where('principal_id', '=', id).execute()
  const rows = [...new Set(globals)].map((privilege) => ({ principal_id: id, privilege }))
  if (rows.length > 0) await tx.insertInto('global_privileges').values(rows).execute()
}

/** Removes a group, its memberships, its global privileges and every entry that names it. */
export async function deleteGroup(tx: Transaction, id: PrincipalId): Promise<void> {
  await tx.deleteFrom('principals').where('id', '=', id).where('kind', '=', 'group').execute()
}

interface PrincipalRow {
  readonly id: PrincipalId
  readonly kind: 'user' | 'group'
  readonly name: string
  readonly display_name: string
  readonly email: string | null
  readonly has_password: boolean
  readonly password_must_change: boolean
  readonly disabled_at: Date | null
  readonly is_built_in: boolean
  readonly created_at: Date
  readonly globals: GlobalPrivilege[]
  readonly groups: { readonly id: PrincipalId; readonly name: string }[]
}

/** Never the hash of the password. */
const columns = sql`
  p.id, p.kind, p.name, p.display_name, p.email, p.password_hash is not null as has_password,
  p.password_must_change, p.disabled_at, p.is_built_in, p.created_at,
  array(select privilege from global_privileges where principal_id = p.id order by privilege) as globals,
  coalesce((
    select json_agg(json_build_object('id', g.id, 'name', g.name) order by g.name collate "C")
      from group_members m join principals g on g.id = m.group_id where m.member_id = p.id
  ), '[]') as groups`

function principalOf(row: PrincipalRow): StoredPrincipal {
  return {
    id: row.id,
    kind: row.kind,
    name: row.name,
    displayName: row.display_name,
    email: row.email,
    hasPassword: row.has_password,
    passwordMustChange: row.password_must_change,
    disabledAt: row.disabled_at && row.disabled_at.getTime(),
    isBuiltIn: row.is_built_in,
    createdAt: row.created_at.getTime(),
    globals: row.globals,
    groups: row.groups,
  }
}
