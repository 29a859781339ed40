import type { NodeId, PrincipalId } from '@vitrine/domain'
import type { Database, Transaction } from '../db/open.ts'
import { doLast } from '../db/transaction.ts'
import { type ChangedNode, payloadsOf } from './change-payload.ts'
import { notifyChanges } from './change-store.ts'
import { GatheredChanges } from './gathered-changes.ts'

/** What a use case has changed. */
export interface Changed {
  /**
   * Nodes that came, went or changed themselves: name, content, access, renditions. One that was moved is named twice,
   * with the folder where it was and with the one where it is.
   */
  readonly nodes?: readonly ChangedNode[]
  /** Folders in which much has changed, or what everybody sees there. */
  readonly folders?: readonly (NodeId | null)[]
  /** Holders of share links that were made, changed, revoked, suspended or handed over. */
  readonly shareLinksOf?: readonly PrincipalId[]
  /** Users with a download that was queued, goes on or has ended. */
  readonly downloadsOf?: readonly PrincipalId[]
  /** People with a notice that is new or was read. */
  readonly noticesOf?: readonly PrincipalId[]
  /** Users with work that goes on in the background: imports, operations on many nodes. */
  readonly workOf?: readonly PrincipalId[]
}

const announcing = Symbol('announce changes')
const gathered = new WeakMap<Database, GatheredChanges>()

/**
 * Tells everybody who looks that something has changed: those alone who may see it, whatever is said here.
 *
 * Call it in the transaction that changes, as often as is handy: when that commits, what it came to is told in one
 * statement, many changes in one folder as one; when it fails, nothing is. Whoever tells something waits at the commit
 * for others who do: never announce what nobody could see.
 */
export async function announceChange(tx: Transaction, changed: Changed): Promise<void> {
  const changes = gathered.get(tx) ?? new GatheredChanges()
  gathered.set(tx, changes)
  gather(changes, changed)
  const isLater = doLast(tx, announcing, (last) => tell(last, changes))
  if (!isLater) throw new Error('changes are announced within inTransaction')
}

async function tell(tx: Transaction, changes: GatheredChanges): Promise<void> {
  const payloads = [...payloadsOf(changes.entries())]
  if (payloads.length > 0) await notifyChanges(tx, payloads)
}

function gather(changes: GatheredChanges, changed: Changed): void {
  const { nodes = [], folders = [], shareLinksOf = [], downloadsOf = [], noticesOf = [], workOf = [] } = changed
  for (const node of nodes) changes.addNode(node)
  for (const folder of folders) if (folder !== null) changes.addFolder(folder)
  for (const person of shareLinksOf) changes.addPersonal('share-links', person)
  for (const person of downloadsOf) changes.addPersonal('downloads', person)
  for (const person of noticesOf) changes.addPersonal('notices', person)
  for (const person of workOf) changes.addPersonal('work', person)
}
