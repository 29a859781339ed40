import { createHash, randomBytes, randomUUID } from 'node:crypto'
import { crc32 } from 'node:zlib'
import { chmod, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { BlobHash } from '@vitrine/domain'
import * as fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { BlobStore, StagedBlob, UnfinishedBlob } from './blob-store.ts'

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
      for (const length of [0, 1, 4096, 1 << 18, (1 << 18) + 1, 1 << 20, (5 << 20) + 17, 70 << 20]) {
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

    it('takes many files at once, each as it is, and tells of every byte', async () => {
      const lengths = fc.array(fc.nat({ max: 600_000 }), { minLength: 1, maxLength: 12 })
      await fc.assert(
        fc.asyncProperty(lengths, async (sizes) => {
          const files = sizes.map((size) => ({ path: join(folder, randomUUID()), bytes: randomBytes(size) }))
          await Promise.all(files.map(({ path, bytes }) => writeFile(path, bytes)))
          const taken = await Promise.all(
            files.map(async ({ path }) => {
              let told = 0
              const staged = await store.stage({ kind: 'file', path, onBytes: (length) => (told += length) })
              return { staged, told }
            }),
          )
          const staged = taken.map((one) => one.staged)
          expect(staged.map(({ sha256, size, crc32: crc }) => ({ sha256, size, crc }))).toEqual(
            files.map(({ bytes }) => ({ sha256: sha256Of(bytes), size: bytes.length, crc: crc32(bytes) })),
          )
          expect(taken.map(({ told }) => told)).toEqual(sizes)
          await store.place(staged)
          for (const { bytes } of files) expect(await whole(store.read(sha256Of(bytes)))).toEqual(bytes)
        }),
        { numRuns: 15 },
      )
    })

    it('ends early when it is told to, with the reason, and takes the next file', async () => {
      const path = join(folder, 'broken off')
      const bytes = randomBytes(40 << 20)
      await writeFile(path, bytes)
      const ending = new AbortController()
      const reason = new Error('somebody cancelled')
      const stop = () => ending.abort(reason)
      await expect(store.stage({ kind: 'file', path, signal: ending.signal, onBytes: stop })).rejects.toBe(reason)
      await expect(store.stage({ kind: 'file', path, signal: ending.signal })).rejects.toBe(reason)
      const staged = await store.stage({ kind: 'file', path })
      expect(staged.sha256).toBe(sha256Of(bytes))
      await store.discard([staged])
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

    unfinishedContract(() => store)

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

/** What every store promises of blobs whose bytes come in pieces. */
function unfinishedContract(storeOf: () => BlobStore): void {
  it('knows a blob that came in pieces as it knows one that came at once, whoever went on with it', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.uint8Array({ maxLength: 2000 }), { maxLength: 6 }), async (pieces) => {
        const name = randomUUID()
        let size = 0
        for (const piece of pieces) {
          const blob = await opened(storeOf(), name, size)
          await blob.append(inPieces(piece, 3))
          size += piece.length
          expect(blob.size).toBe(size)
          await blob.close()
        }
        const bytes = Buffer.concat(pieces)
        const blob = await opened(storeOf(), name, size)
        const facts = await blob.facts()
        await blob.close()
        expect(facts).toMatchObject({ sha256: sha256Of(bytes), size: bytes.length, crc32: crc32(bytes) })
        await storeOf().place([storeOf().stagedUnfinished(name, facts)])
        expect(await whole(storeOf().read(facts.sha256))).toEqual(bytes)
        expect(await storeOf().sizeOfUnfinished(name)).toBeUndefined()
        expect(await storeOf().removeUnfinished(name)).toBe(true)
      }),
      { numRuns: 25 },
    )
  })

  it('keeps of an unfinished blob what came before the source failed, or nothing of that piece when asked so', async () => {
    const name = randomUUID()
    const blob = await opened(storeOf(), name, 0)
    await blob.append(inPieces(Buffer.from('first, '), 1))
    await expect(blob.append(breakingOff('second'))).rejects.toThrow('broke off')
    expect(blob.size).toBe(13)
    await expect(blob.append(breakingOff(' never'), { allOrNothing: true })).rejects.toThrow('broke off')
    expect([blob.size, (await blob.facts()).sha256]).toEqual([13, sha256Of(Buffer.from('first, second'))])
    await blob.append(inPieces(Buffer.from('.'), 1), { allOrNothing: true })
    expect((await blob.facts()).sha256).toBe(sha256Of(Buffer.from('first, second.')))
    await blob.close()
    await storeOf().removeUnfinished(name)
  })

  it('cuts an unfinished blob to the size that counts, and knows it then', async () => {
    const name = randomUUID()
    const blob = await opened(storeOf(), name, 0)
    await blob.append(inPieces(Buffer.from('what counts, and what does not'), 1))
    await blob.close()
    const again = await opened(storeOf(), name, 11)
    expect([again.size, (await again.facts()).sha256]).toEqual([11, sha256Of(Buffer.from('what counts'))])
    await again.close()
    const lost = await opened(storeOf(), name, 500)
    expect(lost.size).toBe(11)
    await lost.close()
    await storeOf().removeUnfinished(name)
  })

  it('has one writer of an unfinished blob, and does not remove it under its hands', async () => {
    const name = randomUUID()
    const blob = await opened(storeOf(), name, 0)
    expect(await storeOf().openUnfinished(name, 0)).toBeUndefined()
    expect(await storeOf().removeUnfinished(name)).toBe(false)
    await blob.close()
    expect(await all(storeOf().listUnfinished())).toContain(name)
    expect(await storeOf().removeUnfinished(name)).toBe(true)
    expect(await all(storeOf().listUnfinished())).not.toContain(name)
  })

  it('keeps the bytes of an unfinished blob that are discarded, and places once more what was placed', async () => {
    const name = randomUUID()
    const bytes = randomBytes(5000)
    const blob = await opened(storeOf(), name, 0)
    await blob.append(inPieces(bytes, 4))
    const staged = storeOf().stagedUnfinished(name, await blob.facts())
    await blob.close()
    await storeOf().discard([staged])
    expect(await storeOf().sizeOfUnfinished(name)).toBe(5000)
    await storeOf().place([staged])
    await storeOf().place([staged])
    expect(await whole(storeOf().read(staged.sha256))).toEqual(bytes)
  })

  it('tells of bytes that are durable while more come, and ends when that is not wanted', async () => {
    const name = randomUUID()
    const blob = await opened(storeOf(), name, 0)
    const piece = randomBytes(1 << 20)
    const told: number[] = []
    const megabytes = async function* (count: number) {
      for (let i = 0; i < count; i++) yield piece
    }
    await blob.append(megabytes(150), { onDurable: async (size) => void told.push(size) })
    expect(told.length).toBeGreaterThanOrEqual(1)
    expect(told).toEqual(told.toSorted((a, b) => a - b))
    const enough = async () => Promise.reject(new Error('enough'))
    await expect(blob.append(megabytes(200), { onDurable: enough })).rejects.toThrow('enough')
    expect(blob.size).toBeLessThan(350 << 20)
    await blob.close()
    await storeOf().removeUnfinished(name)
  })
}

async function opened(store: BlobStore, name: string, size: number): Promise<UnfinishedBlob> {
  const blob = await store.openUnfinished(name, size)
  if (blob === undefined) throw new Error('somebody has it open')
  return blob
}

async function* breakingOff(text: string): AsyncGenerator<Uint8Array> {
  yield Buffer.from(text)
  throw new Error('broke off')
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
