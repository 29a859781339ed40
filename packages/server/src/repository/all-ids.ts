import type { NodeId } from '@vitrine/domain'

/** Some of many ids: those after one, in their order. */
export interface PieceOfIds {
  /** Undefined: from the first one on. */
  readonly after: NodeId | undefined
  /** So many at most. */
  readonly limit: number
}

/** Ids that are read in one query at most. */
const batch = 5000

/** All ids that are read piece by piece, in their order. No piece is empty. */
export async function* allIds(
  read: (piece: PieceOfIds) => Promise<readonly NodeId[]>,
): AsyncGenerator<readonly NodeId[]> {
  for (let ids: readonly NodeId[] = []; ;) {
    ids = await read({ after: ids.at(-1), limit: batch })
    if (ids.length > 0) yield ids
    if (ids.length < batch) return
  }
}
