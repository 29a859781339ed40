import {
  suspensionReasons,
  type NodeId,
  type PrincipalId,
  type ShareLinkId,
  type Subject,
  type SuspensionReason,
} from '@vitrine/domain'
import { folderAccess, privilegesOnAll, subjectsWithAll, type Privileges } from '../access/node-access.ts'
import { subjectsOf } from '../access/subject-store.ts'
import type { Database, Transaction } from '../db/open.ts'
import { selectHeld, selectMoved, selectWithMoved, type LinkContents } from './link-contents-store.ts'
import { selectFoldersAbove } from './link-view-store.ts'
import { selectTargets, type StoredShareLink, type StoredTarget } from './share-link-store.ts'

/** How a link stands at an access epoch: whether it opens, and through whose eyes. */
export interface LinkStanding {
  readonly holder: Subject
  /** Why it does not open; empty: it opens. */
  readonly reasons: readonly SuspensionReason[]
  /** Its targets that were not removed for good, as chosen. */
  readonly targets: readonly StoredTarget[]
}

/** Whether what a holder may do with a node lets their links show it. */
export function isShown(privileges: Privileges): boolean {
  return privileges.has('read') && privileges.has('share')
}

/**
 * Those of the links that show a node in their contents to whoever opens them now, in their order: that open, and whose
 * holder may share it.
 */
export async function linksThatShow<Candidate extends Pick<StoredShareLink, 'id' | 'holder' | 'mode'>>(
  db: Database | Transaction,
  candidates: readonly Candidate[],
  node: NodeId,
): Promise<Candidate[]> {
  if (candidates.length === 0) return []
  const standings = await standingsOfLinks(db, candidates)
  const open = candidates.flatMap((candidate) => {
    const standing = standings.get(candidate.id)
    return standing?.reasons.length === 0 ? [{ candidate, standing }] : []
  })
  const holders = new Map(open.map(({ candidate, standing }) => [candidate.holder, standing.holder]))
  const sharing = await sharersOf(db, [...holders.values()], node)
  return open.map(({ candidate }) => candidate).filter(({ holder }) => sharing.has(holder))
}

/** Those of the holders who can let a link of theirs show a node. Three queries, however many they are. */
async function sharersOf(
  db: Database | Transaction,
  holders: readonly Subject[],
  node: NodeId,
): Promise<ReadonlySet<PrincipalId | undefined>> {
  const able = await subjectsWithAll(db, holders, [node], ['read', 'share'])
  return new Set(able.map(({ user }) => user))
}

/** How each of the links stands, in a bounded number of queries for each holder. */
export async function standingsOfLinks(
  db: Database | Transaction,
  shareLinks: readonly Pick<StoredShareLink, 'id' | 'holder' | 'mode'>[],
): Promise<ReadonlyMap<ShareLinkId, LinkStanding>> {
  const targets = await selectTargets(
    db,
    shareLinks.map(({ id }) => id),
  )
  const holders = await subjectsOf(db, [...new Set(shareLinks.map(({ holder }) => holder))])
  const moved = await selectWithMoved(
    db,
    shareLinks.filter(({ id, mode }) => mode !== 'live' && isAllInTrash(targets.get(id))).map(({ id }) => id),
  )
  const standings = new Map<ShareLinkId, LinkStanding>()
  for (const [holderId, held] of Map.groupBy(shareLinks, ({ holder }) => holder)) {
    const holder = holders.get(holderId)
    if (holder === undefined) continue
    const nodes = [...new Set(held.flatMap(({ id }) => (targets.get(id) ?? []).map((target) => target.id)))]
    const privileges = await privilegesOnAll(db, holder, nodes)
    for (const { id } of held) {
      const reasons = reasonsOf(holderId, holder, targets.get(id) ?? [], privileges, moved.has(id))
      standings.set(id, { holder, reasons, targets: targets.get(id) ?? [] })
    }
  }
  return standings
}

function isAllInTrash(targets: readonly StoredTarget[] = []): boolean {
  return targets.every(({ inTrash }) => inTrash)
}

function reasonsOf(
  holderId: PrincipalId,
  holder: Subject,
  targets: readonly StoredTarget[],
  privileges: ReadonlyMap<NodeId, Privileges>,
  isMoreLeft: boolean,
): SuspensionReason[] {
  // A disabled user asks as nobody.
  const holderDisabled = holder.user !== holderId
  const standings = targets.map(({ id, inTrash }) => ({
    target: id,
    inTrash,
    mayRead: privileges.get(id)?.has('read') ?? false,
    mayShare: privileges.get(id)?.has('share') ?? false,
  }))
  return suspensionReasons(holderDisabled, standings, isMoreLeft)
}

/**
 * The nodes at which visitors begin: all targets that are not in the trash, and what was moved out of them since they were
 * fixed; but for those that they meet below another one.
 *
 * One below another one stays where something between the two is hidden from them.
 */
export async function outermostNodes(db: Database, contents: LinkContents, standing: LinkStanding): Promise<NodeId[]> {
  const present = standing.targets.filter(({ inTrash }) => !inTrash).map(({ id }) => id)
  const begins =
    contents.mode === 'live' ? present : [...new Set([...present, ...(await shownMoved(db, contents, standing))])]
  if (begins.length < 2) return begins
  const all = new Set(begins)
  const above = await selectFoldersAbove(db, begins)
  const between = [...new Set([...above.values()].flatMap((folders) => foldersToTarget(folders, all)))]
  const [access, held] = await Promise.all([
    folderAccess(db, standing.holder, between),
    // What lies between targets of a live link is below one.
    contents.mode === 'live' ? between : selectHeld(db, contents, present, between),
  ])
  const passable = new Set(held.filter((id) => isShown(access.get(id) ?? new Set())))
  const isMetBelow = (id: NodeId) => {
    const way = foldersToTarget(above.get(id) ?? [], all)
    return way.length > 0 && way.every((folder) => passable.has(folder))
  }
  return begins.filter((id) => !isMetBelow(id))
}

async function shownMoved(db: Database, contents: LinkContents, { holder }: LinkStanding): Promise<NodeId[]> {
  const moved = await selectMoved(db, contents.shareLink)
  const privileges = await privilegesOnAll(db, holder, moved)
  return moved.filter((id) => isShown(privileges.get(id) ?? new Set()))
}

/** The folders up to the nearest at which visitors begin, that one among them; none when no folder above is one. */
function foldersToTarget(nearestFirst: readonly NodeId[], targets: ReadonlySet<NodeId>): readonly NodeId[] {
  return nearestFirst.slice(0, nearestFirst.findIndex((folder) => targets.has(folder)) + 1)
}
