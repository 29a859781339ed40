import { call } from '../api/client.ts'
import { codeOf } from '../api/failure-words.ts'
import type { UploadFolder, UploadResult } from './upload-entry.ts'

/**
 * Makes a folder with nothing in it, and those that it lies in; one that is there already is left as it is.
 *
 * @param relativePath `a/b/c`, below the folder
 * @throws RequestFailure
 */
export async function makeFolder(
  folder: UploadFolder,
  relativePath: string,
  signal: AbortSignal,
): Promise<UploadResult> {
  let made: UploadResult = { node: folder.id, outcome: 'unchanged' }
  for (const name of relativePath.split('/')) {
    signal.throwIfAborted()
    made = await ensureFolder(made.node, name)
  }
  return made
}

async function ensureFolder(parent: string, name: string): Promise<UploadResult> {
  try {
    const { id } = await call('POST /api/v1/nodes', { body: { parent, kind: 'folder', name } })
    return { node: id, outcome: 'created' }
  } catch (failure) {
    if (codeOf(failure) !== 'node/name-taken') throw failure
    const { path } = await call('GET /api/v1/nodes/:id', { params: { id: parent } })
    const inFull = `${path === '/' ? '' : path}/${name.normalize('NFC')}`
    const { id, kind } = await call('GET /api/v1/nodes', { query: { path: inFull } })
    if (kind !== 'folder') throw failure
    return { node: id, outcome: 'unchanged' }
  }
}
