import type { NodeId, Subject } from '@vitrine/domain'
import { childAccess, type ChildAccess, folderAccess, type Privileges, privilegesOnAll } from '../access/node-access.ts'
import type { Database, Transaction } from '../db/open.ts'
import { countAllChildren, type NodeSource, type Scope, selectChildrenWithAcl } from './children-store.ts'

/** Whether somebody who may do this with a node is to see it. */
export type IsSeen = (privileges: Privileges) => boolean

/** Whoever may read a node sees it. */
export const isRead: IsSeen = (privileges) => privileges.has('read')

/** The children of a folder that somebody sees, and what they may do with them. */
export interface SeenChildren extends ChildAccess {
  readonly scope: Scope
}

/** The children of a folder that a subject sees. Those without entries of their own cost nothing. */
export async function seenChildren(
  db: Database | Transaction,
  subject: Subject,
  folder: NodeId,
  isSeen: IsSeen,
): Promise<SeenChildren> {
  const access = await childAccess(db, subject, folder)
  const seesMost = isSeen(access.inherited)
  const others = [...access.exceptions].filter(([, own]) => isSeen(own) !== seesMost).map(([id]) => id)
  return { ...access, scope: seesMost ? { folder, without: others } : { nodes: others } }
}

/** How many children of each folder a subject sees, in a constant number of queries. */
export async function countChildren(
  db: Database | Transaction,
  source: NodeSource,
  subject: Subject,
  folders: readonly NodeId[],
  isSeen: IsSeen,
): Promise<ReadonlyMap<NodeId, number>> {
  if (folders.length === 0) return new Map()
  const [inherited, all, withAcl] = await Promise.all([
    folderAccess(db, subject, folders),
    countAllChildren(db, source, folders),
    selectChildrenWithAcl(db, source, folders),
  ])
  const own = await privilegesOnAll(
    db,
    subject,
    withAcl.map(({ id }) => id),
  )
  const sees = (privileges: Privileges | undefined) => privileges !== undefined && isSeen(privileges)
  const special = Map.groupBy(withAcl, ({ folder }) => folder)
  const countIn = (folder: NodeId) => {
    const ones = special.get(folder) ?? []
    const plain = sees(inherited.get(folder)) ? (all.get(folder) ?? 0) - ones.length : 0
    return plain + ones.filter(({ id }) => sees(own.get(id))).length
  }
  return new Map(folders.map((folder) => [folder, countIn(folder)]))
}
