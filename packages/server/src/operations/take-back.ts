import { type NodeId, VitrineError } from '@vitrine/domain'
import { childNamed } from '../repository/ingest-store.ts'
import { nameTaken } from '../repository/ingest-files.ts'
import { moveWithin } from '../repository/move-node.ts'
import { changedSince } from '../repository/node-tag.ts'
import { type KeptNode, readNode } from '../repository/read-node.ts'
import { placeGone, restoreWithin } from '../repository/restore-node.ts'
import { restoreVersionWithin } from '../repository/restore-version.ts'
import type { Batch } from './batch.ts'
import type { Effect, Outcome, Place } from './operation.ts'

/**
 * Takes back what an operation did to a node, if it is still as the operation left it: whole, or not at all. Rights are
 * those of now.
 *
 * @throws {VitrineError} what moving and restoring throw; `node/changed` when somebody has moved, renamed, replaced or
 * restored it since; `node/place-gone`, `node/name-taken` when its former place is not free for it
 */
export async function takeBack(batch: Batch, id: NodeId, effect: Effect): Promise<Outcome> {
  const { tx, subject } = batch
  if (effect.did === 'move') await moveBack(batch, id, effect)
  else await restoreWithin(tx, subject, id, { whenGone: 'refuse', whenTaken: 'refuse', trashedAt: effect.at })
  if (effect.did === 'merge') await bringBack(batch, effect)
  return { state: 'done' }
}

async function moveBack(
  { tx, subject }: Batch,
  id: NodeId,
  { from, to }: { readonly from: Place; readonly to: Place },
): Promise<void> {
  const node = await readNode(tx, subject, id)
  if (node.parent !== to.parent || node.name !== to.name) throw changedSince(node)
  await requireFree({ tx, subject }, from, node)
  await moveWithin(tx, subject, id, from)
}

async function requireFree(
  { tx, subject }: Pick<Batch, 'tx' | 'subject'>,
  place: Place,
  node: KeptNode,
): Promise<void> {
  const folder = await readNode(tx, subject, place.parent).catch((error: unknown) => {
    if (!(error instanceof VitrineError && error.code === 'node/not-found')) throw error
    throw placeGone(node)
  })
  if ((await childNamed(tx, folder.id, place.name)) !== undefined) throw nameTaken(place.name)
}

/** The content that was current before becomes so again, as a new version: nothing is lost. */
async function bringBack(
  { parts, tx, subject }: Batch,
  { into, blob, before }: Extract<Effect, { readonly did: 'merge' }>,
): Promise<void> {
  const target = await readNode(tx, subject, into)
  // By its bytes: of several that went into one asset, each is taken back by a version of its own.
  if (target.blob !== blob) throw changedSince(target)
  await restoreVersionWithin(parts, tx, subject, { asset: into, version: before })
}
