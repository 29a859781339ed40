import type { NodeBody, NodeDetail, NodeItem, VersionBody } from '@vitrine/api'
import { thumbnailName } from '@vitrine/domain'
import type { Privileges } from '../access/node-access.ts'
import { renditionUrl } from '../renditions/rendition-url.ts'
import type { ListedNode } from './children-store.ts'
import type { NodeFacts } from './node-facts.ts'
import { pathOfLine, type StoredNode } from './node-store.ts'
import type { StoredVersion } from './version-store.ts'
import type { ViewedNode } from './view-node.ts'

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

/** A node as it is listed. */
export function presentItem(node: ListedNode, path: string, facts: NodeFacts, privileges: Privileges): NodeItem {
  const children = facts.children.get(node.id)
  const hasThumbnail = node.blob !== null && facts.renditions.get(node.blob)?.[thumbnailName]?.state === 'ready'
  return {
    ...presentNode(node, path),
    ...(hasThumbnail && node.version !== null ? { thumbnail: renditionUrl(node.id, node.version, thumbnailName) } : {}),
    ...(node.pixels === null ? {} : { width: node.pixels.width, height: node.pixels.height }),
    ...(children === undefined ? {} : { children }),
    liveLinks: facts.liveLinks.get(node.id) ?? 0,
    may: [...privileges],
  }
}

/** A node with all that a page about it shows. */
export function presentDetail({ node, line, ancestors, privileges, facts, coveredBy }: ViewedNode): NodeDetail {
  return {
    ...presentItem(node, pathOfLine(line), facts, privileges),
    coveredBy,
    ancestors: ancestors.map(({ id, name }) => ({ id, name })),
  }
}

/** A version as the API answers it. */
export function presentVersion(version: StoredVersion): VersionBody {
  const { id, name, displayName } = version.creator
  return {
    id: version.id,
    number: version.number,
    size: version.size,
    mediaType: version.mediaType,
    sha256: version.blob,
    modifiedAt: new Date(version.modifiedAt).toISOString(),
    createdAt: new Date(version.createdAt).toISOString(),
    createdBy: id,
    creator: { id, name, displayName },
  }
}
