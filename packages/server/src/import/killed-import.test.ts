import { spawn } from 'node:child_process'
import { createHash, randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type { ImportBody, NodeBody } from '@vitrine/api'
import { ROOT_ID } from '@vitrine/domain'
import { callerOf, makeTestDatabase, sendTo, withHeaders, type Caller } from '@vitrine/testkit'
import { expect, inject, it, onTestFinished } from 'vitest'
import { aDirectory, treeOf } from './import-story.ts'

const soak = process.env['SOAK'] === '1'
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
    const folder = await server.during(async (admin) => {
      const made = await admin.post('/api/v1/nodes', { parent: ROOT_ID, kind: 'folder', name: 'into' })
      const { id } = made.json<NodeBody>()
      await admin.post('/api/v1/imports', { directory: disk.path, folder: id })
      return id
    })

    const seen = new Map<string, string>()
    let atWork = 0
    for (let kill = 1; kill < kills; kill++) {
      await server.during(async (admin) => {
        // Whatever somebody has seen stays, with the same id.
        const tree = await treeOf(admin, folder)
        for (const [path, id] of seen) expect([path, tree.get(path)?.id]).toEqual([path, id])
        await expectWhole(tree, contents, server.folder)
        for (const [path, node] of tree) seen.set(path, node.id)
        if ([...tree.values()].filter(({ kind }) => kind === 'asset').length < files) atWork += 1
        // The import goes on by itself; where it has ended, a new one finds everything unchanged.
        await admin.post('/api/v1/imports', { directory: disk.path, folder })
        await sleep(Math.random() * (soak ? 700 : 400))
      })
    }
    expect(atWork).toBeGreaterThan(0)

    await server.during(async (admin) => {
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
    })
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

/** A server that runs while something is done with it, and is killed then. */
async function aKillableServer() {
  const folder = await mkdtemp(join(tmpdir(), 'vitrine-killed-'))
  const database = await makeTestDatabase(inject('testDatabaseServer'))
  onTestFinished(async () => {
    await database.drop()
    await rm(folder, { recursive: true, force: true })
  })
  const { PATH = '' } = process.env
  const env = {
    PATH,
    VITRINE_DATA: folder,
    DATABASE_URL: database.url,
    VITRINE_PORT: '0',
    VITRINE_LOG_LEVEL: 'fatal',
    VITRINE_ADMIN_PASSWORD: randomBytes(12).toString('hex'),
  }
  return {
    folder,
    async during<Result>(work: (admin: Caller) => Promise<Result>): Promise<Result> {
      const script = join(import.meta.dirname, 'serve.fixture.ts')
      const server = spawn(process.execPath, [script], { stdio: ['ignore', 'pipe', 'inherit'], env })
      const gone = once(server, 'exit')
      try {
        const [line] = (await Promise.race([
          once(server.stdout, 'data'),
          gone.then(() => Promise.reject(new Error('the server ended'))),
        ])) as [Buffer]
        const { url, token } = JSON.parse(line.toString()) as { url: string; token: string }
        const send = withHeaders(
          sendTo(url, () => {}),
          async () => ({ authorization: `Bearer ${token}` }),
        )
        return await work(callerOf(send))
      } finally {
        server.kill('SIGKILL')
        await gone
      }
    },
  }
}
