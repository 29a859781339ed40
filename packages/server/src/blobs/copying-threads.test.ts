import { createHash, randomBytes } from 'node:crypto'
import { mkdtemp, open, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { CopyingThreads } from './copying-threads.ts'
import { EarlySync } from './early-sync.ts'

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'vitrine-copying-'))
})
afterAll(() => rm(folder, { recursive: true, force: true }))

async function aFile(name: string, size: number) {
  const [path, bytes] = [join(folder, name), randomBytes(size)]
  await writeFile(path, bytes)
  return { path, sha256: createHash('sha256').update(bytes).digest('hex'), bytes }
}

describe('copying threads', () => {
  it('copy more files than they are, one after the other', async () => {
    const threads = new CopyingThreads(2)
    const files = await Promise.all([1, 2, 3, 4, 5].map((n) => aFile(`many ${n}`, n * 300_001)))
    const hashes = await Promise.all(
      files.map(async ({ path }) => {
        await using from = await open(path)
        await using to = await open(`${path} copy`, 'wx')
        return (await threads.copy(from, to, {})).sha256
      }),
    )
    expect(hashes).toEqual(files.map(({ sha256 }) => sha256))
    for (const { path, bytes } of files) expect(await readFile(`${path} copy`)).toEqual(bytes)
  })

  it('only hash a file that is copied nowhere', async () => {
    const { path, sha256 } = await aFile('clone', 2_000_000)
    await using from = await open(path)
    expect(await new CopyingThreads(1).copy(from, undefined, {})).toMatchObject({ sha256, size: 2_000_000 })
  })

  it('say which side failed, and copy the next file', async () => {
    const threads = new CopyingThreads(1)
    const { path, sha256 } = await aFile('failing', 1_000_000)
    await using from = await open(path)
    await using onlyRead = await open(path, 'r')
    await expect(threads.copy(from, onlyRead, {})).rejects.toMatchObject({ code: 'EBADF' })
    await using onlyWritten = await open(join(folder, 'failing copy'), 'wx')
    await expect(threads.copy(onlyWritten, undefined, {})).rejects.toMatchObject({ code: 'import/unreadable' })
    await using again = await open(path)
    expect((await threads.copy(again, undefined, {})).sha256).toBe(sha256)
  })
})

describe('an early sync', () => {
  it('keeps its failure for the end, though later ones succeed', async () => {
    const { path } = await aFile('synced', 10)
    await using file = await open(path, 'r+')
    const outcomes = [() => Promise.reject(new Error('the disk lost it')), () => file.datasync()]
    const early = new EarlySync(Object.create(file, { datasync: { value: () => outcomes.shift()?.() } }))
    for (let i = 0; i < 2; i++) {
      early.wrote(64 << 20)
      await early.ended
    }
    expect(outcomes).toEqual([])
    expect(() => early.throwFailure()).toThrow('the disk lost it')
  })
})
