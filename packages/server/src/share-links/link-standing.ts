import {
  suspensionReasons,
  type NodeId,
  type PrincipalId,
  type ShareLinkId,
  type Subject,
  type SuspensionReason,
} from '@vitrine/domain'
import { folderAccess, privilegesOnAll, type Privileges } from '../access/node-access.ts'
import { subjectsOf } from '../access/subject-store.ts'
import type { Database, Transaction } from '../db/open.ts'
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

/** How each of the links stands, in a bounded number of queries for each holder. */
export async function standingsOfLinks(
  db: Database | Transaction,
  shareLinks: readonly Pick<StoredShareLink, 'id' | 'holder'>[],
): Promise<ReadonlyMap<ShareLinkId, LinkStanding>> {
  const targets = await selectTargets(
    db,
    shareLinks.map(({ id }) => id),
  )
  const holders = await subjectsOf(db, [...new Set(shareLinks.map(({ holder }) => holder))])
  const standings = new Map<ShareLinkId, LinkStanding>()
  for (const [holderId, held] of Map.groupBy(shareLinks, ({ holder }) => holder)) {
    const holder = holders.get(holderId)
    if (holder === undefined) continue
    const nodes = [...new Set(held.flatMap(({ id }) => (targets.get(id) ?? []).map((target) => target.id)))]
    const privileges = await privilegesOnAll(db, holder, nodes)
    for (const { id } of held) standings.set(id, standingOf(holderId, holder, targets.get(id) ?? [], privileges))
  }
  return standings
}

function standingOf(
  holderId: PrincipalId,
  holder: Subject,
  targets: readonly StoredTarget[],
  privileges: ReadonlyMap<NodeId, Privileges>,
): LinkStanding {
  // A disabled user asks as nobody.
  const holderDisabled = holder.user !== holderId
  const standings = targets.map(({ id, inTrash }) => ({
    target: id,
    inTrash,
    mayRead: privileges.get(id)?.has('read') ?? false,
    mayShare: privileges.get(id)?.has('share') ?? false,
  }))
  return { holder, reasons: suspensionReasons(holderDisabled, standings), targets }
}

/**
 * The targets at which visitors begin: all that are not in the trash, but for those that they meet below another one.
 *
 * A target below another one stays where something between the two is hidden from them.
 */
export async function outermostTargets(db: Database, standing: LinkStanding): Promise<NodeId[]> {
  const present = standing.targets.filter(({ inTrash }) => !inTrash).map(({ id }) => id)
  if (present.length < 2) return present
  const all = new Set(present)
  const above = await selectFoldersAbove(db, present)
  const between = [...above.values()].flatMap((folders) => foldersToTarget(folders, all))
  const access = await folderAccess(db, standing.holder, [...new Set(between)])
  const isMetBelow = (id: NodeId) => {
    const way = foldersToTarget(above.get(id) ?? [], all)
    return way.length > 0 && way.every((folder) => isShown(access.get(folder) ?? new Set()))
  }
  return present.filter((id) => !isMetBelow(id))
}

/** The folders up to the nearest that is a target, that one among them; none when no folder above is one. */
function foldersToTarget(nearestFirst: readonly NodeId[], targets: ReadonlySet<NodeId>): readonly NodeId[] {
  return nearestFirst.slice(0, nearestFirst.findIndex((folder) => targets.has(folder)) + 1)
}
