import { type BlobHash, type NodeId, type PrincipalId, ROOT_ID, type VersionId } from '@vitrine/domain'
import { type Selectable, sql } from 'kysely'
import { hashOfBytes } from '../blobs/blob-hash.ts'
import type { Database, Transaction } from '../db/open.ts'
import type { Tables } from '../db/tables.ts'

/** A folder or an asset, as it is kept. */
export interface StoredNode {
  readonly id: NodeId
  /** Null for the root only. */
  readonly parent: NodeId | null
  readonly kind: 'folder' | 'asset'
  readonly name: string
  readonly sortKey: string
  /** The bytes of the name on the disk that it came from, where they differ from the name. */
  readonly sourceName: Buffer | null
  /** Has access control entries of its own: only then can it give other rights than its folder. */
  readonly hasAcl: boolean
  /** Lies in the trash, itself or with a folder above it. */
  readonly inTrash: boolean
  /** When it was put into the trash itself, in ms since the Unix epoch. */
  readonly trashedAt: number | null
  /** When it was given up for good, in ms since the Unix epoch: a job deletes it soon. */
  readonly removedAt: number | null
  /** In ms since the Unix epoch. */
  readonly createdAt: number
  readonly createdBy: PrincipalId
  /** When the content was last changed where it came from, in ms since the Unix epoch. */
  readonly modifiedAt: number
  /** The current version. Null for a folder. */
  readonly version: VersionId | null
  /** In bytes. Null for a folder. */
  readonly size: number | null
  /** Null for a folder. */
  readonly mediaType: string | null
  /** The current original. Null for a folder. */
  readonly blob: BlobHash | null
}

/** A node, also one in the trash. */
export async function nodeById(db: Database | Transaction, id: NodeId): Promise<StoredNode | undefined> {
  const row = await db.selectFrom('nodes').selectAll().where('id', '=', id).executeTakeFirst()
  return row && nodeOf(row)
}

/**
 * The node at a path, in one statement; none in the trash.
 *
 * @param names from below the root, in NFC; none: the root
 */
export async function nodeByPath(
  db: Database | Transaction,
  names: readonly string[],
): Promise<StoredNode | undefined> {
  const { rows } = await sql<NodeRow>`
    with recursive walk (id, depth) as (
      select ${ROOT_ID}::uuid, 0
      union all
      select child.id, walk.depth + 1
      from walk join nodes as child
        on child.parent_id = walk.id and child.name = (${names}::text[])[walk.depth + 1] and child.trashed_at is null
      where walk.depth < ${names.length}
    )
    select nodes.* from walk join nodes using (id) where walk.depth = ${names.length} and not nodes.in_trash`.execute(
    db,
  )
  return rows[0] && nodeOf(rows[0])
}

/** The folders above a node, the root first, and itself last. Empty when there is no such node. */
export async function lineOf(db: Database | Transaction, id: NodeId): Promise<StoredNode[]> {
  const { rows } = await sql<NodeRow & { above: number }>`
    select nodes.*, tree.depth + (case when self.kind = 'asset' then 1 else 0 end) as above
    from nodes as self
    join folder_tree as tree
      on tree.descendant_id = case when self.kind = 'folder' then self.id else self.parent_id end
    join nodes on nodes.id = tree.ancestor_id
    where self.id = ${id}
    union all
    select nodes.*, 0 from nodes where id = ${id} and kind = 'asset'
    order by above desc`.execute(db)
  return rows.map(nodeOf)
}

/** The path of a line of nodes that begins at the root: `/` for the root, else with a slash before each name. */
export function pathOfLine(line: readonly Pick<StoredNode, 'name'>[]): string {
  return line.length <= 1
    ? '/'
    : line
        .slice(1)
        .map(({ name }) => `/${name}`)
        .join('')
}

/** The paths of nodes for people, also of those in the trash, in one statement. What does not exist is missing. */
export async function pathsOf(db: Database | Transaction, ids: readonly NodeId[]): Promise<Map<NodeId, string>> {
  const { rows } = await sql<{ id: NodeId; names: string[] }>`
    select self.id, array_agg(above.name order by tree.depth desc) filter (where above.parent_id is not null)
      || case when self.kind = 'asset' then array[self.name] else array[]::text[] end as names
    from nodes as self
    join folder_tree as tree
      on tree.descendant_id = case when self.kind = 'folder' then self.id else self.parent_id end
    join nodes as above on above.id = tree.ancestor_id
    where self.id = any(${ids}::uuid[])
    group by self.id, self.kind, self.name`.execute(db)
  return new Map(rows.map(({ id, names }) => [id, `/${names.join('/')}`]))
}

/** The path of a node for people. Empty when there is no such node. */
export async function pathOf(db: Database | Transaction, id: NodeId): Promise<string> {
  const line = await lineOf(db, id)
  return line.length === 0 ? '' : pathOfLine(line)
}

/** A row of `nodes`. */
export type NodeRow = Selectable<Tables['nodes']>

/** A row of `nodes`, as a node. */
export function nodeOf(row: NodeRow): StoredNode {
  return {
    id: row.id as NodeId,
    parent: row.parent_id as NodeId | null,
    kind: row.kind as 'folder' | 'asset',
    name: row.name,
    sortKey: row.sort_key,
    sourceName: row.source_name,
    hasAcl: row.has_acl,
    inTrash: row.in_trash,
    trashedAt: row.trashed_at && row.trashed_at.getTime(),
    removedAt: row.removed_at && row.removed_at.getTime(),
    createdAt: row.created_at.getTime(),
    createdBy: row.created_by as PrincipalId,
    modifiedAt: row.modified_at.getTime(),
    version: row.version_id as VersionId | null,
    size: row.size,
    mediaType: row.media_type,
    blob: row.blob_sha256 && hashOfBytes(row.blob_sha256),
  }
}
