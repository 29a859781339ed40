import type { Notice } from '@vitrine/api'
import { ADMINISTRATORS_ID, type PrincipalId, type ShareLinkId } from '@vitrine/domain'
import { sql } from 'kysely'
import type { Database, Transaction } from '../db/open.ts'

/** That a link was suspended, and why: what a notice says. */
export interface SuspensionFacts {
  readonly shareLink: {
    readonly id: ShareLinkId
    readonly title: string
    /** Display name of its holder. */
    readonly holder: string
  }
  readonly reasons: Notice['reasons']
}

/** A notice to one person. */
export interface StoredNotice {
  readonly id: string
  readonly facts: SuspensionFacts
  /** In ms since the Unix epoch. */
  readonly createdAt: number
  /** In ms since the Unix epoch; null: not read yet. */
  readonly readAt: number | null
}

/** Puts a notice before each of the people. */
export async function insertNotices(
  tx: Transaction,
  notices: readonly { readonly id: string; readonly person: PrincipalId; readonly facts: SuspensionFacts }[],
  now: number,
): Promise<void> {
  if (notices.length === 0) return
  await tx
    .insertInto('notices')
    .values(
      notices.map(({ id, person, facts }) => ({
        id,
        principal_id: person,
        kind: 'share-link/suspended',
        facts: JSON.stringify(facts),
        created_at: new Date(now),
        read_at: null,
      })),
    )
    .execute()
}

/** The notices of one person, the newest first. */
export async function selectNotices(
  db: Database,
  person: PrincipalId,
  filter: { readonly unread: boolean; readonly limit: number },
): Promise<StoredNotice[]> {
  let query = db.selectFrom('notices').selectAll().where('principal_id', '=', person)
  if (filter.unread) query = query.where('read_at', 'is', null)
  const rows = await query.orderBy('created_at', 'desc').orderBy('id', 'desc').limit(filter.limit).execute()
  return rows.map((row) => ({
    id: row.id,
    facts: row.facts as SuspensionFacts,
    createdAt: row.created_at.getTime(),
    readAt: row.read_at && row.read_at.getTime(),
  }))
}

/** Notes that a person has read a notice of theirs. Answers whether there is such a notice. */
export async function noteRead(tx: Transaction, person: PrincipalId, id: string, now: number): Promise<boolean> {
  const { numUpdatedRows } = await tx
    .updateTable('notices')
    .set({ read_at: sql`coalesce(read_at, ${new Date(now)})` })
    .where('id', '=', id)
    .where('principal_id', '=', person)
    .executeTakeFirst()
  return numUpdatedRows > 0n
}

/** The administrators who can sign in: members of the built-in group, directly or through groups. */
export async function selectAdministrators(db: Database | Transaction): Promise<PrincipalId[]> {
  const { rows } = await sql<{ id: PrincipalId }>`
    with recursive members (id) as (
      select member_id from group_members where group_id = ${ADMINISTRATORS_ID}
      union
      select group_members.member_id from members join group_members on group_id = members.id
    )
    select id from members join principals using (id) where kind = 'user' and disabled_at is null`.execute(db)
  return rows.map(({ id }) => id)
}
