import { createHash } from 'node:crypto'
import {
  closeSync,
  existsSync,
  ftruncateSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  writeFileSync,
} from 'node:fs'
import { connect, type Socket } from 'node:net'
import { dirname, join } from 'node:path'
import { ManifestWriter } from '@vitrine/zip'
import { blobPathsIn } from '@vitrine/server/downloads/transfer/blob-paths'
import { type RunningServer, startNodeServer } from './servers.ts'

/** What slow readers cost, in MB (2^20 bytes) of resident memory of the server. */
export interface SlowReaderMemory {
  readonly readers: number
  /** Files that were open in the end: one for each reader that was being served. */
  readonly served: number
  /** What all readers had read by then. */
  readonly readMB: number
  readonly idleMB: number
  readonly peakMB: number
  readonly aboveIdleMB: number
  /** Files of the archive that were open 5 s after all had gone away. */
  readonly filesLeftOpen: number
}

const READERS = 256
/** How fast each reads, in bytes per second. */
const RATE = 64_000
const ENTRIES = 1000
const ENTRY_SIZE = 100_000_000

/** 256 readers at 64 kB/s of one archive of 100 GB, whose files are holes in the disk, each from another place. */
export async function measureSlowReaders(folder: string, quick: boolean): Promise<SlowReaderMemory> {
  const { manifest, blobs, byteLength } = makeSparseArchive(folder)
  const server = await startNodeServer('archive-server.ts', [manifest, blobs])
  try {
    await warmUp(server)
    const idle = residentMB(server)
    const readers = Array.from({ length: READERS }, (_, i) =>
      slowReader(server, Math.floor((byteLength / READERS) * i)),
    )
    const peak = await peakWhile(server, quick ? 8000 : 25_000)
    const served = openBlobs(server, blobs)
    const readMB = readers.reduce((sum, reader) => sum + reader.bytesRead, 0) / 2 ** 20
    for (const reader of readers) reader.destroy()
    return {
      readers: READERS,
      served,
      readMB: Math.round(readMB),
      idleMB: Math.round(idle),
      peakMB: Math.round(peak),
      aboveIdleMB: Math.round(peak - idle),
      filesLeftOpen: await leftOpen(server, blobs),
    }
  } finally {
    server.stop()
  }
}

function makeSparseArchive(folder: string): { manifest: string; blobs: string; byteLength: number } {
  const blobs = join(folder, 'sparse', 'blobs')
  const manifest = join(folder, 'sparse', 'manifest')
  const pathOf = blobPathsIn(blobs)
  const writer = new ManifestWriter({ newSha256: () => createHash('sha256'), partLimit: Infinity })
  const pages: Uint8Array[] = []
  for (let i = 0; i < ENTRIES; i++) {
    const contentKey = createHash('sha256').update(`sparse ${i}`).digest()
    const path = pathOf(contentKey, 0)
    if (!existsSync(path)) makeHole(path)
    // The checksum is not that of zeros: nobody reads this archive to its end.
    const page = writer.add({ name: `film/${i}.mov`, size: ENTRY_SIZE, crc32: 0, modifiedAt: 0, contentKey })
    if (page) pages.push(page)
  }
  const end = writer.finish()
  writeFileSync(manifest, Buffer.concat([...pages, end.bytes]))
  return { manifest, blobs, byteLength: end.parts[0]?.byteLength ?? 0 }
}

function makeHole(path: string): void {
  mkdirSync(dirname(path), { recursive: true })
  const fd = openSync(path, 'w')
  ftruncateSync(fd, ENTRY_SIZE)
  closeSync(fd)
}

/** Some whole answers, so that what a first request loads is not counted. */
async function warmUp({ port }: RunningServer): Promise<void> {
  for (let i = 0; i < 20; i++) {
    await fetch(`http://127.0.0.1:${port}/0`, { headers: { range: 'bytes=0-9999' } }).then((answer) =>
      answer.arrayBuffer(),
    )
  }
}

/** Asks for everything from `start` on, and takes 64 kB of it each second. */
function slowReader({ port }: RunningServer, start: number): Socket {
  const socket = connect({ port, host: '127.0.0.1', onread: { buffer: Buffer.alloc(RATE / 4), callback: onRead } })
  function onRead(): boolean {
    setTimeout(() => socket.resume(), 250).unref()
    return false
  }
  socket.on('error', () => undefined)
  socket.write(`GET /0 HTTP/1.1\r\nHost: localhost\r\nRange: bytes=${start}-${start + 1e9}\r\n\r\n`)
  return socket
}

async function peakWhile(server: RunningServer, ms: number): Promise<number> {
  let peak = 0
  for (const end = Date.now() + ms; Date.now() < end;) {
    peak = Math.max(peak, residentMB(server))
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
  return peak
}

function residentMB({ pids }: RunningServer): number {
  const status = readFileSync(`/proc/${pids[0]}/status`, 'utf8')
  return Number(/VmRSS:\s+(\d+)/.exec(status)?.[1]) / 1024
}

async function leftOpen(server: RunningServer, blobs: string): Promise<number> {
  for (const end = Date.now() + 5000; Date.now() < end && openBlobs(server, blobs) > 0;) {
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
  return openBlobs(server, blobs)
}

function openBlobs({ pids }: RunningServer, blobs: string): number {
  return readdirSync(`/proc/${pids[0]}/fd`).filter((fd) => linkOf(`/proc/${pids[0]}/fd/${fd}`).startsWith(blobs)).length
}

function linkOf(path: string): string {
  try {
    return readlinkSync(path)
  } catch {
    return ''
  }
}
