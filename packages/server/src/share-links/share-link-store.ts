import type { NodeId, PrincipalId, ShareLink, ShareLinkAudience, ShareLinkId, ShareLinkMode } from '@vitrine/domain'
import { sql, type RawBuilder, type Selectable } from 'kysely'
import type { Database, Transaction } from '../db/open.ts'
import type { Tables } from '../db/tables.ts'

/** A share link as its row says, without its targets. */
export interface StoredShareLink extends Omit<ShareLink, 'targets'> {
  /** When people were told that it is suspended, in ms since the Unix epoch; null while it opens. */
  readonly suspendedAt: number | null
  /** How often someone looked at it for two seconds. */
  readonly opens: number
}

/** A target of a share link, with what is needed to tell whether it still opens. */
export interface StoredTarget {
  readonly id: NodeId
  readonly kind: 'folder' | 'asset'
  readonly name: string
  readonly inTrash: boolean
}

/** The row that a token claims, and the access epoch at the same moment. */
export interface ClaimedRow {
  readonly epoch: number
  readonly shareLink: StoredShareLink | undefined
}

/** Reads a link's row by primary key. Answers one row whether there is such a link or not. */
export async function selectClaimed(db: Database | Transaction, id: ShareLinkId): Promise<ClaimedRow> {
  const { rows } = await sql<Partial<ShareLinkRow> & { epoch: number }>`
    select access_epoch.epoch, share_links.* from access_epoch left join share_links on share_links.id = ${id}`.execute(
    db,
  )
  const row = rows[0]
  if (row === undefined) throw new Error('the access epoch is missing')
  return { epoch: row.epoch, shareLink: row.id ? storedOf(row as ShareLinkRow) : undefined }
}

/** A link by its id. */
export async function selectShareLink(
  db: Database | Transaction,
  id: ShareLinkId,
): Promise<StoredShareLink | undefined> {
  const row = await db.selectFrom('share_links').selectAll().where('id', '=', id).executeTakeFirst()
  return row && storedOf(row)
}

/** The same, and nobody else changes the link until the transaction ends. */
export async function lockShareLink(tx: Transaction, id: ShareLinkId): Promise<StoredShareLink | undefined> {
  const row = await tx.selectFrom('share_links').selectAll().where('id', '=', id).forUpdate().executeTakeFirst()
  return row && storedOf(row)
}

/** The targets of links that were not removed for good, in the order in which they were chosen. */
export async function selectTargets(
  db: Database | Transaction,
  ids: readonly ShareLinkId[],
): Promise<Map<ShareLinkId, StoredTarget[]>> {
  const { rows } = await sql<{ link: string; id: string; kind: string; name: string; in_trash: boolean }>`
    select share_link_id as link, nodes.id, nodes.kind, nodes.name, nodes.in_trash
    from share_link_targets join nodes on nodes.id = node_id
    where share_link_id = any(${ids}::uuid[])
    order by share_link_id, position`.execute(db)
  const targets = new Map<ShareLinkId, StoredTarget[]>(ids.map((id) => [id, []]))
  for (const { link, id, kind, name, in_trash: inTrash } of rows) {
    targets.get(link as ShareLinkId)?.push({ id: id as NodeId, kind: kind as 'folder' | 'asset', name, inTrash })
  }
  return targets
}

/** The links of a holder that are neither revoked nor expired, the oldest first. Suspended ones are among them. */
export async function selectUnendedOf(
  db: Database | Transaction,
  holder: PrincipalId,
  now: number,
): Promise<StoredShareLink[]> {
  const rows = await unended(db, now).where('holder_id', '=', holder).orderBy('created_at').orderBy('id').execute()
  return rows.map(storedOf)
}

/** Links that are neither revoked nor expired, in order of their ids: those after one, `limit` of them. */
export async function selectUnended(
  db: Database,
  now: number,
  after: ShareLinkId | undefined,
  limit: number,
): Promise<StoredShareLink[]> {
  let query = unended(db, now)
  if (after !== undefined) query = query.where('id', '>', after)
  const rows = await query.orderBy('id').limit(limit).execute()
  return rows.map(storedOf)
}

/** Live links that are neither revoked nor expired and have this folder, or one above it, as a target: the newest. */
export async function selectLiveAbove(
  db: Database,
  folder: NodeId,
  now: number,
  limit: number,
): Promise<StoredShareLink[]> {
  const rows = await unended(db, now)
    .where('mode', '=', 'live')
    .where(
      sql<boolean>`id in (
        select share_link_id from folder_tree join share_link_targets on node_id = ancestor_id
        where descendant_id = ${folder})`,
    )
    .orderBy('created_at', 'desc')
    .orderBy('id', 'desc')
    .limit(limit)
    .execute()
  return rows.map(storedOf)
}

function unended(db: Database | Transaction, now: number) {
  return db.selectFrom('share_links').selectAll().where(hasNotEnded(now))
}

/** Of a row of links: whether it is neither revoked nor expired. @param now in ms since the Unix epoch */
export function hasNotEnded(now: number): RawBuilder<boolean> {
  return sql<boolean>`revoked_at is null and (expires_at is null or expires_at > ${new Date(now)})`
}

/** What a link must be like to stand in for another one; what is absent does not matter. */
export interface SameShareLink
  extends
    Pick<ShareLink, 'holder' | 'targets'>,
    Partial<Pick<ShareLink, 'originals' | 'renditions' | 'audience' | 'mode'>> {}

/** A link of this holder with the same targets that is neither revoked nor expired: the newest. */
export async function selectSame(
  db: Database | Transaction,
  wanted: SameShareLink,
  now: number,
): Promise<StoredShareLink | undefined> {
  const targets = wanted.targets.toSorted()
  let query = unended(db, now)
    .where('holder_id', '=', wanted.holder)
    .where(
      sql<boolean>`${targets}::uuid[] =
        (select array_agg(node_id order by node_id) from share_link_targets where share_link_id = share_links.id)`,
    )
  if (wanted.originals !== undefined) query = query.where('allow_originals', '=', wanted.originals)
  if (wanted.renditions !== undefined) query = query.where('allow_renditions', '=', wanted.renditions)
  if (wanted.audience !== undefined) query = query.where('audience', '=', wanted.audience)
  if (wanted.mode !== undefined) query = query.where('mode', '=', wanted.mode)
  const row = await query.orderBy('created_at', 'desc').limit(1).executeTakeFirst()
  return row && storedOf(row)
}

/** Keeps a new link. Answers whether it did: not, when there is one of its id. */
export async function insertShareLink(tx: Transaction, shareLink: ShareLink): Promise<boolean> {
  const { numInsertedOrUpdatedRows } = await tx
    .insertInto('share_links')
    .values({
      id: shareLink.id,
      generation: shareLink.generation,
      title: shareLink.title,
      creator_id: shareLink.creator,
      holder_id: shareLink.holder,
      audience: shareLink.audience,
      mode: shareLink.mode,
      frozen_at: dateOf(shareLink.frozenAt),
      allow_originals: shareLink.originals,
      allow_renditions: shareLink.renditions,
      created_at: new Date(shareLink.createdAt),
      expires_at: dateOf(shareLink.expiresAt),
      revoked_at: dateOf(shareLink.revokedAt),
      revoked_by: null,
      suspended_at: null,
    })
    .onConflict((conflict) => conflict.column('id').doNothing())
    .executeTakeFirst()
  if (numInsertedOrUpdatedRows !== 1n) return false
  await sql`
    insert into share_link_targets (share_link_id, node_id, position)
    select ${shareLink.id}, node_id, position - 1
    from unnest(${shareLink.targets}::uuid[]) with ordinality as target (node_id, position)`.execute(tx)
  return true
}

/** What may be changed of a link after it was made. */
export type ShareLinkChange = Partial<
  Pick<ShareLink, 'title' | 'expiresAt' | 'originals' | 'renditions' | 'holder' | 'audience' | 'mode' | 'frozenAt'>
>

/** Changes a link's row; what is absent stays. */
export async function updateShareLink(tx: Transaction, id: ShareLinkId, change: ShareLinkChange): Promise<void> {
  const columns = {
    ...(change.title !== undefined && { title: change.title }),
    ...(change.expiresAt !== undefined && { expires_at: dateOf(change.expiresAt) }),
    ...(change.originals !== undefined && { allow_originals: change.originals }),
    ...(change.renditions !== undefined && { allow_renditions: change.renditions }),
    ...(change.audience !== undefined && { audience: change.audience }),
    ...(change.mode !== undefined && { mode: change.mode }),
    ...(change.frozenAt !== undefined && { frozen_at: dateOf(change.frozenAt) }),
    ...(change.holder !== undefined && { holder_id: change.holder, suspended_at: null }),
  }
  if (Object.keys(columns).length === 0) return
  await tx.updateTable('share_links').set(columns).where('id', '=', id).execute()
}

/** Revokes links, and answers which of them were not revoked before. */
export async function revokeShareLinks(
  tx: Transaction,
  ids: readonly ShareLinkId[],
  by: PrincipalId,
  now: number,
): Promise<ShareLinkId[]> {
  if (ids.length === 0) return []
  const rows = await tx
    .updateTable('share_links')
    .set({ revoked_at: new Date(now), revoked_by: by })
    .where('id', 'in', [...ids])
    .where('revoked_at', 'is', null)
    .returning('id')
    .execute()
  return rows.map(({ id }) => id as ShareLinkId)
}

/** Notes when people were told that links are suspended; null: they open again. Answers those whose note changed. */
export async function noteSuspension(
  tx: Transaction,
  ids: readonly ShareLinkId[],
  suspendedAt: number | null,
): Promise<ShareLinkId[]> {
  if (ids.length === 0) return []
  const rows = await tx
    .updateTable('share_links')
    .set({ suspended_at: dateOf(suspendedAt) })
    .where('id', 'in', [...ids])
    .where('suspended_at', suspendedAt === null ? 'is not' : 'is', null)
    .returning('id')
    .execute()
  return rows.map(({ id }) => id as ShareLinkId)
}

/** Display name of a person. */
export async function nameOf(db: Database | Transaction, person: PrincipalId): Promise<string> {
  const row = await db.selectFrom('principals').select('display_name').where('id', '=', person).executeTakeFirst()
  return row?.display_name ?? ''
}

/** Somebody whom a link names. */
export interface NamedPerson {
  readonly id: PrincipalId
  readonly name: string
  readonly displayName: string
}

/** The names of people. */
export async function selectPeople(
  db: Database | Transaction,
  ids: readonly PrincipalId[],
): Promise<ReadonlyMap<PrincipalId, NamedPerson>> {
  const { rows } = await sql<NamedPerson>`
    select id, name, display_name as "displayName" from principals where id = any(${ids}::uuid[])`.execute(db)
  return new Map(rows.map((row) => [row.id, row]))
}

/** Whether there is such a user. */
export async function selectIsUser(db: Database | Transaction, id: PrincipalId): Promise<boolean> {
  const row = await db
    .selectFrom('principals')
    .select('id')
    .where('id', '=', id)
    .where('kind', '=', 'user')
    .executeTakeFirst()
  return row !== undefined
}

/** The names of nodes. */
export async function selectNames(
  db: Database | Transaction,
  ids: readonly NodeId[],
): Promise<ReadonlyMap<NodeId, string>> {
  const { rows } = await sql<{ id: NodeId; name: string }>`
    select id, name from nodes where id = any(${ids}::uuid[])`.execute(db)
  return new Map(rows.map(({ id, name }) => [id, name]))
}

/** Counts one opening. */
export async function countOpen(db: Database, id: ShareLinkId): Promise<void> {
  await db
    .updateTable('share_links')
    .set({ opens: sql`opens + 1` })
    .where('id', '=', id)
    .execute()
}

/** Those of the links that were not revoked. */
export async function selectUnrevoked(db: Database, ids: readonly ShareLinkId[]): Promise<ReadonlySet<ShareLinkId>> {
  const { rows } = await sql<{ id: ShareLinkId }>`
    select id from share_links where id = any(${ids}::uuid[]) and revoked_at is null`.execute(db)
  return new Set(rows.map(({ id }) => id))
}

/** A row of links. */
export type ShareLinkRow = Selectable<Tables['share_links']>

/** A link as its row says. */
export function storedOf(row: ShareLinkRow): StoredShareLink {
  return {
    id: row.id as ShareLinkId,
    generation: row.generation,
    title: row.title,
    creator: row.creator_id as PrincipalId,
    holder: row.holder_id as PrincipalId,
    audience: row.audience as ShareLinkAudience,
    mode: row.mode as ShareLinkMode,
    frozenAt: millisecondsOf(row.frozen_at),
    originals: row.allow_originals,
    renditions: row.allow_renditions,
    createdAt: row.created_at.getTime(),
    expiresAt: millisecondsOf(row.expires_at),
    revokedAt: millisecondsOf(row.revoked_at),
    suspendedAt: millisecondsOf(row.suspended_at),
    opens: row.opens,
  }
}

function millisecondsOf(date: Date | null): number | null {
  return date && date.getTime()
}

function dateOf(milliseconds: number | null): Date | null {
  return milliseconds === null ? null : new Date(milliseconds)
}
