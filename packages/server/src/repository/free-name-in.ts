import { freeName, type NodeId, splitExtension } from '@vitrine/domain'
import type { Transaction } from '../db/open.ts'
import { childNamed } from './ingest-store.ts'
import type { StoredNode } from './node-store.ts'
import { takenNames } from './tree-store.ts'

/**
 * The wanted name, or the first that is free in a folder as `freeName` has it. Others may take it until it is used.
 *
 * Where the wanted name is free this costs one look-up, however large the folder is.
 */
export async function freeNameIn(
  tx: Transaction,
  folder: NodeId,
  wanted: string,
  kind: StoredNode['kind'],
): Promise<string> {
  if ((await childNamed(tx, folder, wanted)) === undefined) return wanted
  const taken = await takenNames(tx, folder, beginningOf(wanted))
  return freeName(wanted, (name) => taken.has(name), kind)
}

/** What every name that `freeName` makes of this one begins with: of a long stem this much stays beside the number. */
function beginningOf(name: string): string {
  return [...splitExtension(name).stem].slice(0, 40).join('')
}
