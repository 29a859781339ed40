import { isAdministrator, type NodeId, type Subject } from '@vitrine/domain'
import { privilegesDespiteTrash } from '../access/node-access.ts'
import type { Database, Transaction } from '../db/open.ts'
import type { Parts } from '../parts.ts'
import { allIds } from './all-ids.ts'
import { pathsOf } from './node-store.ts'
import {
  countTrash,
  selectTrash,
  selectTrashedFrom,
  selectTrashedIds,
  selectTrashedWithAcl,
  type TrashEntry,
  type TrashQuery,
  type TrashScope,
} from './trash-list-store.ts'

/** A page of the trash. */
export interface PageOfTrash {
  readonly entries: readonly TrashEntry[]
  /** Where each was, as that is called now. */
  readonly paths: ReadonlyMap<NodeId, string>
  /** How much there is in all. */
  readonly total: number
}

/** A page of what somebody may restore or remove for good. */
export async function listTrash({ db }: Pick<Parts, 'db'>, subject: Subject, query: TrashQuery): Promise<PageOfTrash> {
  const scope = await trashOf(db, subject)
  const [entries, total] = await Promise.all([selectTrash(db, scope, query), countTrash(db, scope)])
  const paths = await pathsOf(
    db,
    entries.map(({ id }) => id),
  )
  return { entries, paths, total }
}

/**
 * What of the trash somebody may restore or remove: what they put there, and what they have `delete` on; only what they
 * may read. Rights are asked for each folder from which something came, and for what has entries of its own.
 */
async function trashOf(db: Database | Transaction, subject: Subject): Promise<TrashScope> {
  if (isAdministrator(subject)) return 'all'
  const froms = await selectTrashedFrom(db)
  const special = await selectTrashedWithAcl(db)
  const access = await privilegesDespiteTrash(db, subject, [...froms, ...special.map(({ id }) => id)])
  const may = (id: NodeId, privilege: 'read' | 'delete') => access.get(id)?.has(privilege) === true
  const read = froms.filter((id) => may(id, 'read'))
  const single = special.filter(
    ({ id, trashedBy }) => may(id, 'read') && (may(id, 'delete') || trashedBy === subject.user),
  )
  return {
    folders: read.filter((id) => may(id, 'delete')),
    ownIn: read.filter((id) => !may(id, 'delete')),
    person: subject.user,
    nodes: single.map(({ id }) => id),
  }
}

/** The ids of all that somebody may restore or remove, in the order of their ids. */
export async function* idsInTrash(db: Database | Transaction, subject: Subject): AsyncGenerator<readonly NodeId[]> {
  const scope = await trashOf(db, subject)
  yield* allIds((piece) => selectTrashedIds(db, scope, piece))
}
