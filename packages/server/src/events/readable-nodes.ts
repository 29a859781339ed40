import { effectivePrivileges, type Acl, type NodeId, type Subject } from '@vitrine/domain'
import { aclsOnTheWay, type AclsOnTheWay } from '../access/acls-on-the-way.ts'
import { BoundedMap } from '../bounded-map.ts'
import type { Database } from '../db/open.ts'

/** Nodes that are remembered at most. */
const mostRemembered = 5000

/**
 * Who may read which node, at one access epoch: what decides about a node is looked up once for all who ask, and
 * remembered until the epoch moves.
 */
export class ReadableNodes {
  readonly #db: Database
  #epoch: number | undefined
  #known = new BoundedMap<NodeId, AclsOnTheWay>(mostRemembered)
  /** What was looked up last: it counts also where there is more of it than is remembered. */
  #latest: ReadonlyMap<NodeId, AclsOnTheWay> = new Map()

  constructor(db: Database) {
    this.#db = db
  }

  /** Looks up what is not known of nodes. @param epoch as it was read just now */
  async learn(epoch: number, ids: ReadonlySet<NodeId>): Promise<void> {
    if (epoch !== this.#epoch) {
      this.#epoch = epoch
      this.#known = new BoundedMap(mostRemembered)
    }
    const known = new Map([...ids].flatMap((id) => pairOf(id, this.#known.get(id))))
    const unknown = [...ids].filter((id) => !known.has(id))
    const found = unknown.length === 0 ? new Map<NodeId, AclsOnTheWay>() : await aclsOnTheWay(this.#db, unknown)
    for (const [id, acls] of found) this.#known.set(id, acls)
    this.#latest = new Map([...known, ...found])
  }

  /** Whether somebody may read a node that was learnt. */
  mayRead(subject: Subject, id: NodeId): boolean {
    return canRead(subject, this.#latest.get(id)?.path)
  }

  /** Whether somebody may read a node as the child of a folder that it is, or was, in. Both were learnt. */
  mayReadIn(subject: Subject, folder: NodeId, child: NodeId): boolean {
    const path = this.#latest.get(folder)?.path
    return canRead(subject, path && [...path, this.#latest.get(child)?.own ?? []])
  }
}

function canRead(subject: Subject, path: readonly Acl[] | undefined): boolean {
  return path !== undefined && effectivePrivileges(path, subject).has('read')
}

function pairOf(id: NodeId, acls: AclsOnTheWay | undefined): [NodeId, AclsOnTheWay][] {
  return acls ? [[id, acls]] : []
}
