import { createHash, randomBytes } from 'node:crypto'
import { crc32 } from 'node:zlib'
import { chmod, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { BlobHash } from '@vitrine/domain'
import * as fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { BlobStore, StagedBlob } from './blob-store.ts'

/** What every blob store promises, whatever it keeps the bytes in. */
export function blobStoreContract(name: string, make: () => Promise<BlobStore>): void {
  describe(`${name} is a blob store`, () => {
    let store: BlobStore
    let folder: string
    beforeAll(async () => {
      store = await make()
      folder = await mkdtemp(join(tmpdir(), 'vitrine-blobs-'))
    })
    afterAll(() => rm(folder, { recursive: true, force: true }))

    const put = async (bytes: Uint8Array, pieces = 1) => {
      const staged = await store.stage({ kind: 'stream', chunks: inPieces(bytes, pieces) })
      await store.place([staged])
      return staged
    }

    it('gives back any range of what was put, and knows it as other implementations do', async () => {
      await fc.assert(
        fc.asyncProperty(
          fc.uint8Array({ maxLength: 3000 }),
          fc.integer({ min: 1, max: 9 }),
          fc.nat(),
          fc.nat(),
          async (bytes, pieces, a, b) => {
            const { sha256, size, crc32: crc } = await put(bytes, pieces)
            expect({ sha256, size, crc }).toEqual({ sha256: sha256Of(bytes), size: bytes.length, crc: crc32(bytes) })
            const [start = 0, end = 0] = [a % (size + 1), b % (size + 1)].toSorted((x, y) => x - y)
            expect(await whole(store.read(sha256, { start, end }))).toEqual(Buffer.from(bytes.subarray(start, end)))
            expect(await whole(store.read(sha256))).toEqual(Buffer.from(bytes))
          },
        ),
        { numRuns: 40 },
      )
    })

    it('takes a file of this machine as it takes a stream, also one of several buffers', async () => {
      for (const length of [0, 1, 4096, (1 << 20) - 1, 1 << 20, (5 << 20) + 17]) {
        const bytes = randomBytes(length)
        const path = join(folder, `file-${length}`)
        await writeFile(path, bytes)
        const fromFile = await store.stage({ kind: 'file', path: Buffer.from(path) })
        const fromStream = await store.stage({ kind: 'stream', chunks: inPieces(bytes, 7) })
        await store.place([fromFile])
        expect({ ...fromFile, stagedAs: '' }).toEqual({ ...fromStream, stagedAs: '' })
        expect(sha256Of(await whole(store.read(fromFile.sha256)))).toBe(sha256Of(bytes))
        await store.discard([fromStream])
      }
    })

    it('keeps what it took when the file it came from is written to later', async () => {
      const path = join(folder, 'changing')
      await writeFile(path, 'before')
      const staged = await store.stage({ kind: 'file', path })
      await writeFile(path, 'AFTER!')
      await store.place([staged])
      expect((await whole(store.read(staged.sha256))).toString()).toBe('before')
    })

    it('does not follow a symbolic link', async () => {
      await writeFile(join(folder, 'aim'), 'secret')
      await symlink(join(folder, 'aim'), join(folder, 'link'))
      await expect(store.stage({ kind: 'file', path: join(folder, 'link') })).rejects.toThrow()
    })

    it('refuses what is no regular file, without waiting for it', async () => {
      await expect(store.stage({ kind: 'file', path: folder })).rejects.toThrow()
    })

    it('never shows a blob that was not put whole', async () => {
      const bytes = randomBytes(100_000)
      const broken = (async function* () {
        yield bytes
        throw new Error('the connection broke')
      })()
      await expect(store.stage({ kind: 'stream', chunks: broken })).rejects.toThrow('the connection broke')
      const staged = await store.stage({ kind: 'stream', chunks: inPieces(bytes, 1) })
      expect(await store.sizeOf(staged.sha256)).toBeUndefined()
      expect(await all(store.list())).not.toContain(staged.sha256)
      await store.discard([staged])
      expect(await store.sizeOf(staged.sha256)).toBeUndefined()
    })

    it('keeps one copy of equal contents put at the same time', async () => {
      const bytes = randomBytes(50_000)
      const placed = await Promise.all(Array.from({ length: 12 }, () => put(bytes, 3)))
      expect(new Set(placed.map(({ sha256 }) => sha256))).toEqual(new Set([sha256Of(bytes)]))
      expect((await all(store.list())).filter((one) => one === sha256Of(bytes))).toHaveLength(1)
      expect(await whole(store.read(sha256Of(bytes)))).toEqual(bytes)
    })

    it('places many at once', async () => {
      const contents = Array.from({ length: 60 }, () => randomBytes(100))
      const staged: StagedBlob[] = []
      for (const bytes of contents) staged.push(await store.stage({ kind: 'stream', chunks: inPieces(bytes, 1) }))
      await store.place(staged)
      const kept = new Set(await all(store.list()))
      expect(contents.filter((bytes) => !kept.has(sha256Of(bytes)))).toEqual([])
    })

    it('calls a blob damaged that it does not have, or that is shorter than was asked for', async () => {
      const unknown = sha256Of(randomBytes(8))
      await expect(whole(store.read(unknown))).rejects.toMatchObject({ code: 'blob/damaged' })
      const { sha256 } = await put(Buffer.from('short'))
      await expect(whole(store.read(sha256, { start: 0, end: 6 }))).rejects.toMatchObject({ code: 'blob/damaged' })
    })

    it('removes a blob, and does not mind when it is not there', async () => {
      const { sha256 } = await put(randomBytes(10))
      await store.remove(sha256)
      await store.remove(sha256)
      expect(await store.sizeOf(sha256)).toBeUndefined()
      expect(await all(store.list())).not.toContain(sha256)
    })

    it('tells the media type from the first bytes, however they come', async () => {
      const png = Buffer.from('89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c489', 'hex')
      expect((await put(png, 20)).mediaType).toBe('image/png')
      expect((await put(Buffer.from('just words'))).mediaType).toBe('application/octet-stream')
    })

    it('takes a file that only its owner may read', async () => {
      const path = join(folder, 'private')
      await writeFile(path, 'mine')
      await chmod(path, 0o400)
      const staged = await store.stage({ kind: 'file', path })
      await store.place([staged])
      expect(await store.sizeOf(staged.sha256)).toBe(4)
    })
  })
}

/** The bytes in so many pieces. */
async function* inPieces(bytes: Uint8Array, pieces: number): AsyncGenerator<Uint8Array> {
  const length = Math.max(1, Math.ceil(bytes.length / pieces))
  for (let at = 0; at < bytes.length; at += length) yield bytes.slice(at, at + length)
}

function sha256Of(bytes: Uint8Array): BlobHash {
  return createHash('sha256').update(bytes).digest('hex') as BlobHash
}

/** Every piece that comes, in one. */
async function whole(chunks: AsyncIterable<Uint8Array>): Promise<Buffer> {
  return Buffer.concat(await all(chunks))
}

async function all<Item>(items: AsyncIterable<Item>): Promise<Item[]> {
  const list: Item[] = []
  for await (const item of items) list.push(item)
  return list
}
