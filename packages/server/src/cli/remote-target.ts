import type { NodeBody } from '@vitrine/api'
import type { BlobHash, NodeId } from '@vitrine/domain'
import type { KnownChild, PlannedEntry } from '../import/plan-folder.ts'
import type { WalkTarget } from '../import/walk-folders.ts'
import { allOf } from './all-of.ts'
import type { ServerClient } from './server-client.ts'

/** The repository of a server that is reached over HTTP, as a walk over a directory fills it. */
export function remoteTarget(client: ServerClient): WalkTarget {
  return {
    childrenOf: (folder) => childrenOf(client, folder),
    folderFor: async (parent, planned) => planned.known?.id ?? (await makeFolder(client, parent, planned)),
  }
}

/** What a walk that only counts goes into: nothing is there, and nothing is made. */
export const countingTarget: WalkTarget = { childrenOf: async () => [], folderFor: async () => undefined }

async function childrenOf(client: ServerClient, folder: NodeId): Promise<KnownChild[]> {
  const children = await allOf<NodeBody>(client, `/api/v1/nodes/${folder}/children?limit=500`)
  return children.map(knownChild)
}

function knownChild(node: NodeBody): KnownChild {
  const { id, kind, name, sourceName, size, sha256, modifiedAt } = node
  return {
    id: id as NodeId,
    kind,
    name,
    sourceName: sourceName === undefined ? null : Buffer.from(sourceName, 'base64'),
    ...(size === undefined
      ? {}
      : {
          // The server does not say when it took the content in; its size and time have to do.
          current: { size, modifiedAt: Date.parse(modifiedAt), sha256: sha256 as BlobHash, storedAt: Infinity },
        }),
  }
}

async function makeFolder(
  client: ServerClient,
  parent: NodeId | undefined,
  planned: PlannedEntry,
): Promise<NodeId | undefined> {
  if (parent === undefined) return undefined
  const { entry, name, sourceName } = planned
  const made = await client.call<NodeBody>('POST', '/api/v1/nodes', {
    parent,
    kind: 'folder',
    name,
    modifiedAt: new Date(entry.modifiedAt).toISOString(),
    ...(sourceName === null ? {} : { sourceName: sourceName.toString('base64') }),
  })
  return made.id as NodeId
}
