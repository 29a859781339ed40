import type { NodeId, ShareLinkId, ShareLinkMode } from '@vitrine/domain'
import { sql, type RawBuilder } from 'kysely'
import type { Database, Transaction } from '../db/open.ts'
import { everyNode, type NodeSource } from '../repository/children-store.ts'

/** Which nodes a link can show at all: rights and the trash still leave out of them. */
export interface LinkContents {
  readonly shareLink: ShareLinkId
  /** `live`: what lies at or below its targets now. Else what was fixed for the link. */
  readonly mode: ShareLinkMode
}

/**
 * In SQL: what stands in place of `nodes` behind `from`, under that name. For a link whose contents were fixed it holds
 * these alone; where versions were fixed, each asset says what its version says. Rows of the trash are among them.
 */
export function nodesIn({ mode, shareLink }: LinkContents): NodeSource {
  if (mode === 'live') return everyNode
  const fixed = sql`join share_link_contents as fixed on fixed.node_id = nodes.id and fixed.share_link_id = ${shareLink}`
  if (mode === 'frozen') return sql`(select nodes.* from nodes ${fixed}) as nodes`
  return sql`(
    select nodes.id, nodes.parent_id, nodes.kind, nodes.name, nodes.sort_key, nodes.source_name, nodes.has_acl,
           nodes.in_trash, nodes.trashed_at, nodes.trashed_from, nodes.trashed_by, nodes.removed_at, nodes.created_at,
           nodes.created_by, coalesce(versions.id, nodes.version_id) as version_id,
           coalesce(versions.size, nodes.size) as size, coalesce(versions.media_type, nodes.media_type) as media_type,
           coalesce(versions.modified_at, nodes.modified_at) as modified_at,
           coalesce(versions.blob_sha256, nodes.blob_sha256) as blob_sha256
    from nodes ${fixed} left join versions on versions.id = fixed.version_id
  ) as nodes`
}

/**
 * Those of the nodes that a link can show, and that are not in the trash, in no order.
 *
 * @param targets of the link
 */
export async function selectHeld(
  db: Database | Transaction,
  contents: LinkContents,
  targets: readonly NodeId[],
  ids: readonly NodeId[],
): Promise<NodeId[]> {
  const isBelow = sql`(
    id = any(${targets}::uuid[]) or exists (
      select from folder_tree
      where descendant_id = case kind when 'folder' then id else parent_id end and ancestor_id = any(${targets}::uuid[])
    )
  )`
  const { rows } = await sql<{ id: NodeId }>`
    select id from ${nodesIn(contents)}
    where id = any(${ids}::uuid[]) and not in_trash and ${contents.mode === 'live' ? isBelow : sql`true`}`.execute(db)
  return rows.map(({ id }) => id)
}

/** What is to be fixed: all at and below the targets, without what lies at and below what is hidden. */
export interface ContentsToFix {
  readonly targets: readonly NodeId[]
  /** Folders and assets at which the holder's rights end. A target below one of them is shown all the same. */
  readonly hidden: readonly NodeId[]
}

/**
 * Fixes the contents of a link that has none yet, and holds every node of them until the transaction ends: who moves one
 * meanwhile waits, so that the move is noted.
 *
 * @param most nodes at most
 * @returns how many there are; more than `most`: the caller undoes it
 */
export async function insertContents(
  tx: Transaction,
  { shareLink, mode }: LinkContents,
  { targets, hidden }: ContentsToFix,
  most: number,
): Promise<number> {
  const version = mode === 'versions' ? sql`nodes.version_id` : sql`null::uuid`
  const insert = (where: RawBuilder<unknown>, limit: number) =>
    sql`
    insert into share_link_contents (share_link_id, node_id, version_id)
    select ${shareLink}::uuid, nodes.id, ${version} from nodes
    where ${where} and not nodes.in_trash and nodes.id <> all(${hidden}::uuid[])
    limit ${limit} for share of nodes
    on conflict do nothing`.execute(tx)
  const folders = await insert(sql`nodes.id in (${shownFolders(targets, hidden)})`, most + 1)
  const inserted = Number(folders.numAffectedRows ?? 0n)
  const assets = await insert(
    sql`nodes.kind = 'asset' and nodes.parent_id in (
      select node_id from share_link_contents where share_link_id = ${shareLink}
    )`,
    Math.max(0, most + 1 - inserted),
  )
  // A target may lie where what is above it is hidden, and an asset may be one.
  const others = await insert(sql`nodes.id = any(${targets}::uuid[])`, targets.length)
  return inserted + Number(assets.numAffectedRows ?? 0n) + Number(others.numAffectedRows ?? 0n)
}

/** In SQL: the folders at and below the targets that are reached from one of them without passing a hidden one. */
function shownFolders(targets: readonly NodeId[], hidden: readonly NodeId[]): RawBuilder<unknown> {
  const below = sql`select tree.descendant_id from folder_tree as tree where tree.ancestor_id = any(${targets}::uuid[])`
  if (hidden.length === 0) return below
  return sql`${below} and not exists (
    select from folder_tree as to_hidden
    join folder_tree as from_target
      on from_target.ancestor_id = tree.ancestor_id and from_target.descendant_id = to_hidden.ancestor_id
    where to_hidden.descendant_id = tree.descendant_id and to_hidden.ancestor_id = any(${hidden}::uuid[])
  )`
}

/** Pins the present version of every asset in a link's contents. */
export async function pinVersions(tx: Transaction, shareLink: ShareLinkId): Promise<void> {
  await sql`
    update share_link_contents as fixed set version_id = nodes.version_id
    from nodes where nodes.id = fixed.node_id and fixed.share_link_id = ${shareLink}`.execute(tx)
}

/** Lets the assets in a link's contents be shown as they are. */
export async function unpinVersions(tx: Transaction, shareLink: ShareLinkId): Promise<void> {
  await tx
    .updateTable('share_link_contents')
    .set({ version_id: null })
    .where('share_link_id', '=', shareLink)
    .where('version_id', 'is not', null)
    .execute()
}

/** Forgets what was fixed for links. */
export async function deleteContents(tx: Transaction, shareLinks: readonly ShareLinkId[]): Promise<void> {
  await sql`delete from share_link_contents where share_link_id = any(${shareLinks}::uuid[])`.execute(tx)
}

/** What was moved of a link's contents since they were fixed, and is not in the trash. */
export async function selectMoved(db: Database, shareLink: ShareLinkId): Promise<NodeId[]> {
  const { rows } = await sql<{ id: NodeId }>`
    select id from share_link_contents join nodes on id = node_id
    where share_link_id = ${shareLink} and has_moved and not in_trash`.execute(db)
  return rows.map(({ id }) => id)
}

/** Those of the links of whose contents something was moved, and is not in the trash. */
export async function selectWithMoved(
  db: Database | Transaction,
  shareLinks: readonly ShareLinkId[],
): Promise<ReadonlySet<ShareLinkId>> {
  if (shareLinks.length === 0) return new Set()
  const { rows } = await sql<{ id: ShareLinkId }>`
    select distinct share_link_id as id from share_link_contents join nodes on nodes.id = node_id
    where share_link_id = any(${shareLinks}::uuid[]) and has_moved and not in_trash`.execute(db)
  return new Set(rows.map(({ id }) => id))
}
