import type { BlobHash, NodeId } from '@vitrine/domain'
import { sql, type RawBuilder } from 'kysely'
import { hashOfBytes } from '../blobs/blob-hash.ts'
import type { Database, Transaction } from '../db/open.ts'
import { named } from '../repository/children-store.ts'
import { nodesIn, type LinkContents } from '../share-links/link-contents-store.ts'

/** What is walked through. None of the roots lies below another one. */
export interface Selection {
  readonly roots: readonly NodeId[]
  /** Left out, with all that lies below. */
  readonly except: readonly NodeId[]
  /** Of the children of this folder, those alone whose names hold the text, whatever its case. */
  readonly only?: { readonly folder: NodeId; readonly filter: string } | undefined
}

/** Rows that are read at a time. */
const pageLength = 1000

/** A folder of a selection, in tree order: each before its sub-folders, siblings by name. */
export interface SelectedFolder {
  readonly id: NodeId
  readonly name: string
  readonly hasAcl: boolean
  /** In ms since the Unix epoch. */
  readonly modifiedAt: number
  /** 0 for one that was selected itself. */
  readonly depth: number
}

/** An asset of a selection, with its present version. */
export interface SelectedAsset {
  readonly name: string
  readonly hasAcl: boolean
  /** In bytes. */
  readonly size: number
  readonly crc32: number
  /** In ms since the Unix epoch. */
  readonly modifiedAt: number
  readonly mediaType: string
  /** The node's id (16 bytes) and its content's SHA-256 (32 bytes). */
  readonly key: Buffer
}

/**
 * The selected folders and all below them, in pages of 500. Nothing of what is in the trash, nor of what is excepted.
 *
 * The database puts them in order, and keeps what does not fit into its memory on its disk; here is one page at a time.
 */
export async function* selectFolders(
  tx: Transaction,
  contents: LinkContents,
  { roots, except, only }: Selection,
): AsyncGenerator<SelectedFolder[]> {
  // A path of numbers among siblings orders a tree, and takes 4 bytes a level. Two folders side by side are counted
  // by the database's own order of the key, which is that of the listing.
  await sql`
    declare selected_folders no scroll cursor for
    with recursive selected (id, name, has_acl, modified_at, depth, path) as (
      select id, name, has_acl, modified_at, 0, array[(row_number() over (order by sort_key, id))::int]
      from ${nodesIn(contents)}
      where id = any(${roots}::uuid[]) and kind = 'folder' and not in_trash and id <> all(${except}::uuid[])
      union all
      select nodes.id, nodes.name, nodes.has_acl, nodes.modified_at, depth + 1,
             path || (row_number() over (partition by above.id order by nodes.sort_key, nodes.id))::int
      from selected as above join ${nodesIn(contents)} on nodes.parent_id = above.id
      where nodes.kind = 'folder' and not nodes.in_trash and nodes.id <> all(${except}::uuid[])
        and ${isKept(only, sql`nodes`)}
    )
    select id, name, has_acl as "hasAcl", ${inMs(sql`modified_at`)} as "modifiedAt", depth
    from selected order by path`.execute(tx)
  yield* fetchAll<SelectedFolder>(tx, sql`selected_folders`, 500)
}

/** How many assets lie directly in each of the folders, in their order. */
export async function countAssets(
  tx: Transaction,
  contents: LinkContents,
  folders: readonly NodeId[],
  only: Selection['only'],
): Promise<number[]> {
  const { rows } = await sql<{ count: number }>`
    select (
      select count(*) from ${nodesIn(contents)}
      where parent_id = folder.id and kind = 'asset' and not in_trash and ${isKept(only, sql`nodes`)}
    ) as count
    from unnest(${folders}::uuid[]) with ordinality as folder (id, place) order by place`.execute(tx)
  return rows.map(({ count }) => count)
}

/** The assets directly in the folders, each with the place of its folder, from 0; in order. For some thousand at most. */
export async function selectAssetsOf(
  tx: Transaction,
  contents: LinkContents,
  folders: readonly NodeId[],
  only: Selection['only'],
): Promise<(SelectedAsset & { readonly place: number })[]> {
  const { rows } = await sql<SelectedAsset & { readonly place: number }>`
    select place - 1 as place, ${assetColumns}
    from unnest(${folders}::uuid[]) with ordinality as folder (folder_id, place)
    join ${nodesIn(contents)} on parent_id = folder_id and kind = 'asset' and not in_trash and ${isKept(only, sql`nodes`)}
    join blobs on sha256 = blob_sha256
    order by place, sort_key, id`.execute(tx)
  return rows
}

/** The assets directly in one folder, in order, in pages: however many there are. */
export async function* selectAssetsInPages(
  tx: Transaction,
  contents: LinkContents,
  folder: NodeId,
  only: Selection['only'],
): AsyncGenerator<SelectedAsset[]> {
  // Read along the index, so that the first page comes at once.
  await sql`
    declare selected_assets no scroll cursor for
    select ${assetColumns} from ${nodesIn(contents)} join blobs on sha256 = blob_sha256
    where parent_id = ${folder} and kind = 'asset' and not in_trash and ${isKept(only, sql`nodes`)}
    order by kind desc, sort_key, id`.execute(tx)
  yield* fetchAll<SelectedAsset>(tx, sql`selected_assets`, pageLength)
  await sql`close selected_assets`.execute(tx)
}

/** Those of the nodes that are assets, in order. */
export async function selectAssets(
  tx: Transaction,
  contents: LinkContents,
  ids: readonly NodeId[],
): Promise<SelectedAsset[]> {
  const { rows } = await sql<SelectedAsset>`
    select ${assetColumns} from ${nodesIn(contents)} join blobs on sha256 = blob_sha256
    where id = any(${ids}::uuid[]) and kind = 'asset' and not in_trash
    order by sort_key, id`.execute(tx)
  return rows
}

const assetColumns = sql`name, has_acl as "hasAcl", nodes.size, crc32, ${inMs(sql`modified_at`)} as "modifiedAt",
  nodes.media_type as "mediaType", uuid_send(id) || blob_sha256 as key`

/** Whether a selection with this filter keeps a node of the tree, by its own name. */
function isKept(only: Selection['only'], node: RawBuilder<unknown>): RawBuilder<unknown> {
  return only ? sql`(${node}.parent_id <> ${only.folder} or ${named(only.filter, sql`${node}.name`)})` : sql`true`
}

function inMs(time: RawBuilder<unknown>): RawBuilder<unknown> {
  return sql`(extract(epoch from ${time}) * 1000)::double precision`
}

async function* fetchAll<Row>(tx: Transaction, cursor: RawBuilder<unknown>, count: number): AsyncGenerator<Row[]> {
  for (;;) {
    const { rows } = await sql<Row>`fetch ${sql.lit(count)} from ${cursor}`.execute(tx)
    if (rows.length === 0) return
    yield rows
  }
}

/** A rendition that was asked for, of one source. */
export interface SelectedRendition {
  readonly source: BlobHash
  readonly name: string
  readonly state: 'queued' | 'ready' | 'failed'
  /** When it is ready: of the rendition. */
  readonly sha256: Buffer | null
  readonly size: number | null
  readonly crc32: number | null
  readonly mediaType: string | null
  /** When it failed: a sentence. */
  readonly failure: string | null
}

/** The renditions of these names that there are of these sources. */
export async function selectRenditionsOf(
  tx: Transaction,
  sources: readonly Buffer[],
  names: readonly string[],
): Promise<SelectedRendition[]> {
  const { rows } = await sql<Omit<SelectedRendition, 'source'> & { source: Buffer }>`
    select source_sha256 as source, name, state, blob_sha256 as sha256, blobs.size, crc32,
           renditions.media_type as "mediaType", failure
    from renditions left join blobs on blobs.sha256 = renditions.blob_sha256
    where source_sha256 = any(${sources}::bytea[]) and name = any(${names}::text[])`.execute(tx)
  return rows.map((row) => Object.assign(row, { source: hashOfBytes(row.source) }))
}

/**
 * The nodes without those that lie below another one of them, as they are now. Where contents were fixed, something that was
 * moved below a folder which is not among them is not met below it, and stays.
 */
export async function selectOutermost(
  db: Database,
  { mode, shareLink }: LinkContents,
  ids: readonly NodeId[],
): Promise<NodeId[]> {
  const isMet = sql`not exists (
    select from folder_tree as between
    where between.descendant_id = above.descendant_id and between.depth < above.depth and not exists (
      select from share_link_contents where share_link_id = ${shareLink} and node_id = between.ancestor_id
    )
  )`
  const { rows } = await sql<{ id: NodeId }>`
    select id from nodes
    where id = any(${ids}::uuid[]) and not exists (
      select from folder_tree as above
      where above.descendant_id = case kind when 'folder' then id else parent_id end
        and above.ancestor_id = any(${ids}::uuid[]) and above.ancestor_id <> nodes.id
        and ${mode === 'live' ? sql`true` : isMet}
    )`.execute(db)
  return rows.map(({ id }) => id)
}

/** How many assets the selection has at most, and their bytes; counted up to `most`. Rights are not looked at. */
export async function measureSelection(
  db: Database | Transaction,
  contents: LinkContents,
  { roots, except, only }: Selection,
  most: number,
): Promise<{ readonly assets: number; readonly bytes: number }> {
  const leftOut = sql`id = any(${except}::uuid[]) or exists (
    select from folder_tree as left_out
    where left_out.descendant_id = nodes.parent_id and left_out.ancestor_id = any(${except}::uuid[])
  )`
  const { rows } = await sql<{ assets: number; bytes: number }>`
    select count(*) as assets, coalesce(sum(size), 0)::bigint as bytes from (
      select size from ${nodesIn(contents)} where id = any(${roots}::uuid[]) and kind = 'asset' and not in_trash
      union all
      select nodes.size from folder_tree
      join ${nodesIn(contents)} on parent_id = descendant_id and kind = 'asset' and not in_trash
      where ancestor_id = any(${roots}::uuid[]) and id <> all(${roots}::uuid[]) and not (${leftOut}) ${keptOnly(only)}
      limit ${most}
    ) as selected`.execute(db)
  return rows[0] ?? { assets: 0, bytes: 0 }
}

/** Leaves out assets that the filter of a selection leaves out by their own name or by that of a folder above them. */
function keptOnly(only: Selection['only']): RawBuilder<unknown> {
  if (!only) return sql``
  return sql`and ${isKept(only, sql`nodes`)} and not exists (
    select from folder_tree as above join nodes as child on child.id = above.ancestor_id
    where above.descendant_id = nodes.parent_id and not ${isKept(only, sql`child`)}
  )`
}

/** Whether rights differ within the selection: something below it has entries of its own. */
export async function hasOwnRights(db: Database, roots: readonly NodeId[]): Promise<boolean> {
  const { rows } = await sql`
    select from folder_tree join nodes on parent_id = descendant_id
    where ancestor_id = any(${roots}::uuid[]) and has_acl and not in_trash limit 1`.execute(db)
  return rows.length > 0
}

/** Where nodes are now, as far as a download of them is concerned. */
export interface PresentPlace {
  readonly id: NodeId
  /** The folder whose rights the node has; itself where it has entries of its own, or is a folder. */
  readonly rightsOf: NodeId
}

/** The places of those of the nodes that are there and not in the trash. */
export async function selectPresentPlaces(db: Database, ids: readonly NodeId[]): Promise<PresentPlace[]> {
  const { rows } = await sql<PresentPlace>`
    select id, case when kind = 'folder' or has_acl then id else parent_id end as "rightsOf"
    from nodes where id = any(${ids}::uuid[]) and not in_trash`.execute(db)
  return rows
}

/** The names of nodes, in no order. */
export async function selectNames(
  db: Database,
  ids: readonly NodeId[],
): Promise<{ readonly kind: 'folder' | 'asset'; readonly name: string }[]> {
  const { rows } = await sql<{ kind: 'folder' | 'asset'; name: string }>`
    select kind, name from nodes where id = any(${ids}::uuid[])`.execute(db)
  return rows
}

/** The folder that all of the nodes lie directly in, if they do. */
export async function selectFolderAround(
  db: Database,
  ids: readonly NodeId[],
): Promise<{ readonly id: NodeId; readonly name: string } | undefined> {
  const { rows } = await sql<{ id: NodeId; name: string }>`
    select id, name from nodes
    where id in (select parent_id from nodes where id = any(${ids}::uuid[])) limit 2`.execute(db)
  return rows.length === 1 ? rows[0] : undefined
}
