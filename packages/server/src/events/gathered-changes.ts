import type { NodeId, PrincipalId } from '@vitrine/domain'
import type { PersonalKind } from './change.ts'
import { allEntry, type ChangedNode, folderEntry, nodeEntry, personalEntry } from './change-payload.ts'

/** Nodes of one folder that are told one by one. When more have changed, the folder alone is told. */
const mostNodes = 20
/** Folders that are told one by one. When there are more, everybody is told to look again. */
const mostFolders = 1000

/** What one transaction has changed, in bounded memory: many changes in one folder become one. */
export class GatheredChanges {
  /** By folder: those of its children that have changed; `many`: the folder alone is told. */
  readonly #folders = new Map<NodeId | null, Map<NodeId, ChangedNode> | 'many'>()
  readonly #personal = new Set<string>()
  #isAll = false

  /** A node came, went or changed. */
  addNode(node: ChangedNode): void {
    if (this.#isAll) return
    const nodes = this.#folders.get(node.folder) ?? new Map<NodeId, ChangedNode>()
    if (nodes === 'many') return
    nodes.set(node.id, node)
    if (node.folder === null && nodes.size > mostFolders) return this.#tellAll()
    const isCrowded = nodes.size > mostNodes && node.folder !== null
    this.#set(node.folder, isCrowded ? 'many' : nodes)
  }

  /** Nobody says what changed in a folder. */
  addFolder(folder: NodeId): void {
    this.#set(folder, 'many')
  }

  /** Something of a person changed. */
  addPersonal(kind: PersonalKind, person: PrincipalId): void {
    this.#personal.add(personalEntry(kind, person))
  }

  /** Each change once. */
  *entries(): Generator<string> {
    if (this.#isAll) yield allEntry
    for (const [folder, nodes] of this.#folders) {
      if (nodes !== 'many') for (const node of nodes.values()) yield nodeEntry(node)
      else if (folder !== null) yield folderEntry(folder)
    }
    yield* this.#personal
  }

  #set(folder: NodeId | null, nodes: Map<NodeId, ChangedNode> | 'many'): void {
    if (this.#isAll) return
    this.#folders.set(folder, nodes)
    if (this.#folders.size > mostFolders) this.#tellAll()
  }

  #tellAll(): void {
    this.#isAll = true
    this.#folders.clear()
  }
}
