import { spawnSync } from 'node:child_process'
import { closeSync, ftruncateSync, mkdtempSync, openSync, rmSync, writeFileSync, writeSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { buffer as readBuffer } from 'node:stream/consumers'
import { crc32 } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import * as yauzl from 'yauzl'
import {
  type ArchiveInMemory,
  archiveOf,
  contentsOf,
  fileEntry,
  folderEntry,
  onlyPart,
  readRange,
  readWhole,
  zeros,
} from './archive-in-memory.ts'
import type { NewEntry } from './new-entry.ts'
import type { ReadContent } from './part-reader.ts'

/** Another program that reads archives. */
interface Judge {
  readonly name: string
  /** The commands it is installed as; the first that starts is used. */
  readonly commands: readonly string[]
  /** Arguments that check every byte of an archive. */
  readonly check: (file: string) => string[]
  /** Arguments that list the names, one a line. */
  readonly list: (file: string) => string[]
  /** Arguments that print the content of one entry. */
  readonly print: (file: string, entry: string) => string[]
}

const judges: readonly Judge[] = [
  {
    name: 'Info-ZIP unzip',
    commands: ['unzip'],
    check: (file) => ['-tq', file],
    list: (file) => ['-Z1', file],
    print: (file, entry) => ['-p', file, entry],
  },
  {
    name: '7-Zip',
    commands: ['7z', '7zz', '7za'],
    check: (file) => ['t', file],
    list: (file) => ['l', '-ba', '-slt', file],
    print: (file, entry) => ['x', '-so', file, entry],
  },
  {
    name: 'bsdtar (libarchive)',
    commands: ['bsdtar'],
    check: (file) => ['-xOf', file],
    list: (file) => ['-tf', file],
    print: (file, entry) => ['-xOf', file, entry],
  },
  {
    name: 'Python zipfile',
    commands: ['python3'],
    check: (file) => ['-c', 'import sys,zipfile; assert zipfile.ZipFile(sys.argv[1]).testzip() is None', file],
    list: (file) => ['-c', 'import sys,zipfile; print(*zipfile.ZipFile(sys.argv[1]).namelist(), sep="\\n")', file],
    print: (file, entry) => [
      '-c',
      'import sys,zipfile; sys.stdout.buffer.write(zipfile.ZipFile(sys.argv[1]).read(sys.argv[2]))',
      file,
      entry,
    ],
  },
]

const hello = Buffer.from('hello, wörld\n')
const folder = mkdtempSync(join(tmpdir(), 'vitrine-zip-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

/** A bit of everything that names and contents can be. */
const varied = [
  fileEntry('campaign/poster.txt', hello),
  fileEntry('campaign/empty.txt', Buffer.alloc(0)),
  folderEntry('campaign/nothing here/'),
  fileEntry('campaign/写真/🖼️ Ünïcode – naïve.txt', hello),
  fileEntry(`campaign/${'n'.repeat(251)}.txt`, Buffer.alloc(70_000, 'n')),
  fileEntry('campaign/old.txt', hello, Date.UTC(1975, 5, 1)),
  fileEntry('campaign/late.txt', hello, Date.UTC(2099, 5, 1)),
]

/** Sizes on both sides of every border of ZIP64, and offsets past 4 GiB. All zeros. */
const borderSizes = [0xffff_0000 - 1, 0xffff_0000, 0xffff_fffe, 0xffff_ffff, 0x1_0000_0000]

function bigEntries(): NewEntry[] {
  const big = borderSizes.map((size) => ({
    name: `zeros-${size.toString(16)}.bin`,
    size,
    crc32: crc32OfZeros(size),
    modifiedAt: 0,
  }))
  return [fileEntry('first.txt', hello), ...big, folderEntry('nothing/'), fileEntry('last.txt', hello)]
}

const helloOrZeros: ReadContent = (keys, keyAt, size, ...rest) =>
  size === hello.length ? contentsOf([hello])(keys, keyAt, size, ...rest) : zeros(keys, keyAt, size, ...rest)

describe.each(judges)('$name', ({ commands, check, list, print }) => {
  const command = commands.find((name) => spawnSync(name, ['--version']).error === undefined)
  // In CI a judge that is not there is a failure; elsewhere its tests are skipped.
  const judged = command || process.env['CI'] === 'true' ? it : it.skip
  const run = (args: string[]) => {
    const { status, stdout, stderr } = spawnSync(command ?? commands[0] ?? '', args, {
      maxBuffer: 64e6,
      env: { ...process.env, LC_ALL: 'C.UTF-8', UNZIP: '' },
    })
    return { status, stdout, text: stdout.toString() + stderr.toString() }
  }

  judged('finds nothing wrong with names and contents of all kinds', () => {
    const { status, text } = run(check(files.varied))
    expect(status, text).toBe(0)
    expect(run(print(files.varied, 'campaign/写真/🖼️ Ünïcode – naïve.txt')).stdout).toEqual(hello)
    const listed = run(list(files.varied)).text
    for (const { name } of varied) expect(listed).toContain(name.replace(/\/$/, ''))
  })

  judged('reads what lies past 4 GiB', () => {
    expect(run(print(files.big, 'last.txt')).stdout).toEqual(hello)
    expect(run(list(files.big)).text).toContain('zeros-fffffffe.bin')
  })

  judged('lists more than 65,535 entries', () => {
    const { status, text } = run(list(files.many))
    expect(status, text.slice(0, 1000)).toBe(0)
    expect(new Set(text.match(/folder.\d+\.txt/g)).size).toBe(70_000)
  })
})

describe('yauzl, which reads by ranges', () => {
  it('finds every entry of an archive past 4 GiB that is nowhere', async () => {
    const archive = archiveOf(bigEntries(), { pageLength: 2 })
    const zip = await yauzlOf(archive, helloOrZeros)
    const found: [string, number][] = []
    const texts: Buffer[] = []
    for await (const entry of zip.eachEntry()) {
      found.push([entry.fileName, entry.uncompressedSize])
      if (entry.fileName.endsWith('.txt')) texts.push(await readBuffer(await zip.openReadStreamPromise(entry)))
    }
    expect(found).toEqual(bigEntries().map(({ name, size }) => [name, size]))
    expect(texts).toEqual([hello, hello])
  })

  it('counts past 65,535 entries', async () => {
    const entries = Array.from({ length: 70_000 }, (_, i) => folderEntry(`${i}/`))
    const zip = await yauzlOf(archiveOf(entries), zeros)
    expect(zip.entryCount).toBe(70_000)
  })

  it.each([0xfffe, 0xffff, 0x1_0000])('counts %d entries', async (count) => {
    const entries = Array.from({ length: count }, (_, i) => folderEntry(`${i}/`))
    const zip = await yauzlOf(archiveOf(entries), zeros)
    expect(zip.entryCount).toBe(count)
  })

  it('sees times, and which entries are folders', async () => {
    const zip = await yauzlOf(archiveOf(varied), zeros)
    const seen: [string, string, number][] = []
    for await (const e of zip.eachEntry()) {
      seen.push([e.fileName, e.getLastModDate().toISOString(), e.externalFileAttributes >>> 16])
    }
    expect(seen.slice(0, 3)).toEqual([
      ['campaign/poster.txt', '2024-02-29T12:34:56.000Z', 0o100_644],
      ['campaign/empty.txt', '2024-02-29T12:34:56.000Z', 0o100_644],
      ['campaign/nothing here/', '2024-02-29T12:34:56.000Z', 0o040_755],
    ])
  })
})

/** An archive as yauzl sees it: some bytes asked for at a time. */
class RangeReader extends yauzl.RandomAccessReader {
  readonly #archive: ArchiveInMemory
  readonly #readContent: ReadContent

  constructor(archive: ArchiveInMemory, readContent: ReadContent) {
    super()
    this.#archive = archive
    this.#readContent = readContent
  }

  override _readStreamForRange(start: number, end: number): Readable {
    return Readable.from(this.#read(start, end), { objectMode: false })
  }

  async *#read(start: number, end: number) {
    yield await readRange(this.#archive, onlyPart(this.#archive), this.#readContent, { start, end })
  }
}

function yauzlOf(archive: ArchiveInMemory, readContent: ReadContent): Promise<yauzl.ZipFile> {
  const reader = new RangeReader(archive, readContent)
  return yauzl.fromRandomAccessReaderPromise(reader, onlyPart(archive).byteLength)
}

async function writeArchive(name: string, entries: NewEntry[], contents: Uint8Array[]): Promise<string> {
  const archive = archiveOf(entries)
  const file = join(folder, name)
  writeFileSync(file, await readWhole(archive, onlyPart(archive), contentsOf(contents)))
  return file
}

/** Writes an archive past 20 GB of which the disk holds some kilobytes: its contents are holes. */
async function writeSparseArchive(name: string): Promise<string> {
  const archive = archiveOf(bigEntries())
  const part = onlyPart(archive)
  const page = await archive.pages.page(0)
  const file = join(folder, name)
  const fd = openSync(file, 'w')
  const copy = async (start: number, end: number) =>
    writeSync(fd, await readRange(archive, part, helloOrZeros, { start, end }), 0, end - start, start)
  for (const offset of page.headerOffsets) await copy(offset, Math.min(offset + 200, part.byteLength))
  await copy(part.directoryStart, part.byteLength)
  ftruncateSync(fd, part.byteLength)
  closeSync(fd)
  return file
}

const known = new Map<number, number>()
const files = { varied: '', big: '', many: '' }

beforeAll(async () => {
  noteCrcOfZeros()
  files.varied = await writeArchive('varied.zip', varied, [hello, Buffer.alloc(0), Buffer.alloc(70_000, 'n')])
  files.big = await writeSparseArchive('big.zip')
  const empty = Buffer.alloc(0)
  const many = Array.from({ length: 70_000 }, (_, i) => ({ ...fileEntry('', empty), name: `folder/${i}.txt` }))
  files.many = await writeArchive('many.zip', many, [empty])
})

function noteCrcOfZeros(): void {
  // One pass over the longest, noting the others on the way.
  const chunk = Buffer.alloc(1 << 20)
  let crc = 0
  let length = 0
  for (const size of borderSizes) {
    while (length < size) {
      const step = Math.min(chunk.length, size - length)
      crc = crc32(chunk.subarray(0, step), crc)
      length += step
    }
    known.set(size, crc)
  }
}

function crc32OfZeros(size: number): number {
  return known.get(size) ?? 0
}
