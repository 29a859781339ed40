import type { NodeBody, VersionBody } from '@vitrine/api'
import type { StoredNode } from './node-store.ts'
import type { StoredVersion } from './version-store.ts'

/** A node as the API answers it. */
export function presentNode(node: StoredNode, path: string): NodeBody {
  return {
    id: node.id,
    kind: node.kind,
    name: node.name,
    path,
    parent: node.parent,
    modifiedAt: new Date(node.modifiedAt).toISOString(),
    createdAt: new Date(node.createdAt).toISOString(),
    ...(node.version === null ? {} : { version: node.version }),
    ...(node.size === null ? {} : { size: node.size }),
    ...(node.mediaType === null ? {} : { mediaType: node.mediaType }),
    ...(node.blob === null ? {} : { sha256: node.blob }),
    ...(node.sourceName === null ? {} : { sourceName: node.sourceName.toString('base64') }),
  }
}

/** A version as the API answers it. */
export function presentVersion(version: StoredVersion): VersionBody {
  return {
    id: version.id,
    number: version.number,
    size: version.size,
    mediaType: version.mediaType,
    sha256: version.blob,
    modifiedAt: new Date(version.modifiedAt).toISOString(),
    createdAt: new Date(version.createdAt).toISOString(),
    createdBy: version.createdBy,
  }
}
