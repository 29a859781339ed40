import { createHash, randomBytes } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type { ImportBody, NodeBody } from '@vitrine/api'
import { aKillableServer } from '@vitrine/testkit'
import { aFolder, theRoot } from '@vitrine/testkit/share-link-words'
import { soak } from '@vitrine/testkit/soak'
import { expect, it, onTestFinished } from 'vitest'
import { aDirectory, treeOf } from './import-story.ts'

const kills = soak ? 120 : 8
const files = soak ? 6000 : 1200

it(
  `an import loses nothing and leaves nothing by halves when the server is killed ${kills} times`,
  async () => {
    await using disk = await aDirectory()
    const contents = new Map<string, Buffer>()
    for (let i = 0; i < files; i++) {
      const name = `folder ${i % 17}/${i % 5 === 0 ? `deeper ${i % 3}/` : ''}file ${i}.bin`
      const content = randomBytes(i % 97 === 0 ? 1_500_000 : 500 + (i % 7) * 1000)
      contents.set(name, content)
      await disk.write(name, content)
    }
    const server = await aKillableServer()
    onTestFinished(() => server.remove())
    const { id: folder } = await aFolder(server.admin, await theRoot(server.admin), 'into')
    await server.admin.post('/api/v1/imports', { directory: disk.path, folder })

    const seen = new Map<string, string>()
    let atWork = 0
    for (let kill = 1; kill < kills; kill++) {
      await server.kill()
      await server.start()
      // Whatever somebody has seen stays, with the same id.
      const tree = await treeOf(server.admin, folder)
      for (const [path, id] of seen) expect([path, tree.get(path)?.id]).toEqual([path, id])
      await expectWhole(tree, contents, server.folder)
      for (const [path, node] of tree) seen.set(path, node.id)
      if ([...tree.values()].filter(({ kind }) => kind === 'asset').length < files) atWork += 1
      // The import goes on by itself; where it has ended, a new one finds everything unchanged.
      await server.admin.post('/api/v1/imports', { directory: disk.path, folder })
      await sleep(Math.random() * (soak ? 700 : 400))
    }
    expect(atWork).toBeGreaterThan(0)

    await server.kill()
    await server.start()
    const { admin } = server
    const begun = await admin.post('/api/v1/imports', { directory: disk.path, folder })
    const now = async () => (await admin.get(`/api/v1/imports/${begun.json<ImportBody>().id}`)).json<ImportBody>()
    await expect.poll(async () => (await now()).state, { timeout: 120_000, interval: 100 }).toBe('done')
    expect((await now()).imported).toMatchObject({ files, newVersions: 0, renamed: [], skipped: [] })
    const tree = await treeOf(admin, folder)
    const assets = [...tree].filter(([, { kind }]) => kind === 'asset').map(([path]) => path)
    expect(assets.toSorted()).toEqual([...contents.keys()].toSorted())
    for (const [path, id] of seen) expect([path, tree.get(path)?.id]).toEqual([path, id])
    await expectWhole(tree, contents, server.folder)
    expect(await readdir(join(server.folder, 'blobs', 'staged'))).toEqual([])
  },
  soak ? 7_200_000 : 600_000,
)

/** Every asset that is seen has the bytes of its file on the disk. */
async function expectWhole(
  tree: ReadonlyMap<string, NodeBody>,
  contents: ReadonlyMap<string, Buffer>,
  folder: string,
): Promise<void> {
  for (const [path, { kind, sha256 = '', size }] of tree) {
    if (kind === 'folder') continue
    const stored = await readFile(join(folder, 'blobs', sha256.slice(0, 2), sha256.slice(2, 4), sha256))
    const found = [path, size, createHash('sha256').update(stored).digest('hex'), contents.get(path)?.equals(stored)]
    expect(found).toEqual([path, stored.length, sha256, true])
  }
}
