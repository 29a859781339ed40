import { createHash } from 'node:crypto'
import { closeSync, existsSync, linkSync, mkdirSync, openSync, writeFileSync, writeSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { crc32 } from 'node:zlib'
import { ManifestWriter } from '@vitrine/zip'
import { blobPathsIn } from '@vitrine/server/downloads/transfer/blob-paths'

/** A set of files to be sent as one archive. */
export interface ContentSet {
  readonly name: string
  /** How the table calls it. */
  readonly title: string
  readonly count: number
  /** Length of each file, in bytes. */
  readonly size: number
  /** How many different files there are: the others are hard links to them, to fit in memory. */
  readonly distinct: number
}

/** What the reach goals speak of; `quick` is a tenth of it. */
export function contentSets(quick: boolean): readonly ContentSet[] {
  const scale = quick ? 10 : 1
  return [
    { name: 'a', title: '4 x 2 GB', count: 4, size: 2e9 / scale, distinct: 1 },
    { name: 'b', title: '2,000 x 2 MB', count: 2000 / scale, size: 2e6, distinct: 500 / scale },
    { name: 'c', title: '100,000 x 20 kB', count: 100_000 / scale, size: 20_000, distinct: 100_000 / scale },
  ]
}

/** Where a set's files lie, in the layout of the blob store. */
export function blobsOf(folder: string, set: ContentSet): string {
  return join(folder, `${set.name}-${set.count}x${set.size}`, 'blobs')
}

/** Where a set's manifest lies. */
export function manifestOf(folder: string, set: ContentSet): string {
  return join(dirname(blobsOf(folder, set)), 'manifest')
}

/** Makes the files and the manifest, unless they are there. */
export function makeContents(folder: string, set: ContentSet): void {
  const manifest = manifestOf(folder, set)
  if (existsSync(manifest)) return
  const pathOf = blobPathsIn(blobsOf(folder, set))
  const writer = new ManifestWriter({ newSha256: () => createHash('sha256') })
  const pages: Uint8Array[] = []
  const made: { path: string; crc32: number }[] = []
  for (let i = 0; i < set.count; i++) {
    const contentKey = createHash('sha256').update(`${set.name} ${i}`).digest()
    const path = pathOf(contentKey, 0)
    const original = made[i % set.distinct] ?? { path, crc32: writeNoise(path, set.size, i) }
    if (i < set.distinct) made.push(original)
    else {
      mkdirSync(dirname(path), { recursive: true })
      linkSync(original.path, path)
    }
    const name = `campaign/${Math.floor(i / 1000)}/image-${i}.jpg`
    const page = writer.add({ name, size: set.size, crc32: original.crc32, modifiedAt: 1.7e12 + i * 1000, contentKey })
    if (page) pages.push(page)
  }
  writeFileSync(manifest, Buffer.concat([...pages, writer.finish().bytes]))
}

/** The one file that nginx sends: as many bytes in memory as the sets have. */
export function makeBaseFile(folder: string, length: number): string {
  const path = join(folder, 'base', `${length}.bin`)
  if (!existsSync(path)) writeNoise(path, length, 0)
  return path
}

const NOISE = Buffer.alloc(2e6)
for (let at = 0; at < NOISE.length; at += 32) {
  createHash('sha256').update(String(at)).digest().copy(NOISE, at)
}

/** Writes a file of noise that is different for each `seed`, and gives its CRC-32. */
function writeNoise(path: string, length: number, seed: number): number {
  mkdirSync(dirname(path), { recursive: true })
  const fd = openSync(path, 'wx')
  let crc = 0
  for (let done = 0; done < length;) {
    NOISE.writeUInt32LE(seed, 0)
    const chunk = NOISE.subarray(0, Math.min(NOISE.length, length - done))
    crc = crc32(chunk, crc)
    done += writeSync(fd, chunk)
  }
  closeSync(fd)
  return crc
}
