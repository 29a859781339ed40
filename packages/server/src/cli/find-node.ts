import type { ServerClient } from './server-client.ts'
import { CliFailure } from './cli-failure.ts'

/** A node as `GET /api/v1/nodes?path=` answers it. */
export interface FoundNode {
  readonly id: string
  readonly kind: 'folder' | 'asset'
  readonly name: string
  readonly path: string
}

/** The node at a path of the repository. @throws {CliFailure} when there is none that this person may see */
export function nodeAt(client: ServerClient, path: string): Promise<FoundNode> {
  return client.call('GET', `/api/v1/nodes?path=${encodeURIComponent(path)}`)
}

/** The folder below the root with this name: the one that is there, or a new one. */
export async function folderForImport(client: ServerClient, name: string): Promise<FoundNode> {
  const path = name.startsWith('/') ? name : `/${name}`
  const there = await existing(client, path)
  if (there?.kind === 'asset') throw new CliFailure(`${path} is an asset, not a folder. Choose another --name.`)
  if (there !== undefined) return there
  const split = path.lastIndexOf('/')
  const parent = await nodeAt(client, path.slice(0, split) || '/')
  return client.call('POST', '/api/v1/nodes', { parent: parent.id, kind: 'folder', name: path.slice(split + 1) })
}

async function existing(client: ServerClient, path: string): Promise<FoundNode | undefined> {
  try {
    return await nodeAt(client, path)
  } catch (error) {
    if (error instanceof CliFailure && error.problem?.['code'] === 'node/not-found') return undefined
    throw error
  }
}
