import type { NodeId } from '@vitrine/domain'
import { requirePrivilege } from '../access/node-access.ts'
import { freeNameIn } from '../repository/free-name-in.ts'
import { nameTaken } from '../repository/ingest-files.ts'
import { childNamed } from '../repository/ingest-store.ts'
import type { KeptNode } from '../repository/read-node.ts'
import type { Batch } from './batch.ts'

/** How a node comes into a folder: under a name, not at all, or as a version of an asset that has its name. */
export type WayInto =
  | { readonly way: 'put'; readonly name: string }
  | { readonly way: 'skip' }
  | { readonly way: 'merge'; readonly into: NodeId }

/**
 * How a node comes into a folder under its own name, by what the operation says about names that are taken. Others may
 * take the name until it is used.
 *
 * @param own its id, when its own name there is not taken by another
 * @throws {VitrineError} `node/not-found` and `access/denied` about the folder, `node/name-taken`
 */
export async function wayInto(
  { tx, subject, operation }: Batch,
  { name, kind }: Pick<KeptNode, 'name' | 'kind'>,
  folder: NodeId,
  own?: NodeId,
): Promise<WayInto> {
  const taken = await childNamed(tx, folder, name)
  if (taken === undefined || taken.id === own) return { way: 'put', name }
  // Who lost the right to put something there since the operation began does not learn which names there are.
  await requirePrivilege(tx, subject, folder, 'create')
  const { conflict } = operation
  if (conflict === 'skip') return { way: 'skip' }
  if (conflict === 'keep-both') return { way: 'put', name: await freeNameIn(tx, folder, name, kind) }
  const areAssets = kind === 'asset' && taken.kind === 'asset'
  if (conflict === 'version' && areAssets) return { way: 'merge', into: taken.id }
  throw nameTaken(name)
}
