import { type NodeId, type Subject, type VersionId, VitrineError } from '@vitrine/domain'
import { requirePrivilege } from '../access/node-access.ts'
import type { Transaction } from '../db/open.ts'
import { inTransaction } from '../db/transaction.ts'
import { announceChange } from '../events/announce-change.ts'
import type { Parts } from '../parts.ts'
import { requestRenditions } from '../renditions/request-renditions.ts'
import { requireNode } from './create-folder.ts'
import { holdAssets } from './ingest-store.ts'
import { insertVersions, type StoredVersion, versionById } from './version-store.ts'

/**
 * Makes an earlier state of an asset the current one: as a new version, so that nothing is lost. Takes `modify`.
 *
 * @throws {VitrineError} `node/not-found`, `access/denied`, `version/not-found`
 */
export function restoreVersion(
  parts: Pick<Parts, 'db' | 'queue' | 'clock' | 'newId'>,
  subject: Subject,
  asset: NodeId,
  version: VersionId,
): Promise<StoredVersion> {
  return inTransaction(parts.db, async (tx) => {
    const made = await restoreVersionWithin(parts, tx, subject, { asset, version })
    return requireVersion(await versionById(tx, asset, made))
  })
}

/** Does what {@link restoreVersion} does, within a transaction of the caller. Answers the id of the new version. */
export async function restoreVersionWithin(
  parts: VersionParts,
  tx: Transaction,
  subject: Subject,
  { asset, version }: { readonly asset: NodeId; readonly version: VersionId },
): Promise<VersionId> {
  await requirePrivilege(tx, subject, asset, 'modify')
  const { parent } = requireNode((await holdAssets(tx, [asset])).get(asset))
  await announceChange(tx, { nodes: [{ id: asset, folder: parent }] })
  return addVersion(parts, tx, subject, asset, requireVersion(await versionById(tx, asset, version)))
}

/** What adding a version within a transaction needs. */
export type VersionParts = Pick<Parts, 'queue' | 'clock' | 'newId'>

/** A content that is stored already. */
export type KeptContent = Pick<StoredVersion, 'blob' | 'size' | 'mediaType' | 'modifiedAt'>

/** Makes a content that is stored already the current version of an asset that is held. Answers the id of that version. */
export async function addVersion(
  parts: VersionParts,
  tx: Transaction,
  subject: Subject,
  asset: NodeId,
  { blob, size, mediaType, modifiedAt }: KeptContent,
): Promise<VersionId> {
  const id = parts.newId() as VersionId
  await insertVersions(tx, [{ id, asset, blob, size, mediaType, modifiedAt }], subject.user, parts.clock())
  await requestRenditions(tx, parts, [{ sha256: blob, mediaType }])
  return id
}

/** @throws {VitrineError} `version/not-found` */
export function requireVersion(version: StoredVersion | undefined): StoredVersion {
  if (version) return version
  throw new VitrineError('version/not-found', 'There is no such version of this asset.')
}
