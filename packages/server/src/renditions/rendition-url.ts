import type { NodeId, RenditionName, VersionId } from '@vitrine/domain'

/**
 * Where people who are signed in get a rendition, root-relative. It names the version: with a new content comes a new
 * address, and no browser shows the old picture for it.
 */
export function renditionUrl(asset: NodeId, version: VersionId, name: RenditionName): string {
  return `/api/v1/nodes/${asset}/versions/${version}/renditions/${name}`
}
