import { type NodeId, requireName, type Subject, type VersionId, VitrineError } from '@vitrine/domain'
import { folderAccess, type Privileges, privilegesOnAll, requirePrivilege } from '../access/node-access.ts'
import type { Transaction } from '../db/open.ts'
import { inTransaction } from '../db/transaction.ts'
import { announceChange } from '../events/announce-change.ts'
import type { Parts } from '../parts.ts'
import { assetsAfter, foldersWithin } from './copy-store.ts'
import { requireNode } from './create-folder.ts'
import { freeNameIn } from './free-name-in.ts'
import { nameTaken, requireFolder } from './ingest-files.ts'
import { insertAssets } from './ingest-store.ts'
import { nodeById, type StoredNode } from './node-store.ts'
import { holdFolders, insertFolder } from './tree-store.ts'
import { insertVersions } from './version-store.ts'

/** Assets of one folder that are copied at a time: memory stays bounded. */
const batch = 1000

/** Where a copy is to go. Without a name it gets the original's, or one that is free. */
export interface WantedCopy {
  readonly parent: NodeId
  readonly name?: string | undefined
}

/** What copying needs. */
export type CopyParts = Pick<Parts, 'db' | 'clock' | 'newId'>

/**
 * Copies an asset, or a folder with all below it: rows, never bytes. The copy has the present state alone, as version 1,
 * and no access control entries of its own.
 *
 * Takes `create` where it goes, and `read` and `download-original` on what is copied: in the copy the subject may have
 * more rights. What lies below and may not be read so is left out.
 *
 * @throws {VitrineError} `node/not-found`, `access/denied`, `node/not-a-folder`, `node/name-invalid`, `node/name-taken`
 */
export async function copyNode(
  parts: CopyParts,
  subject: Subject,
  id: NodeId,
  wanted: WantedCopy,
): Promise<StoredNode> {
  return inTransaction(parts.db, async (tx) =>
    requireNode(await nodeById(tx, await copyWithin(parts, tx, subject, id, wanted))),
  )
}

/** Does what {@link copyNode} does, within a transaction of the caller. Answers the id of the copy. */
export async function copyWithin(
  parts: Pick<CopyParts, 'clock' | 'newId'>,
  tx: Transaction,
  subject: Subject,
  id: NodeId,
  wanted: WantedCopy,
): Promise<NodeId> {
  const name = wanted.name === undefined ? undefined : requireName(wanted.name)
  await requirePrivilege(tx, subject, id, 'download-original')
  await requirePrivilege(tx, subject, wanted.parent, 'create')
  const node = requireNode(await nodeById(tx, id))
  requireFolder((await holdFolders(tx, [wanted.parent])).get(wanted.parent), wanted.parent)
  const run = new CopyRun(parts, tx, subject)
  const copy =
    node.kind === 'asset' ? await run.asset(node, wanted.parent, name) : await run.tree(node, wanted.parent, name)
  // Nobody looks into the folders of a copy yet.
  await announceChange(tx, { nodes: [{ id: copy, folder: wanted.parent }] })
  return copy
}

/** One copy under way, in one transaction. */
class CopyRun {
  readonly #parts: Pick<CopyParts, 'clock' | 'newId'>
  readonly #tx: Transaction
  readonly #subject: Subject
  readonly #now: number

  constructor(parts: Pick<CopyParts, 'clock' | 'newId'>, tx: Transaction, subject: Subject) {
    this.#parts = parts
    this.#tx = tx
    this.#subject = subject
    this.#now = parts.clock()
  }

  async asset(node: StoredNode, parent: NodeId, name: string | undefined): Promise<NodeId> {
    return this.#named(node, parent, name, async (given) => (await this.#assets([{ ...node, name: given }], parent))[0])
  }

  async tree(node: StoredNode, parent: NodeId, name: string | undefined): Promise<NodeId> {
    // Read before anything is made: the copy may lie in what is copied.
    const folders = await foldersWithin(this.#tx, node.id)
    const access = await folderAccess(
      this.#tx,
      this.#subject,
      folders.map(({ id }) => id),
    )
    const top = await this.#named(node, parent, name, (given) => this.#folder({ ...node, name: given }, parent))
    const copies = new Map<NodeId, NodeId>([[node.id, top]])
    for (const folder of folders.slice(1)) {
      const to = folder.parent && copies.get(folder.parent)
      if (!to || !mayCopy(access.get(folder.id))) continue
      const copy = await this.#folder(folder, to)
      if (copy) copies.set(folder.id, copy)
    }
    for (const [from, to] of copies) await this.#assetsOf(from, to)
    return top
  }

  /** Makes it under the name that is wanted, or under the first that is free. */
  async #named(
    node: StoredNode,
    parent: NodeId,
    name: string | undefined,
    make: (name: string) => Promise<NodeId | undefined>,
  ): Promise<NodeId> {
    if (name !== undefined) return (await make(name)) ?? fail(nameTaken(name))
    // Others may take a name that was free a moment ago: then the next one is tried.
    for (;;) {
      const made = await make(await freeNameIn(this.#tx, parent, node.name, node.kind))
      if (made) return made
    }
  }

  async #folder(node: StoredNode, parent: NodeId): Promise<NodeId | undefined> {
    const id = this.#parts.newId() as NodeId
    const { name, sourceName, modifiedAt } = node
    const folder = { id, parent, name, sourceName, modifiedAt, createdBy: this.#subject.user }
    return (await insertFolder(this.#tx, folder, this.#now)) ? id : undefined
  }

  async #assetsOf(from: NodeId, to: NodeId): Promise<void> {
    let page: StoredNode[] = []
    do {
      page = await assetsAfter(this.#tx, from, page.at(-1)?.id, batch)
      const own = page.filter(({ hasAcl }) => hasAcl).map(({ id }) => id)
      const access = await privilegesOnAll(this.#tx, this.#subject, own)
      await this.#assets(
        page.filter(({ id, hasAcl }) => !hasAcl || mayCopy(access.get(id))),
        to,
      )
    } while (page.length === batch)
  }

  /** Copies assets into one folder. Answers the ids of those whose names were free. */
  async #assets(nodes: readonly StoredNode[], folder: NodeId): Promise<NodeId[]> {
    const rows = nodes.flatMap(({ name, sourceName, modifiedAt, blob, size, mediaType }) => {
      if (blob === null || size === null || mediaType === null) return []
      const [id, version] = [this.#parts.newId() as NodeId, this.#parts.newId() as VersionId]
      return [{ id, version, folder, name, sourceName, modifiedAt, content: { blob, size, mediaType } }]
    })
    const by = this.#subject.user
    const made = await insertAssets(this.#tx, rows, by, this.#now)
    const kept = rows.filter(({ id }) => made.has(id))
    const versions = kept.map(({ id, version, modifiedAt, content }) => ({
      id: version,
      asset: id,
      modifiedAt,
      ...content,
    }))
    await insertVersions(this.#tx, versions, by, this.#now)
    return kept.map(({ id }) => id)
  }
}

function mayCopy(granted: Privileges | undefined): boolean {
  return granted !== undefined && granted.has('read') && granted.has('download-original')
}

function fail(error: VitrineError): never {
  throw error
}
