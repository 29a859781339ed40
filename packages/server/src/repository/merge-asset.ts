import { type BlobHash, type NodeId, type Subject, type VersionId } from '@vitrine/domain'
import { requirePrivilege } from '../access/node-access.ts'
import type { Transaction } from '../db/open.ts'
import { announceChange } from '../events/announce-change.ts'
import { requireNode } from './create-folder.ts'
import { notAnAsset } from './ingest-files.ts'
import { holdAssets } from './ingest-store.ts'
import { nodeById, type StoredNode } from './node-store.ts'
import { addVersion, type VersionParts } from './restore-version.ts'

/** What an asset holds now, and which of its versions was current before. */
export interface Merged {
  readonly blob: BlobHash
  readonly before: VersionId
}

/**
 * Makes the present content of an asset a version of another one, within a transaction of the caller. Takes
 * `download-original` on the one, as a copy does, and `modify` on the other.
 *
 * @returns undefined when the other one holds these bytes already
 * @throws {VitrineError} `node/not-found`, `access/denied`, `node/not-an-asset`
 */
export async function mergeWithin(
  parts: VersionParts,
  tx: Transaction,
  subject: Subject,
  { from, into }: { readonly from: NodeId; readonly into: NodeId },
): Promise<Merged | undefined> {
  await requirePrivilege(tx, subject, from, 'download-original')
  await requirePrivilege(tx, subject, into, 'modify')
  const source = requireContent(requireNode(await nodeById(tx, from)))
  const held = requireNode((await holdAssets(tx, [into])).get(into))
  const target = requireContent(held)
  if (source.blob === target.blob) return undefined
  await addVersion(parts, tx, subject, into, source)
  await announceChange(tx, { nodes: [{ id: into, folder: held.parent }] })
  return { blob: source.blob, before: target.version }
}

function requireContent({ id, name, version, blob, size, mediaType, modifiedAt }: StoredNode) {
  if (version !== null && blob !== null && size !== null && mediaType !== null) {
    return { version, blob, size, mediaType, modifiedAt }
  }
  throw notAnAsset({ id, name })
}
