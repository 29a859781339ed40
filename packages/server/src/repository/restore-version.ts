import { type NodeId, type Subject, type VersionId, VitrineError } from '@vitrine/domain'
import { requirePrivilege } from '../access/node-access.ts'
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
export async function restoreVersion(
  parts: Pick<Parts, 'db' | 'queue' | 'clock' | 'newId'>,
  subject: Subject,
  asset: NodeId,
  version: VersionId,
): Promise<StoredVersion> {
  return inTransaction(parts.db, async (tx) => {
    await requirePrivilege(tx, subject, asset, 'modify')
    const { parent } = requireNode((await holdAssets(tx, [asset])).get(asset))
    const { blob, size, mediaType, modifiedAt } = requireVersion(await versionById(tx, asset, version))
    const id = parts.newId() as VersionId
    await insertVersions(tx, [{ id, asset, blob, size, mediaType, modifiedAt }], subject.user, parts.clock())
    await requestRenditions(tx, parts, [{ sha256: blob, mediaType }])
    await announceChange(tx, { nodes: [{ id: asset, folder: parent }] })
    return requireVersion(await versionById(tx, asset, id))
  })
}

/** @throws {VitrineError} `version/not-found` */
export function requireVersion(version: StoredVersion | undefined): StoredVersion {
  if (version) return version
  throw new VitrineError('version/not-found', 'There is no such version of this asset.')
}
