import { mkdirSync, mkdtempSync, readdirSync, readlinkSync, rmSync, writeFileSync } from 'node:fs'
import { createHash } from 'node:crypto'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import * as fc from 'fast-check'
import { afterAll, describe, expect, it } from 'vitest'
import { BlobContentReader } from './blob-content-reader.ts'
import { blobPathsIn } from './blob-paths.ts'
import { ContentDamagedError } from './content-damaged-error.ts'
import { LinkSpeed } from './link-speed.ts'
import { ReadPace } from './read-pace.ts'
import { SharedContents } from './shared-contents.ts'
import { SMALL_BUFFER, TransferBuffers } from './transfer-buffers.ts'

const folder = mkdtempSync(join(tmpdir(), 'vitrine-blobs-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))
const pathOf = blobPathsIn(folder)

function storeBlob(content: Uint8Array): Buffer {
  const sha256 = createHash('sha256').update(content).digest()
  const path = pathOf(sha256, 0)
  mkdirSync(dirname(path), { recursive: true })
  writeFileSync(path, content)
  return sha256
}

/** A pace that reads in other threads. */
function slowPace(): ReadPace {
  const pace = new ReadPace()
  for (let trials = 0; trials < 6; trials++) {
    while (pace.isSlow) pace.tookLater()
    pace.tookNow(50)
  }
  return pace
}

describe('the path of a blob', () => {
  it('has two folders named by its first two bytes, and its hash', () => {
    const sha256 = createHash('sha256').update('content').digest()
    const hex = sha256.toString('hex')
    const expected = join('/a folder/ünï', hex.slice(0, 2), hex.slice(2, 4), hex)
    expect(blobPathsIn('/a folder/ünï')(Buffer.concat([Buffer.alloc(7), sha256]), 7)).toBe(expected)
  })
})

describe.each([
  ['at once', () => new ReadPace()],
  ['in other threads', slowPace],
])('contents read %s', (_how, paceOf) => {
  it('are the bytes of the file, in any pieces, alone or shared', async () => {
    const contents = [0, 1, 5000, 70_000].map((length) => Buffer.alloc(length, `content ${length} `))
    const keys = Buffer.concat(contents.map(storeBlob))
    const pieces = fc.array(fc.tuple(fc.nat(3), fc.nat(), fc.nat()), { maxLength: 30 })
    await fc.assert(
      fc.asyncProperty(pieces, fc.boolean(), async (wanted, sharing) => {
        const shared = new SharedContents(200_000)
        if (sharing) shared.enter()
        const reader = new BlobContentReader(pathOf, { shared, pace: paceOf() })
        for (const [which, a, b] of wanted) {
          const content = contents[which] ?? Buffer.alloc(0)
          const offset = a % (content.length + 1)
          const length = b % (content.length - offset + 1)
          const buffer = Buffer.alloc(length + 10, '.')
          await reader.read(keys, which * 32, content.length, offset, buffer, 5, length)
          expect(buffer.toString()).toBe(`.....${content.subarray(offset, offset + length).toString()}.....`)
        }
        reader.close()
        expect(openBlobs()).toEqual([])
      }),
    )
  })

  it('break off when the file is shorter than its row says', async () => {
    const sha256 = storeBlob(Buffer.alloc(1000))
    const reader = new BlobContentReader(pathOf, { shared: new SharedContents(), pace: paceOf() })
    const read = async () => reader.read(sha256, 0, 1001, 500, Buffer.alloc(600), 0, 501)
    await expect(read()).rejects.toThrow(ContentDamagedError)
    reader.close()
    expect(openBlobs()).toEqual([])
  })

  it('break off when there is no file', async () => {
    const reader = new BlobContentReader(pathOf, { shared: new SharedContents(), pace: paceOf() })
    const read = async () => reader.read(Buffer.alloc(32), 0, 10, 0, Buffer.alloc(10), 0, 10)
    await expect(read()).rejects.toThrow(ContentDamagedError)
    reader.close()
  })

  it('keep one file open at most, and none after closing', async () => {
    const content = Buffer.alloc(100_000, 'x')
    const keys = Buffer.concat([storeBlob(content), storeBlob(Buffer.alloc(100_000, 'y'))])
    const reader = new BlobContentReader(pathOf, { shared: new SharedContents(), pace: paceOf() })
    await reader.read(keys, 0, 100_000, 0, Buffer.alloc(10), 0, 10)
    await reader.read(keys, 32, 100_000, 0, Buffer.alloc(10), 0, 10)
    expect(openBlobs()).toHaveLength(1)
    reader.close()
    expect(openBlobs()).toEqual([])
  })
})

describe('shared contents', () => {
  it('are what was read, or not there', () => {
    const steps = fc.array(fc.tuple(fc.nat(30), fc.integer({ min: 1, max: 40 })), { maxLength: 200 })
    fc.assert(
      fc.property(steps, (wanted) => {
        const shared = new SharedContents(100)
        shared.enter()
        shared.enter()
        const sizes = new Map<number, number>()
        for (const [which, size] of wanted) {
          const length = sizes.get(which) ?? size
          sizes.set(which, length)
          const buffer = Buffer.alloc(length)
          if (!shared.copy(`${which}`, 0, buffer, 0, length)) {
            shared.add(`${which}`, length, (ring, at) => ring.fill(which + 1, at, at + length))
            shared.copy(`${which}`, 0, buffer, 0, length)
          }
          expect(buffer.equals(Buffer.alloc(length, which + 1))).toBe(true)
        }
      }),
    )
  })

  it('have company only when there are two readers', () => {
    const shared = new SharedContents()
    shared.enter()
    expect(shared.hasCompany).toBe(false)
    shared.enter()
    expect(shared.hasCompany).toBe(true)
    shared.leave()
    expect(shared.hasCompany).toBe(false)
  })

  it('do not have what could not be read', () => {
    const shared = new SharedContents(100)
    expect(() =>
      shared.add('a', 10, () => {
        throw new Error('too short')
      }),
    ).toThrow('too short')
    expect(shared.copy('a', 0, Buffer.alloc(10), 0, 10)).toBe(false)
  })
})

describe('the pace of reading', () => {
  it('goes to other threads for a while after a slow read, and for longer each time a trial is slow', () => {
    const pace = new ReadPace()
    const readsLater = (ms: number) => {
      pace.tookNow(ms)
      let count = 0
      for (; pace.isSlow; count++) pace.tookLater()
      return count
    }
    expect([0.1, 5, 5, 5, 0.1, 5].map(readsLater)).toEqual([0, 16, 32, 64, 0, 16])
  })
})

describe('the speed of a connection', () => {
  it('is not judged by the first burst alone', () => {
    const speed = new LinkSpeed(0)
    speed.sent(4e6, 10)
    expect(speed.isSlow(100)).toBe(false)
    expect(speed.isSlow(3000)).toBe(true)
  })

  it('forgets what was long ago', () => {
    const speed = new LinkSpeed(0)
    for (let now = 0; now < 60_000; now += 500) speed.sent(32_000, now)
    expect(speed.isSlow(60_000)).toBe(true)
    for (let now = 60_000; now < 70_000; now += 10) speed.sent(256_000, now)
    expect(speed.isSlow(70_000)).toBe(false)
  })
})

describe('the buffers of transfers', () => {
  it('are as long as there are any, until all of these are in use, and used again', () => {
    const buffers = new TransferBuffers([
      { length: 900_000, most: 1 },
      { length: 90_000, most: 2 },
    ])
    const taken = (['large', 'large', 'large', 'large', 'small'] as const).map((wanted) => buffers.take(wanted))
    expect(taken.map(({ length }) => length)).toEqual([900_000, 90_000, 90_000, SMALL_BUFFER, SMALL_BUFFER])
    expect(buffers.inUse).toBe(5)
    for (const buffer of taken) buffers.giveBack(buffer)
    expect(buffers.inUse).toBe(0)
    expect(buffers.take('large')).toBe(taken[0])
    expect(taken.slice(1, 3)).toContain(buffers.take('large'))
  })
})

/** The blobs of this test that the process has open. */
function openBlobs(): string[] {
  if (process.platform !== 'linux') return []
  return readdirSync('/proc/self/fd').flatMap((fd) => {
    try {
      const path = readlinkSync(`/proc/self/fd/${fd}`)
      return path.startsWith(folder) ? [path] : []
    } catch {
      return []
    }
  })
}
