import { UploadMetadata } from '@vitrine/api'
import { type BlobHash, type NodeId, requireName, requireRelativePath, VitrineError } from '@vitrine/domain'
import { parseRequest } from '../http/parse-request.ts'
import { metadataOf } from './tus-headers.ts'
import type { WantedUpload } from './upload-store.ts'

/**
 * What somebody wants to upload.
 *
 * @param metadata `Upload-Metadata`
 * @param size in bytes
 * @throws {VitrineError} `request/invalid`, `node/name-invalid`
 */
export function readWanted(metadata: string, size: number): WantedUpload {
  const { parent, name, relativePath, conflict, modifiedAt, sha256 } = parseRequest(
    UploadMetadata,
    Object.fromEntries(metadataOf(metadata)),
  )
  return {
    folder: parent as NodeId,
    path: pathOf(name, relativePath),
    conflict,
    modifiedAt: modifiedAt === undefined ? null : Date.parse(modifiedAt),
    expected: sha256 === undefined ? null : (sha256.toLowerCase() as BlobHash),
    metadata,
    size,
  }
}

function pathOf(name: string | undefined, relativePath: string | undefined): string[] {
  if (relativePath === undefined) {
    if (name !== undefined) return [requireName(name)]
    throw new VitrineError('request/invalid', 'The upload needs a name.', { field: 'name' })
  }
  const path = requireRelativePath(relativePath)
  if (name === undefined || requireName(name) === path.at(-1)) return path
  throw new VitrineError('request/invalid', 'The name is not that at the end of the path.', { field: 'name' })
}
