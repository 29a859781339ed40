import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { archiveOf, contentsOf, fileEntry, folderEntry, onlyPart, readRange, readWhole } from './archive-in-memory.ts'
import { decodeEntryPage, encodeEntryPage, entryContentKey, entryName } from './entry-page.ts'
import { PartDigest } from './part-digest.ts'
import { PartReader } from './part-reader.ts'
import { PartPlanner } from './plan-parts.ts'
import { directoryHeaderLength, localHeaderLength } from './records.ts'

const aName = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 40 }).filter((name) => !name.endsWith('/'))
const aContent = fc.uint8Array({ maxLength: 300 })
const aFile = fc.tuple(aName, aContent, fc.integer({ min: -1e12, max: 5e12 }))
const someFiles = fc.array(aFile, { maxLength: 20 })
const aPageLength = fc.integer({ min: 1, max: 5 })

/** Files and an empty folder among them, in pages so small that most ranges cross their borders. */
const anArchive = fc.record({
  files: someFiles,
  folderAt: fc.nat(20),
  pageLength: aPageLength,
  partLimit: fc.oneof(fc.constant(100e9), fc.integer({ min: 0, max: 3000 })),
  when: fc.constantFrom('hot' as const, 'cold' as const, 'mixed' as const),
})

function build({ files, folderAt, pageLength, partLimit }: typeof anArchive extends fc.Arbitrary<infer T> ? T : never) {
  const entries = files.map(([name, content, modifiedAt]) => fileEntry(name, content, modifiedAt))
  entries.splice(Math.min(folderAt, entries.length), 0, folderEntry('an empty folder/'))
  return { entries, archive: archiveOf(entries, { pageLength, partLimit }) }
}

describe('a range of a part', () => {
  it('is the same bytes as that range of the whole part', async () => {
    await fc.assert(
      fc.asyncProperty(anArchive, fc.nat(), fc.nat(), fc.integer({ min: 1, max: 700 }), async (given, a, b, step) => {
        const { archive } = build(given)
        const contents = contentsOf(
          given.files.map(([, content]) => content),
          given.when,
        )
        for (const part of archive.index.parts) {
          const whole = await readWhole(archive, part, contents)
          const [start, end] = [a % (whole.length + 1), b % (whole.length + 1)].toSorted((x, y) => x - y) as [
            number,
            number,
          ]
          const range = await readRange(archive, part, contents, { start, end, step })
          expect(range.equals(whole.subarray(start, end))).toBe(true)
        }
      }),
      { numRuns: 300 },
    )
  })

  it('does not depend on what the same reader read before', async () => {
    const ranges = fc.array(fc.tuple(fc.nat(), fc.nat(300)), { maxLength: 30 })
    await fc.assert(
      fc.asyncProperty(anArchive, ranges, async (given, wanted) => {
        const { archive } = build({ ...given, partLimit: 100e9 })
        const part = onlyPart(archive)
        const contents = contentsOf(
          given.files.map(([, content]) => content),
          given.when,
        )
        const whole = await readWhole(archive, part, contents)
        const reader = new PartReader(part, archive.index, archive.pages, contents)
        for (const [a, longest] of wanted) {
          const start = a % whole.length
          const length = Math.min(longest, whole.length - start)
          const buffer = Buffer.alloc(length)
          await reader.fill(buffer, start, length)
          expect(buffer.equals(whole.subarray(start, start + length))).toBe(true)
        }
      }),
    )
  })

  it('is refused when it is not within the part', async () => {
    const archive = archiveOf([folderEntry('a/')])
    const part = onlyPart(archive)
    const beyond = { start: 0, end: part.byteLength + 1 }
    await expect(readRange(archive, part, contentsOf([]), beyond)).rejects.toThrow(RangeError)
  })
})

describe('the parts', () => {
  it('have every entry once, in order, and none is over the limit unless it is a single entry', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.integer({ min: 1, max: 255 }), fc.oneof(fc.nat(500), fc.nat(6e9))), { maxLength: 60 }),
        fc.oneof(fc.integer({ min: 1, max: 5000 }), fc.nat(2e10)),
        (entries, limit) => {
          const planner = new PartPlanner(limit)
          const places = entries.map(([nameLength, size]) => planner.add(nameLength, size))
          const parts = planner.finish()
          expect(parts.reduce((sum, { entryCount }) => sum + entryCount, 0)).toBe(entries.length)
          for (const part of parts) {
            expect(part.entryCount).toBeGreaterThan(entries.length === 0 ? -1 : 0)
            if (part.byteLength > limit) expect(part.entryCount).toBeLessThanOrEqual(1)
            for (let i = part.firstEntry; i < part.firstEntry + part.entryCount; i++)
              expect(places[i]?.part).toBe(part.number)
          }
        },
      ),
    )
  })

  it('are as full as the order allows', () => {
    const planner = new PartPlanner(22 + 2 * (localHeaderLength(5, 100) + 100 + directoryHeaderLength(5, 100, 0)))
    expect([1, 2, 3, 4, 5].map(() => planner.add(5, 100).part)).toEqual([1, 1, 2, 2, 3])
  })

  it('lie without gaps: headers, contents, directory, end', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.integer({ min: 1, max: 99 }), fc.nat(6e9)), { minLength: 1 }), (entries) => {
        const planner = new PartPlanner(Infinity)
        let offset = 0
        let inDirectory = 0
        for (const [nameLength, size] of entries) {
          const place = planner.add(nameLength, size)
          expect([place.headerOffset, place.directoryOffset]).toEqual([offset, inDirectory])
          offset += localHeaderLength(nameLength, size) + size
          inDirectory += directoryHeaderLength(nameLength, size, place.headerOffset)
        }
        const [part] = planner.finish()
        expect([part?.directoryStart, part?.directorySize]).toEqual([offset, inDirectory])
        expect(part?.byteLength).toBe(offset + inDirectory + (part?.zip64 ? 98 : 22))
      }),
    )
  })
})

describe('a page', () => {
  it('is the same after being written and read', () => {
    fc.assert(
      fc.property(anArchive, (given) => {
        const { archive, entries } = build(given)
        const { positions, headerOffsets, pageLength } = archive.index
        const read = []
        for (let n = 0; n < headerOffsets.length; n++) {
          const bytes = archive.manifest.subarray(positions[n], positions[n + 1])
          const page = decodeEntryPage(bytes)
          expect(Buffer.from(encodeEntryPage(page)).equals(Buffer.from(bytes))).toBe(true)
          expect([page.firstEntry, page.headerOffsets[0]]).toEqual([n * pageLength, headerOffsets[n]])
          for (let i = 0; i < page.entryCount; i++)
            read.push([entryName(page, i), page.sizes[i], page.crc32s[i], entryContentKey(page, i)[0]])
        }
        expect(read).toEqual(entries.map((e) => [e.name.toWellFormed(), e.size, e.crc32, e.contentKey?.[0] ?? 0]))
      }),
    )
  })

  it('is refused when it is cut short, or something else', () => {
    const { manifest, index } = archiveOf([folderEntry('a/')])
    const page = manifest.subarray(0, index.positions[1])
    expect(() => decodeEntryPage(page.subarray(0, -8))).toThrow('another length')
    expect(() => decodeEntryPage(page.subarray(0, 8))).toThrow('cut short')
    expect(() => decodeEntryPage(page.with(0, 0))).toThrow('no page mark')
  })
})

function tagsOf(given: Parameters<typeof build>[0]): string[] {
  return build(given).archive.index.parts.map(({ etag }) => etag)
}

/** A hash that gives what it was given. */
function transparentHash() {
  const bytes: number[] = []
  return { update: (more: Uint8Array) => bytes.push(...more), digest: () => Uint8Array.from(bytes) }
}

function transparentDigestOf(names: string[]): string {
  const { manifest, index } = archiveOf(
    names.map((name) => ({ ...folderEntry(name), modifiedAt: 0 })),
    { pageLength: 9 },
  )
  const digest = new PartDigest(transparentHash)
  digest.add(decodeEntryPage(manifest.subarray(0, index.positions[1])))
  return Buffer.from(digest.digest()).toString('hex')
}

describe('the entity tag of a part', () => {
  it('does not depend on where pages begin', () => {
    fc.assert(
      fc.property(anArchive, aPageLength, (given, pageLength) => {
        expect(tagsOf({ ...given, pageLength })).toEqual(tagsOf(given))
      }),
    )
  })

  it('is that of the same entries alone', () => {
    fc.assert(
      fc.property(anArchive, (given) => {
        const { archive, entries } = build(given)
        const alone = archive.index.parts.map(({ firstEntry, entryCount }) => {
          const own = entries.slice(firstEntry, firstEntry + entryCount)
          return archiveOf(own).index.parts[0]?.etag
        })
        expect(alone).toEqual(archive.index.parts.map(({ etag }) => etag))
      }),
    )
  })

  it('is another one when anything that decides the bytes is', () => {
    const content = Buffer.from('content')
    const entry = fileEntry('a', content, 1e12)
    const others = [
      { ...entry, name: 'b' },
      { ...entry, size: 8 },
      { ...entry, crc32: 1 },
      { ...entry, modifiedAt: 1e12 + 1000 },
      { ...entry, contentKey: Buffer.alloc(32) },
    ]
    const tags = [entry, ...others].map((e) => archiveOf([e]).index.parts[0]?.etag)
    expect(new Set(tags).size).toBe(6)
    expect(tags[0]).toMatch(/^"[\w-]{43}"$/)
  })

  it('tells names apart from what follows them', () => {
    // What stands before the second name, were it not for the names' lengths.
    const zeros = '\0'.repeat(8 + 4 + 4 + 2 + 32)
    expect(transparentDigestOf(['a/', 'b/'])).not.toBe(transparentDigestOf([`a/${zeros}b/`]))
  })
})

describe('reading a part', () => {
  it('opens no content outside the range', async () => {
    const contents = [Buffer.alloc(100, 'a'), Buffer.alloc(100, 'b'), Buffer.alloc(100, 'c')]
    const archive = archiveOf(contents.map((content, i) => fileEntry(`${i}.bin`, content)))
    const part = onlyPart(archive)
    const asked: number[][] = []
    const contentStart = localHeaderLength(5, 100) + 100 + localHeaderLength(5, 100)
    await readRange(
      archive,
      part,
      (_k, keyAt, _s, offset, _b, _at, length) => {
        asked.push([keyAt / 32, offset, length])
        return undefined
      },
      { start: contentStart + 10, end: contentStart + 20 },
    )
    expect(asked).toEqual([[1, 10, 10]])
  })

  it('leaves the buffer alone once it has failed', async () => {
    const contents = [Buffer.alloc(50, 'a'), Buffer.alloc(50, 'b')]
    const archive = archiveOf(contents.map((content, i) => fileEntry(`${i}.bin`, content)))
    const part = onlyPart(archive)
    let wrote = false
    const late = new Promise<void>((resolve) =>
      setImmediate(() => {
        wrote = true
        resolve()
      }),
    )
    let pieces = 0
    const failing = readRange(
      archive,
      part,
      () => {
        if (pieces++ === 0) return late
        throw new Error('the disk is gone')
      },
      { start: 0, end: part.byteLength },
    )
    await expect(failing).rejects.toThrow('the disk is gone')
    expect(wrote).toBe(true)
  })

  it('reads each page once when it goes from start to end', async () => {
    const content = Buffer.from('x')
    const archive = archiveOf(
      Array.from({ length: 40 }, (_, i) => fileEntry(`${i}`, content)),
      { pageLength: 4 },
    )
    const part = onlyPart(archive)
    const read: number[] = []
    const pages = { page: (n: number) => (read.push(n), archive.pages.page(n)) }
    await readRange({ ...archive, pages }, part, contentsOf([content]), { start: 0, end: part.directoryStart, step: 7 })
    expect(read).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9])
  })
})
