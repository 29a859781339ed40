import { mkdir, mkdtemp, rm, utimes, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import type { ImportBody, NodeBody, NodePage } from '@vitrine/api'
import type { Caller } from '@vitrine/testkit'
import { expect } from 'vitest'

/** A directory of the disk that a test fills. Ends with `await using`. */
export interface TestDirectory extends AsyncDisposable {
  readonly path: string
  /** Writes files; an old time by default, so that they are settled. Names may be bytes. */
  write(name: string | Buffer, content?: string | Buffer, modifiedAt?: Date): Promise<void>
  /** Bytes of the path of a name in it. */
  bytesOf(name: string | Buffer): Buffer
}

/** When files of a test were last changed, unless it says otherwise. */
export const longAgo = new Date('2020-05-06T07:08:09.123Z')

/** A new directory. */
export async function aDirectory(): Promise<TestDirectory> {
  const path = await mkdtemp(join(tmpdir(), 'vitrine-import-'))
  const bytesOf = (name: string | Buffer) => Buffer.concat([Buffer.from(`${path}/`), Buffer.from(name)])
  return {
    path,
    bytesOf,
    async write(name, content = `content of ${name.toString('hex' as 'utf8')}`, modifiedAt = longAgo) {
      if (typeof name === 'string') await mkdir(dirname(join(path, name)), { recursive: true })
      await writeFile(bytesOf(name), content)
      await utimes(bytesOf(name), modifiedAt, modifiedAt)
    },
    [Symbol.asyncDispose]: () => rm(path, { recursive: true, force: true }),
  }
}

/** Starts an import and waits for its end. */
export async function imported(caller: Caller, directory: string, folder: string): Promise<ImportBody> {
  const answer = await caller.post('/api/v1/imports', { directory, folder })
  expect([answer.status, answer.text]).toEqual([202, answer.text])
  return ended(caller, answer.json<ImportBody>().id)
}

/** Waits for the end of an import. */
export async function ended(caller: Caller, id: string): Promise<ImportBody> {
  const now = async () => (await caller.get(`/api/v1/imports/${id}`)).json<ImportBody>()
  await expect.poll(async () => (await now()).state, { timeout: 60_000, interval: 20 }).not.toBe('running')
  return now()
}

/** Every node below a folder: its path below it, and the node. */
export async function treeOf(caller: Caller, folder: string, above = ''): Promise<Map<string, NodeBody>> {
  const tree = new Map<string, NodeBody>()
  let cursor = ''
  do {
    const page = (await caller.get(`/api/v1/nodes/${folder}/children?limit=500${cursor}`)).json<NodePage>()
    for (const node of page.items) {
      tree.set(`${above}${node.name}`, node)
      if (node.kind === 'asset') continue
      for (const [path, below] of await treeOf(caller, node.id, `${above}${node.name}/`)) tree.set(path, below)
    }
    cursor = page.next === null ? '' : `&cursor=${page.next}`
  } while (cursor !== '')
  return tree
}
