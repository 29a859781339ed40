import {
  privilegesAt,
  standingAbove,
  standingAt,
  VitrineError,
  type Acl,
  type NodeId,
  type Privilege,
  type Standing,
  type Subject,
} from '@vitrine/domain'
import { batches } from '../batches.ts'
import type { Database, Transaction } from '../db/open.ts'
import {
  entriesFor,
  entriesForAny,
  entriesOfChildren,
  listedAncestors,
  placesOf,
  selectWay,
  type Reach,
} from './access-store.ts'

/** What a subject may do; shared by many nodes, so never changed. */
export type Privileges = ReadonlySet<Privilege>

const none: Privileges = new Set()

/** Ids in one query at most: larger arrays gain nothing and hold the event loop. */
const batch = 5000

/** A node on the way to another one, or that node itself. */
export interface WayStep {
  readonly id: NodeId
  readonly kind: 'folder' | 'asset'
  /** What the subject may do with it. */
  readonly privileges: Privileges
  /** What nodes below start from. */
  readonly standing: Standing
}

/**
 * The way to a node: the root, each folder between, and last the node itself, with what a subject may do with each. Empty
 * when there is no such node or it lies in the trash.
 *
 * One query: for one node the quickest of all, and all that is to know of the folders above comes with it.
 */
export async function wayTo(db: Database | Transaction, subject: Subject, nodeId: NodeId): Promise<readonly WayStep[]> {
  let standing = standingAbove(subject)
  return (await selectWay(db, subject, nodeId)).map(({ id, kind, acl }) => {
    standing = standingAt(standing, acl)
    return { id, kind, privileges: privilegesAt(standing), standing }
  })
}

/** What a subject may do with a node. Nothing, when there is no such node or it lies in the trash. */
export async function privilegesOn(db: Database | Transaction, subject: Subject, nodeId: NodeId): Promise<Privileges> {
  return (await wayTo(db, subject, nodeId)).at(-1)?.privileges ?? none
}

/**
 * What a subject may do with each of many nodes. Each id asked for is in the answer, with no privileges when
 * there is no such node or it lies in the trash.
 *
 * Three queries for every 5,000 nodes, whatever the depth of the tree.
 */
export function privilegesOnAll(
  db: Database | Transaction,
  subject: Subject,
  nodeIds: readonly NodeId[],
): Promise<ReadonlyMap<NodeId, Privileges>> {
  return privilegesWithin(db, subject, nodeIds, 'met')
}

/**
 * What a subject could do with each of many nodes if none of them were in the trash: for the trash itself, which
 * else nobody meets. Costs what {@link privilegesOnAll} costs.
 */
export function privilegesDespiteTrash(
  db: Database | Transaction,
  subject: Subject,
  nodeIds: readonly NodeId[],
): Promise<ReadonlyMap<NodeId, Privileges>> {
  return privilegesWithin(db, subject, nodeIds, 'also-in-trash')
}

async function privilegesWithin(
  db: Database | Transaction,
  subject: Subject,
  nodeIds: readonly NodeId[],
  reach: Reach,
): Promise<ReadonlyMap<NodeId, Privileges>> {
  const found = new Map<NodeId, Privileges>(nodeIds.map((id) => [id, none]))
  for (const ids of batches([...found.keys()], batch)) {
    const places = await placesOf(db, ids, reach)
    const own = places.filter((place) => place.hasOwnAcl).map((place) => place.id)
    const folders = [...new Set(places.map((one) => one.folder))]
    const { standings, acls } = await standingsOf(db, subject, folders, { others: own, reach })
    for (const { id, folder } of places) {
      const inherited = standings.get(folder)
      // An asset's own entries; those of a folder are in its standing.
      const acl = id === folder ? undefined : acls.get(id)
      if (inherited) found.set(id, privilegesAt(acl ? standingAt(inherited, acl) : inherited))
    }
  }
  return found
}

/**
 * What a subject may do with each of many folders: for a walk of a large tree. Each id asked for is in the
 * answer, with no privileges when there is no such folder or it lies in the trash.
 *
 * An asset has the privileges of its folder, unless it has entries of its own (`nodes.has_acl`): for those
 * ask {@link privilegesOnAll}. Two queries for every 5,000 folders.
 */
export async function folderAccess(
  db: Database | Transaction,
  subject: Subject,
  folderIds: readonly NodeId[],
): Promise<ReadonlyMap<NodeId, Privileges>> {
  const found = new Map<NodeId, Privileges>(folderIds.map((id) => [id, none]))
  for (const ids of batches([...found.keys()], batch)) {
    const { standings } = await standingsOf(db, subject, ids, onlyMet)
    for (const [id, standing] of standings) found.set(id, privilegesAt(standing))
  }
  return found
}

/** What a subject may do with the nodes directly in a folder. */
export interface ChildAccess {
  /** With the folder itself, and with every child that is not an exception. */
  readonly inherited: Privileges
  /** Children whose own entries come to something else. */
  readonly exceptions: ReadonlyMap<NodeId, Privileges>
}

/**
 * What a subject may do with the children of a folder: nothing, when there is no such folder or it lies in
 * the trash. Looks at children that have entries alone, so that it costs nothing for all others.
 */
export async function childAccess(
  db: Database | Transaction,
  subject: Subject,
  folderId: NodeId,
): Promise<ChildAccess> {
  const [way, acls] = await Promise.all([wayTo(db, subject, folderId), entriesOfChildren(db, subject, folderId)])
  const folder = way.at(-1)
  if (folder?.kind !== 'folder') return { inherited: none, exceptions: new Map() }
  const inherited = folder.privileges
  const exceptions = new Map<NodeId, Privileges>()
  for (const [child, acl] of acls) {
    const own = privilegesAt(standingAt(folder.standing, acl))
    if (own !== inherited) exceptions.set(child, own)
  }
  return { inherited, exceptions }
}

/**
 * Lets through who has a privilege on a node.
 *
 * @returns everything that the subject may do with it
 * @throws {VitrineError} `node/not-found` when there is no such node, it lies in the trash, or the subject may
 * not read it: these look the same; `access/denied` when the subject may read it, but not this
 */
export async function requirePrivilege(
  db: Database | Transaction,
  subject: Subject,
  nodeId: NodeId,
  privilege: Privilege,
): Promise<Privileges> {
  return requireAmong(await privilegesOn(db, subject, nodeId), nodeId, privilege)
}

/**
 * Lets through who has a privilege among those that were looked up.
 *
 * @param granted everything that somebody may do with the node; undefined: there is none
 * @throws {VitrineError} what {@link requirePrivilege} throws
 */
export function requireAmong(granted: Privileges | undefined, nodeId: NodeId, privilege: Privilege): Privileges {
  if (!granted?.has('read')) throw new VitrineError('node/not-found', 'There is no such asset or folder.', { nodeId })
  if (granted.has(privilege)) return granted
  throw new VitrineError('access/denied', 'You may not do this here.', { nodeId, privilege })
}

/**
 * Those of many subjects who have all of the privileges on every one of the nodes; none, when a node does not exist or lies in
 * the trash. Three queries, however many subjects there are.
 *
 * @param nodeIds a thousand or so at most
 */
export async function subjectsWithAll(
  db: Database | Transaction,
  subjects: readonly Subject[],
  nodeIds: readonly NodeId[],
  privileges: readonly Privilege[],
): Promise<Subject[]> {
  const places = await placesOf(db, nodeIds, 'met')
  if (places.length < new Set(nodeIds).size) return []
  const chains = await listedAncestors(db, [...new Set(places.map(({ folder }) => folder))], 'met')
  const lines = places.map(({ id, folder, hasOwnAcl }) => (chains.get(folder) ?? []).concat(hasOwnAcl ? [id] : []))
  // Most nodes have the same lists above them: each such line is walked once for each subject.
  const distinct = [...new Map(lines.map((line) => [line.join(), line])).values()]
  const acls = await entriesForAny(db, subjects, [...new Set(distinct.flat())])
  return subjects.filter((subject) =>
    distinct.every((line) => {
      const granted = privilegesAt(walk(subject, line, acls))
      return privileges.every((privilege) => granted.has(privilege))
    }),
  )
}

interface Look {
  /** Nodes whose entries are wanted as well, from the same query. */
  readonly others: readonly NodeId[]
  readonly reach: Reach
}

const onlyMet: Look = { others: [], reach: 'met' }

interface Standings {
  /** Of each folder that exists and is not in the trash. */
  readonly standings: ReadonlyMap<NodeId, Standing>
  /** The entries that concern the subject, of every node that was looked at. */
  readonly acls: ReadonlyMap<NodeId, Acl>
}

async function standingsOf(
  db: Database | Transaction,
  subject: Subject,
  folders: readonly NodeId[],
  { others, reach }: Look,
): Promise<Standings> {
  const chains = await listedAncestors(db, folders, reach)
  const acls = await entriesFor(db, subject, [...new Set([...chains.values(), others].flat())])
  // Most folders have the same ancestors with entries, often the root alone: each such chain is walked once.
  const byChain = new Map<string, Standing>()
  const standings = new Map<NodeId, Standing>()
  for (const [folder, chain] of chains) {
    const key = chain.join()
    const standing = byChain.get(key) ?? walk(subject, chain, acls)
    byChain.set(key, standing)
    standings.set(folder, standing)
  }
  return { standings, acls }
}

function walk(subject: Subject, chain: readonly NodeId[], acls: ReadonlyMap<NodeId, Acl>): Standing {
  return chain.reduce((above, node) => standingAt(above, acls.get(node) ?? []), standingAbove(subject))
}
