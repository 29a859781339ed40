import type { NodeSelection } from '@vitrine/api'
import type { NodeId, Subject } from '@vitrine/domain'
import { batches } from '../batches.ts'
import type { Transaction } from '../db/open.ts'
import { idsOfChildren } from '../repository/list-children.ts'
import { idsInTrash } from '../repository/list-trash.ts'

/** Ids that are handed on at a time. */
const batch = 5000

/**
 * The ids of what somebody has chosen, each once, in the order of their ids; whether what they named exists, nobody asks.
 *
 * @throws {VitrineError} `node/not-found`, `node/not-a-folder`
 */
export async function* selectedNodes(
  tx: Transaction,
  subject: Subject,
  selection: NodeSelection,
): AsyncGenerator<readonly NodeId[]> {
  if ('nodes' in selection) {
    yield* batches([...new Set(selection.nodes)].toSorted() as NodeId[], batch)
    return
  }
  const except = new Set<string>(selection.except)
  const all =
    'folder' in selection
      ? idsOfChildren(tx, subject, selection.folder as NodeId, selection.filter ?? '')
      : idsInTrash(tx, subject)
  for await (const ids of all) yield except.size === 0 ? ids : ids.filter((id) => !except.has(id))
}
