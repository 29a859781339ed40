import { spawn, spawnSync } from 'node:child_process'
import { createHash, randomBytes } from 'node:crypto'
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from 'node:fs'
import { createServer, get, type IncomingMessage, type Server } from 'node:http'
import { type AddressInfo, connect } from 'node:net'
import { once } from 'node:events'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { buffer as readBuffer } from 'node:stream/consumers'
import { crc32 } from 'node:zlib'
import {
  decodeManifestIndex,
  indexRangeOf,
  MANIFEST_FOOTER_LENGTH,
  type ManifestIndex,
  ManifestWriter,
  PageCache,
  type PageSource,
} from '@vitrine/zip'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { blobPathsIn } from './blob-paths.ts'
import { blobSource, partSource } from './byte-sources.ts'
import { ContentDamagedError } from './content-damaged-error.ts'
import { type ByteSource, sendBytes, transferBuffers, type TransferOutcome } from './send-bytes.ts'

const folder = mkdtempSync(join(tmpdir(), 'vitrine-transfer-'))
const pathOf = blobPathsIn(join(folder, 'blobs'))
const large = storeBlob(randomBytes(24_000_000))
const archive = storeArchive(Array.from({ length: 300 }, (_, i) => randomBytes(i % 10 === 0 ? 900_000 : 9000)))
const wholeArchive = await readAll(archive)

let server: Server
let port = 0
let withdrawal = new AbortController()
let outcomes: Promise<TransferOutcome>[] = []
let damaged = large
let made: ByteSource[] = []
let endlessChunks = 0

beforeAll(async () => {
  server = createServer((request, response) => {
    const { source, length } = sourceOf(request.url ?? '')
    const asked = /^bytes=(\d+)-(\d*)$/.exec(request.headers.range ?? '')
    const start = Number(asked?.[1] ?? 0)
    const end = asked?.[2] ? Number(asked[2]) + 1 : length
    const range = { 'content-range': `bytes ${start}-${end - 1}/${length}` }
    const headers = { 'accept-ranges': 'bytes', etag: '"1"', ...(asked ? range : {}) }
    const { signal } = withdrawal
    outcomes.push(sendBytes(response, { status: asked ? 206 : 200, headers, start, end, source, signal }))
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  port = (server.address() as AddressInfo).port
})

afterAll(() => {
  server.closeAllConnections()
  server.close()
  rmSync(folder, { recursive: true, force: true })
})

describe('a response of bytes', () => {
  it('has the whole file, its length, and the connection goes on', async () => {
    const answers = []
    for (let i = 0; i < 3; i++) answers.push(await fetch(url('/file')))
    for (const answer of answers) {
      expect(answer.headers.get('content-length')).toBe(String(large.content.length))
      expect(sha256Of(Buffer.from(await answer.arrayBuffer()))).toBe(large.hex)
    }
  })

  it.each([
    [0, 1],
    [0, 70_000],
    [65_535, 65_537],
    [1_234_567, 9_876_543],
    [23_999_999, 24_000_000],
  ])('has bytes %d to %d of it, when these are asked for', async (start, end) => {
    const answer = await fetch(url('/file'), { headers: { range: `bytes=${start}-${end - 1}` } })
    expect(answer.status).toBe(206)
    const body = Buffer.from(await answer.arrayBuffer())
    expect(body.equals(large.content.subarray(start, end))).toBe(true)
  })

  it('has the archive, byte for byte', async () => {
    const body = Buffer.from(await (await fetch(url('/archive'))).arrayBuffer())
    expect(body.equals(wholeArchive)).toBe(true)
  })

  it('to HEAD has the headers only', async () => {
    outcomes = []
    const answer = await fetch(url('/file'), { method: 'HEAD' })
    expect([answer.status, answer.headers.get('content-length'), (await answer.arrayBuffer()).byteLength]).toEqual([
      200,
      String(large.content.length),
      0,
    ])
    expect(await outcomes[0]).toEqual({ sent: 0, completed: true })
  })

  it('comes in turn when several are asked for at once on a connection', async () => {
    const socket = connect(port, '127.0.0.1')
    socket.write(ask('/file', 'Range: bytes=0-299999\r\n') + ask('/archive') + ask('/file', 'Connection: close\r\n'))
    const bodies = bodiesOf(await readBuffer(socket))
    const expected = [large.content.subarray(0, 300_000), wholeArchive, large.content]
    expect(bodies.map(sha256Of)).toEqual(expected.map(sha256Of))
  })

  it('says how much was sent', async () => {
    outcomes = []
    await (await fetch(url('/file'), { headers: { range: 'bytes=5-' } })).arrayBuffer()
    expect(await outcomes[0]).toEqual({ sent: large.content.length - 5, completed: true })
  })
})

describe('a transfer that breaks off', () => {
  it('leaves no file open and no buffer behind when the client goes away, wave after wave', async () => {
    for (let wave = 0; wave < 4; wave++) {
      outcomes = []
      const paths = Array.from({ length: 40 }, (_, i) => (i % 2 === 0 ? '/file' : '/archive'))
      await Promise.all(paths.map(async (path) => (await begin(path)).destroy()))
      for (const outcome of await Promise.all(outcomes)) expect(outcome.completed).toBe(false)
    }
    expect(outcomes).toHaveLength(40)
    expect([openBlobs(), transferBuffers.inUse]).toEqual([[], 0])
  })

  it('leaves nothing behind when responses are still waiting for their turn', async () => {
    outcomes = []
    const socket = connect(port, '127.0.0.1')
    socket.write('GET /file HTTP/1.1\r\nHost: x\r\n\r\n'.repeat(20))
    await once(socket, 'readable')
    socket.destroy()
    const ended = await Promise.all(outcomes)
    expect(ended.length).toBeGreaterThan(1)
    for (const outcome of ended.slice(1)) expect(outcome).toEqual({ sent: 0, completed: false })
    // A request that came with the others may begin after the last of them ended.
    await expect.poll(() => [openBlobs(), transferBuffers.inUse]).toEqual([[], 0])
  })

  it('is broken off when a file is shorter than its row says, not filled up', async () => {
    const blob = storeBlob(randomBytes(3_000_000))
    truncateSync(blob.path, 2_000_000)
    damaged = blob
    outcomes = []
    const response = await begin('/damaged')
    await expect(readBuffer(response)).rejects.toThrow('aborted')
    const [outcome] = await Promise.all(outcomes)
    expect(outcome).toMatchObject({ completed: false, error: expect.any(ContentDamagedError) })
    expect(outcome?.sent).toBeLessThanOrEqual(2_000_000)
    expect([openBlobs(), transferBuffers.inUse]).toEqual([[], 0])
  })

  it('is cut when access is withdrawn, also when the client is not reading', async () => {
    withdrawal = new AbortController()
    outcomes = []
    const response = await begin('/endless')
    response.pause()
    await blocked()
    const ended = new Promise((resolve) => response.once('close', resolve))
    withdrawal.abort()
    expect(await outcomes[0]).toMatchObject({ completed: false })
    response.resume()
    await ended
    expect(response.complete).toBe(false)
    expect([openBlobs(), transferBuffers.inUse]).toEqual([[], 0])
    withdrawal = new AbortController()
  })

  it('does not begin when access is withdrawn already', async () => {
    withdrawal.abort()
    await expect(fetch(url('/file'))).rejects.toThrow('fetch failed')
    withdrawal = new AbortController()
  })
})

describe('transfers side by side', () => {
  it('go on while one client does not read', async () => {
    const stuck = await begin('/endless')
    stuck.pause()
    await blocked()
    const others = await Promise.all(Array.from({ length: 8 }, async () => (await fetch(url('/file'))).arrayBuffer()))
    expect(others.map((body) => sha256Of(Buffer.from(body)))).toEqual(Array(8).fill(large.hex))
    stuck.destroy()
  })

  it('each have a turn after every chunk', async () => {
    const order: number[] = []
    const counting = (id: number): ByteSource => ({
      fill: () => (order.push(id), undefined),
      close: () => undefined,
    })
    made = [counting(1), counting(2)]
    await Promise.all([fetch(url('/made')), fetch(url('/made'))].map(async (a) => (await a).arrayBuffer()))
    const longestRun = order.join('').match(/1+|2+/g)?.slice(1, -1) ?? []
    // While both run, none goes on for long; the first and the last run are when one was alone.
    expect(Math.max(...longestRun.map((run) => run.length))).toBeLessThan(20)
  })
})

describe.each(['/file', '/archive'])('other programs, resuming %s,', (path) => {
  const expected = () => (path === '/file' ? large.content : wholeArchive)
  const startedFile = (name: string) => {
    const file = join(folder, `${name}${path.slice(1)}.bin`)
    writeFileSync(file, expected().subarray(0, 5_000_001))
    return file
  }

  judged('curl')('curl -C - ends with the same bytes', async () => {
    const file = startedFile('curl')
    await run('curl', ['-sS', '-C', '-', '-o', file, url(path)])
    expect(sha256Of(readFileSync(file))).toBe(sha256Of(expected()))
  })

  judged('wget')('wget -c ends with the same bytes', async () => {
    const file = startedFile('wget')
    await run('wget', ['-q', '-c', '-O', file, url(path)])
    expect(sha256Of(readFileSync(file))).toBe(sha256Of(expected()))
  })

  judged('aria2c')('aria2c -x8 ends with the same bytes', async () => {
    const name = `aria2-${path.slice(1)}.bin`
    await run('aria2c', ['-q', '-x8', '-s8', '-k1M', '-d', folder, '-o', name, url(path)])
    expect(sha256Of(readFileSync(join(folder, name)))).toBe(sha256Of(expected()))
  })
})

function sourceOf(path: string): { source: ByteSource; length: number } {
  if (path === '/made') return { source: made.pop() as ByteSource, length: 64e6 }
  if (path === '/endless') return { source: endlessSource, length: 1e12 }
  if (path === '/archive') return { source: archiveSource(archive), length: archive.index.parts[0]?.byteLength ?? 0 }
  const blob = path === '/damaged' ? damaged : large
  return { source: blobSource(blob.sha256, blob.content.length, pathOf), length: blob.content.length }
}

const endlessSource: ByteSource = {
  fill() {
    endlessChunks += 1
    return undefined
  },
  close: () => undefined,
}

interface StoredBlob {
  readonly content: Buffer
  readonly sha256: Buffer
  readonly hex: string
  readonly path: string
}

function storeBlob(content: Buffer): StoredBlob {
  const sha256 = createHash('sha256').update(content).digest()
  const path = pathOf(sha256, 0)
  mkdirSync(dirname(path), { recursive: true })
  writeFileSync(path, content)
  return { content, sha256, hex: sha256.toString('hex'), path }
}

interface StoredArchive {
  readonly index: ManifestIndex
  readonly pages: PageSource
}

function storeArchive(contents: readonly Buffer[]): StoredArchive {
  const writer = new ManifestWriter({ newSha256: () => createHash('sha256'), pageLength: 64 })
  const written: Uint8Array[] = []
  for (const [i, content] of contents.entries()) {
    const { sha256: contentKey } = storeBlob(content)
    const entry = {
      name: `folder/${i}.bin`,
      size: content.length,
      crc32: crc32(content),
      modifiedAt: 1.7e12,
      contentKey,
    }
    const page = writer.add(entry)
    if (page) written.push(page)
  }
  const manifest = Buffer.concat([...written, writer.finish().bytes])
  const at = indexRangeOf(manifest.subarray(-MANIFEST_FOOTER_LENGTH))
  const index = decodeManifestIndex(manifest.subarray(at.start, at.end))
  return { index, pages: new PageCache(1e6).source('m', index, async (start, end) => manifest.subarray(start, end)) }
}

function archiveSource({ index, pages }: StoredArchive): ByteSource {
  const [part] = index.parts
  if (!part) throw new Error('the archive has no part')
  return partSource(part, index, pages, pathOf)
}

async function readAll(stored: StoredArchive): Promise<Buffer> {
  const source = archiveSource(stored)
  const whole = Buffer.alloc(stored.index.parts[0]?.byteLength ?? 0)
  await source.fill(whole, 0, whole.length)
  source.close()
  return whole
}

function url(path: string): string {
  return `http://127.0.0.1:${port}${path}`
}

/** Asks, on a connection of its own, and gives the response when its head has come. */
async function begin(path: string): Promise<IncomingMessage> {
  const request = get(url(path), { agent: false })
  const [response] = (await once(request, 'response')) as [IncomingMessage]
  request.on('error', () => undefined)
  response.on('error', () => undefined)
  return response
}

/** When no chunk of the endless file has been wanted for many turns of the event loop: the client holds it up. */
async function blocked(): Promise<void> {
  for (let turns = 0, before = -1; turns < 500; turns++) {
    if (endlessChunks !== before) turns = 0
    before = endlessChunks
    await new Promise((resolve) => setImmediate(resolve))
  }
}

/** A request as it goes over the line. */
function ask(path: string, more = ''): string {
  return `GET ${path} HTTP/1.1\r\nHost: x\r\n${more}\r\n`
}

/** What followed the heads of pipelined responses. */
function bodiesOf(received: Buffer): Buffer[] {
  const bodies: Buffer[] = []
  for (let at = 0; at < received.length;) {
    const headEnd = received.indexOf('\r\n\r\n', at) + 4
    const length = Number(/content-length: (\d+)/i.exec(received.toString('latin1', at, headEnd))?.[1])
    bodies.push(received.subarray(headEnd, headEnd + length))
    at = headEnd + length
  }
  return bodies
}

function sha256Of(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex')
}

/** `it` when the program is there or must be (CI), else a skip. */
function judged(program: string) {
  const isThere = spawnSync(program, ['--version']).error === undefined
  return isThere || process.env['CI'] === 'true' ? it : it.skip
}

async function run(program: string, args: string[]): Promise<void> {
  const child = spawn(program, args, { stdio: ['ignore', 'inherit', 'inherit'] })
  const [status] = (await once(child, 'close')) as [number]
  expect(status).toBe(0)
}

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
