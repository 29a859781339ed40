import type { NodeId } from '@vitrine/domain'
import { batches } from '../batches.ts'
import type { Database, Transaction } from '../db/open.ts'
import { childrenNamed } from './ingest-store.ts'
import type { StoredNode } from './node-store.ts'

/** How far a path below a folder leads, at which somebody would put an asset. */
export interface PathStanding {
  /** The deepest folder on the way that is there; that it begins at, when none is. */
  readonly folder: NodeId
  /** Names of the folders on the way that are missing. */
  readonly missing: readonly string[]
  /** What has a name on the way: an asset where a folder should be, or whatever has the last name. */
  readonly taken: StoredNode | undefined
}

/** Names that are looked up in one query. */
const batch = 1000

/**
 * How far each of many paths leads. Nothing is said of rights.
 *
 * One query for each name of the longest path, and for each thousand paths.
 *
 * @param paths names in NFC, at least one each
 */
export async function resolvePaths(
  db: Database | Transaction,
  folder: NodeId,
  paths: readonly (readonly string[])[],
): Promise<PathStanding[]> {
  const walks = paths.map((path) => new Walk(folder, path))
  for (let active = walks; active.length > 0; active = active.filter(({ isOver }) => !isOver)) {
    const steps = new Map(active.map((walk) => [walk.key, walk.step]))
    const found = new Map<string, StoredNode>()
    for (const some of batches([...steps.values()], batch)) {
      for (const node of await childrenNamed(db, some)) found.set(keyOf(node.parent ?? folder, node.name), node)
    }
    for (const walk of active) walk.go(found.get(walk.key))
  }
  return walks
}

function keyOf(folder: NodeId, name: string): string {
  return `${folder}/${name}`
}

/** The way along one path. */
class Walk implements PathStanding {
  readonly #path: readonly string[]
  #depth = 0
  folder: NodeId
  taken: StoredNode | undefined
  isOver = false

  constructor(folder: NodeId, path: readonly string[]) {
    this.folder = folder
    this.#path = path
  }

  get missing(): readonly string[] {
    return this.#path.slice(this.#depth, -1)
  }

  /** What is looked for next. */
  get step(): { readonly folder: NodeId; readonly name: string } {
    return { folder: this.folder, name: this.#path[this.#depth] ?? '' }
  }

  get key(): string {
    return keyOf(this.step.folder, this.step.name)
  }

  /** Goes on with what was found. */
  go(found: StoredNode | undefined): void {
    const isLast = this.#depth === this.#path.length - 1
    if (found?.kind === 'folder' && !isLast) {
      this.folder = found.id
      this.#depth += 1
      return
    }
    this.taken = found
    this.isOver = true
  }
}
