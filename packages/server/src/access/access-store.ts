import {
  isAdministrator,
  type Ace,
  type Acl,
  type Effect,
  type NodeId,
  type PrincipalId,
  type Privilege,
  type Subject,
} from '@vitrine/domain'
import { type RawBuilder, sql } from 'kysely'
import type { Database, Transaction } from '../db/open.ts'

/** Where a node stands in the tree, as far as rights are concerned. */
export interface Place {
  readonly id: NodeId
  /** The folder whose ancestors are the node's: itself, or the one that an asset lies in. */
  readonly folder: NodeId
  /** An asset with entries of its own. Those of folders are found through the tree. */
  readonly hasOwnAcl: boolean
}

/** Which nodes are looked at: those that people meet, or also those in the trash, as if they still were in their places. */
export type Reach = 'met' | 'also-in-trash'

function reached(reach: Reach, alias: string): RawBuilder<unknown> {
  return reach === 'met' ? sql`and not ${sql.ref(`${alias}.in_trash`)}` : sql``
}

/** The places of nodes. What does not exist, or lies in the trash where that is not looked at, has none. */
export async function placesOf(db: Database | Transaction, ids: readonly NodeId[], reach: Reach): Promise<Place[]> {
  const { rows } = await sql<Place>`
    select id, case when kind = 'folder' then id else parent_id end as folder,
           kind = 'asset' and has_acl as "hasOwnAcl"
      from nodes n where id = any(${ids}::uuid[]) ${reached(reach, 'n')}`.execute(db)
  return rows
}

/**
 * For each folder those of its ancestors, itself among them, that have entries; the root first. A folder that does
 * not exist, or lies in the trash where that is not looked at, is missing; one without any such ancestor has an
 * empty list.
 */
export async function listedAncestors(
  db: Database | Transaction,
  folders: readonly NodeId[],
  reach: Reach,
): Promise<ReadonlyMap<NodeId, readonly NodeId[]>> {
  const { rows } = await sql<{ id: NodeId; chain: NodeId[] }>`
    select f.id, coalesce(array_agg(a.id order by t.depth desc) filter (where a.has_acl), '{}') as chain
      from nodes f
      join folder_tree t on t.descendant_id = f.id
      join nodes a on a.id = t.ancestor_id
     where f.id = any(${folders}::uuid[]) and f.kind = 'folder' ${reached(reach, 'f')}
     group by f.id`.execute(db)
  return new Map(rows.map(({ id, chain }) => [id, chain]))
}

/** A node on the way to another one, or that node itself. */
export interface StepOfWay {
  readonly id: NodeId
  readonly kind: 'folder' | 'asset'
  /** Its entries that concern the subject, in their order. */
  readonly acl: Acl
}

/**
 * The folders above a node, the root first, then the node itself, each with the entries that concern a subject. Empty when
 * there is no such node or it lies in the trash.
 *
 * `offset 0` as in {@link entriesOfChildren}.
 */
export async function selectWay(
  db: Database | Transaction,
  subject: Subject,
  nodeId: NodeId,
): Promise<readonly StepOfWay[]> {
  const principals = isAdministrator(subject) ? [] : principalsOf(subject)
  const { rows } = await sql<Pick<StepOfWay, 'id' | 'kind'> & (EntryRow | NoEntryRow)>`
    select step.id, step.kind, e.node_id, e.principal_id, e.effect, e.privileges
      from nodes as wanted
     cross join lateral (
       select ancestor_id as id, 'folder' as kind, depth from folder_tree
        where descendant_id = case wanted.kind when 'folder' then wanted.id else wanted.parent_id end
       union all
       select wanted.id, 'asset', -1 where wanted.kind = 'asset'
     ) as step
      left join lateral (
       select * from acl_entries
        where node_id = step.id and principal_id = any(${principals}::uuid[])
        offset 0
     ) e on true
     where wanted.id = ${nodeId} and not wanted.in_trash
     order by step.depth desc, e.position`.execute(db)
  const acls = grouped(rows.filter((row) => row.node_id !== null))
  const kinds = new Map(rows.map(({ id, kind }) => [id, kind]))
  return [...kinds].map(([id, kind]) => ({ id, kind, acl: acls.get(id) ?? [] }))
}

/** The entries of nodes that concern a subject, in their order. A node without any is missing. */
export async function entriesFor(
  db: Database | Transaction,
  subject: Subject,
  nodes: readonly NodeId[],
): Promise<ReadonlyMap<NodeId, Acl>> {
  return entriesForAny(db, [subject], nodes)
}

/** The entries of nodes that concern one of several subjects, in their order. A node without any is missing. */
export async function entriesForAny(
  db: Database | Transaction,
  subjects: readonly Subject[],
  nodes: readonly NodeId[],
): Promise<ReadonlyMap<NodeId, Acl>> {
  const principals = subjects.filter((subject) => !isAdministrator(subject)).flatMap(principalsOf)
  if (nodes.length === 0 || principals.length === 0) return new Map()
  const { rows } = await sql<EntryRow>`
    select node_id, principal_id, effect, privileges
      from acl_entries
     where node_id = any(${nodes}::uuid[]) and principal_id = any(${[...new Set(principals)]}::uuid[])
     order by node_id, position`.execute(db)
  return grouped(rows)
}

/** The entries of nodes, whomever they concern, in their order. A node without any is missing. */
export async function entriesOf(
  db: Database | Transaction,
  nodes: readonly NodeId[],
): Promise<ReadonlyMap<NodeId, Acl>> {
  if (nodes.length === 0) return new Map()
  const { rows } = await sql<EntryRow>`
    select node_id, principal_id, effect, privileges
      from acl_entries where node_id = any(${nodes}::uuid[])
     order by node_id, position`.execute(db)
  return grouped(rows)
}

/**
 * The entries that concern a subject of the nodes directly in a folder. Looks at children with entries alone.
 *
 * `offset 0` keeps the look-up of entries one for each such child. Joined, PostgreSQL takes the children
 * for many (it multiplies how many nodes are in the folder by how many have entries anywhere) and reads
 * every entry there is, for one child.
 */
export async function entriesOfChildren(
  db: Database | Transaction,
  subject: Subject,
  folder: NodeId,
): Promise<ReadonlyMap<NodeId, Acl>> {
  if (isAdministrator(subject)) return new Map()
  const { rows } = await sql<EntryRow>`
    select e.node_id, e.principal_id, e.effect, e.privileges
      from nodes n
     cross join lateral (
       select * from acl_entries
        where node_id = n.id and principal_id = any(${principalsOf(subject)}::uuid[])
        offset 0
     ) e
     where n.parent_id = ${folder} and n.has_acl and not n.in_trash
     order by e.node_id, e.position`.execute(db)
  return grouped(rows)
}

interface EntryRow {
  readonly node_id: NodeId
  readonly principal_id: PrincipalId
  readonly effect: Effect
  readonly privileges: Privilege[]
}

interface NoEntryRow {
  readonly node_id: null
}

function principalsOf(subject: Subject): PrincipalId[] {
  return [subject.user, ...subject.groups]
}

function grouped(rows: readonly EntryRow[]): ReadonlyMap<NodeId, Acl> {
  const acls = new Map<NodeId, Ace[]>()
  for (const { node_id: node, principal_id: principal, effect, privileges } of rows) {
    const acl = acls.get(node) ?? []
    acls.set(node, acl)
    acl.push({ principal, effect, privileges })
  }
  return acls
}
