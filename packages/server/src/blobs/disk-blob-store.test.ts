import { execFileSync } from 'node:child_process'
import { createHash, randomBytes, randomUUID } from 'node:crypto'
import { existsSync } from 'node:fs'
import { mkdtemp, readdir, rm, stat, truncate, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, describe, expect, it } from 'vitest'
import { mountSmallDisk } from './a-small-disk.ts'
import { blobStoreContract } from './blob-store.contract.ts'
import { DiskBlobStore } from './disk-blob-store.ts'

const leftovers: (() => Promise<void> | void)[] = []
afterEach(async () => {
  for (let undo = leftovers.pop(); undo; undo = leftovers.pop()) await undo()
})

/** Mounts a file system of so many megabytes on a folder. Says whether it could. */
function aSmallDisk(folder: string, type: 'tmpfs' | 'xfs', megabytes: number): boolean {
  const unmount = mountSmallDisk(folder, type, megabytes)
  if (unmount) leftovers.push(unmount)
  return unmount !== undefined
}

async function aFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'vitrine-disk-'))
  leftovers.push(() => rm(folder, { recursive: true, force: true }))
  return folder
}

const ofTheSuite: string[] = []
afterAll(() => Promise.all(ofTheSuite.map((folder) => rm(folder, { recursive: true, force: true }))))

blobStoreContract('DiskBlobStore', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'vitrine-disk-'))
  ofTheSuite.push(folder)
  return DiskBlobStore.open(folder)
})

describe('a store on disk', () => {
  it('lays blobs out by the first digits of their hash, readable for the owner alone', async () => {
    const folder = await aFolder()
    const store = await DiskBlobStore.open(folder)
    const staged = await store.stage({ kind: 'stream', chunks: once('content') })
    await store.place([staged])
    const { sha256 } = staged
    const path = join(folder, sha256.slice(0, 2), sha256.slice(2, 4), sha256)
    expect(store.pathOf(sha256)).toBe(path)
    expect((await stat(path)).mode & 0o777).toBe(0o400)
  })

  it('clears away when it opens what a process that died had staged', async () => {
    const folder = await aFolder()
    const store = await DiskBlobStore.open(folder)
    await store.stage({ kind: 'stream', chunks: once('left behind') })
    expect(await readdir(join(folder, 'staged'))).toHaveLength(1)
    const again = await DiskBlobStore.open(folder)
    expect(await readdir(join(folder, 'staged'))).toEqual([])
    const staged = await again.stage({ kind: 'stream', chunks: once('new') })
    await again.place([staged])
  })

  it('keeps what is unfinished when it opens, and hashes it anew', async () => {
    const folder = await aFolder()
    const [name, bytes] = [randomUUID(), randomBytes(3_000_000)]
    const first = await (await DiskBlobStore.open(folder)).openUnfinished(name, 0)
    await first?.append(once(bytes))
    await first?.close()
    const store = await DiskBlobStore.open(folder)
    const again = await store.openUnfinished(name, 2_000_000)
    await again?.append(once(bytes.subarray(2_000_000)))
    const { sha256 } = (await again?.facts()) ?? {}
    await again?.close()
    expect([again?.size, sha256]).toEqual([3_000_000, createHash('sha256').update(bytes).digest('hex')])
  })

  it('leaves nothing staged when the source breaks off', async () => {
    const folder = await aFolder()
    const store = await DiskBlobStore.open(folder)
    const broken = (async function* () {
      yield randomBytes(2_000_000)
      throw new Error('broke off')
    })()
    await expect(store.stage({ kind: 'stream', chunks: broken })).rejects.toThrow('broke off')
    expect(await readdir(join(folder, 'staged'))).toEqual([])
  })

  it('heals a blob that was cut short when the same bytes come again', async () => {
    const store = await DiskBlobStore.open(await aFolder())
    const first = await store.stage({ kind: 'stream', chunks: once('the whole content') })
    await store.place([first])
    await truncate(store.pathOf(first.sha256), 3)
    await store.place([await store.stage({ kind: 'stream', chunks: once('the whole content') })])
    expect(await store.sizeOf(first.sha256)).toBe(17)
  })
})

describe('a disk that is full', () => {
  it('is told as such, and what was written is gone again', async ({ skip }) => {
    const folder = await aFolder()
    if (!aSmallDisk(folder, 'tmpfs', 8)) skip('a small file system cannot be mounted here (needs root)')
    const store = await DiskBlobStore.open(folder)
    const free = await store.freeSpace()
    const large = (async function* () {
      for (let i = 0; i < 20; i++) yield randomBytes(1 << 20)
    })()
    await expect(store.stage({ kind: 'stream', chunks: large })).rejects.toMatchObject({ code: 'storage/full' })
    const path = join(await aFolder(), 'large')
    await writeFile(path, randomBytes(12 << 20))
    await expect(store.stage({ kind: 'file', path })).rejects.toMatchObject({ code: 'storage/full' })
    expect(await store.freeSpace()).toBe(free)
    const small = await store.stage({ kind: 'stream', chunks: once('there is room for this') })
    await store.place([small])
  })
})

describe('an unfinished blob on a disk that is full', () => {
  it('keeps what there was room for, and goes on from there when there is more', async ({ skip }) => {
    const folder = await aFolder()
    if (!aSmallDisk(folder, 'tmpfs', 8)) skip('a small file system cannot be mounted here (needs root)')
    const store = await DiskBlobStore.open(folder)
    const bytes = randomBytes(12 << 20)
    const pieces = async function* (from: number) {
      for (let at = from; at < bytes.length; at += 1 << 16) yield bytes.subarray(at, at + (1 << 16))
    }
    const name = randomUUID()
    const blob = await store.openUnfinished(name, 0)
    await expect(blob?.append(pieces(0))).rejects.toMatchObject({ code: 'storage/full' })
    await blob?.close()
    const size = blob?.size ?? 0
    expect(size).toBeGreaterThan(6 << 20)
    execFileSync('mount', ['-o', 'remount,size=20m', folder])
    const again = await store.openUnfinished(name, size)
    await again?.append(pieces(size))
    expect((await again?.facts())?.sha256).toBe(createHash('sha256').update(bytes).digest('hex'))
    await again?.close()
  })
})

describe('a file system that can share blocks', () => {
  it('gives files by reflink, with the hash of what was taken', async ({ skip }) => {
    const folder = await aFolder()
    if (!existsSync('/sbin/mkfs.xfs') || !aSmallDisk(folder, 'xfs', 400)) {
      skip('XFS cannot be made and mounted here (needs root and mkfs.xfs)')
    }
    const store = await DiskBlobStore.open(join(folder, 'blobs'))
    const path = join(folder, 'large')
    await writeFile(path, randomBytes(64 << 20))
    expect(await store.takesByReflink(path)).toBe(true)
    const free = await store.freeSpace()
    const staged = await store.stage({ kind: 'file', path })
    await store.place([staged])
    expect(free - (await store.freeSpace())).toBeLessThan(8 << 20)
    await writeFile(path, 'changed')
    expect(await store.sizeOf(staged.sha256)).toBe(64 << 20)
  })
})

async function* once(content: string | Buffer): AsyncGenerator<Uint8Array> {
  yield Buffer.from(content)
}
