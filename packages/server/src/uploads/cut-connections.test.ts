import { type ChildProcess, spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { readdir, readlink } from 'node:fs/promises'
import { connect, type Socket } from 'node:net'
import { join } from 'node:path'
import type { NodeBody } from '@vitrine/api'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { create, encoded, failure, offsetOf, patch, said, terminate, UploadStory } from './upload-story.ts'

let story: UploadStory
let folder: NodeBody
const sockets: Socket[] = []
beforeAll(async () => {
  story = await UploadStory.begin()
  folder = await story.aFolder()
})
afterAll(async () => {
  for (const socket of sockets) socket.destroy()
  await story?.server.stop()
})

let count = 0
const begun = (size: number) => story.begun({ parent: folder.id, name: `${++count}.bin` }, size)

/** Sends the head of a request with a body of this length, and what comes of it later by hand. */
async function aRequest(method: string, path: string, length: number | 'chunked', more: Record<string, string>) {
  const { hostname, port } = new URL(story.server.url)
  const socket = connect(Number(port), hostname)
  sockets.push(socket)
  socket.on('error', () => {})
  await once(socket, 'connect')
  const headers = {
    host: hostname,
    authorization: `Bearer ${story.server.parts.localToken.reveal()}`,
    'tus-resumable': '1.0.0',
    'content-type': 'application/offset+octet-stream',
    ...(length === 'chunked' ? { 'transfer-encoding': 'chunked' } : { 'content-length': String(length) }),
    ...more,
  }
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}`)
  socket.write(`${method} ${path} HTTP/1.1\r\n${lines.join('\r\n')}\r\n\r\n`)
  return socket
}

const piece = (url: string, offset: number, length: number | 'chunked') =>
  aRequest('PATCH', url, length, { 'upload-offset': String(offset) })

/** Waits until bytes of an upload have come so far that they lie in its file. */
async function arrived(url: string, size: number): Promise<void> {
  const { blobs } = story.server.parts
  await expect.poll(() => blobs.sizeOfUnfinished(url.slice(-36)), { timeout: 20_000 }).toBeGreaterThanOrEqual(size)
}

/** Files of unfinished uploads that this process has open. */
async function openFiles(): Promise<string[]> {
  const fds = await readdir('/proc/self/fd')
  const targets = await Promise.all(fds.map((fd) => readlink(`/proc/self/fd/${fd}`).catch(() => '')))
  return targets.filter((target) => target.includes(join(story.server.folder, 'blobs', 'unfinished')))
}

describe('a connection that is cut', () => {
  it.each([
    ['ended', (socket: Socket) => socket.destroy()],
    ['reset', (socket: Socket) => socket.resetAndDestroy()],
  ])('(%s) leaves what came, no open file, and goes on from there', async (_how, end) => {
    const bytes = randomBytes(3_000_000)
    const url = await begun(bytes.length)
    const socket = await piece(url, 0, bytes.length)
    socket.write(bytes.subarray(0, 2_000_000))
    await arrived(url, 1_500_000)
    end(socket)
    await expect.poll(() => openFiles()).toEqual([])
    const offset = await offsetOf(story.admin, url)
    expect(offset).toBeGreaterThanOrEqual(1_500_000)
    expect(offset).toBeLessThanOrEqual(2_000_000)
    const last = await patch(story.admin, url, offset, bytes.subarray(offset))
    expect(await story.contentOf(last.headers.get('vitrine-node') ?? '')).toEqual(bytes)
  })

  it('with a checksum leaves nothing of that piece', async () => {
    const bytes = randomBytes(2_000_000)
    const url = await begun(bytes.length)
    await patch(story.admin, url, 0, bytes.subarray(0, 500_000))
    const checksum = `sha1 ${Buffer.alloc(20).toString('base64')}`
    const socket = await aRequest('PATCH', url, 1_500_000, { 'upload-offset': '500000', 'upload-checksum': checksum })
    socket.write(bytes.subarray(500_000, 1_900_000))
    await arrived(url, 1_500_000)
    socket.destroy()
    await expect.poll(() => openFiles()).toEqual([])
    expect(await offsetOf(story.admin, url)).toBe(500_000)
  })

  it('with the creation leaves an upload that is found among one’s own', async () => {
    const bytes = randomBytes(1_500_000)
    const metadata = encoded({ parent: folder.id, name: 'found again.bin' })
    const headers = { 'upload-length': String(bytes.length), 'upload-metadata': metadata }
    const socket = await aRequest('POST', '/api/v1/uploads', bytes.length, headers)
    socket.write(bytes.subarray(0, 1_200_000))
    const found = async () => (await story.unfinished()).find(({ relativePath }) => relativePath === 'found again.bin')
    await expect.poll(found).toBeDefined()
    await arrived((await found())?.url ?? '', 1_000_000)
    socket.destroy()
    await expect.poll(async () => (await found())?.offset).toBeGreaterThanOrEqual(1_000_000)
    const { url = '', offset = 0 } = (await found()) ?? {}
    expect(said(await patch(story.admin, url, offset, bytes.subarray(offset)))).toMatchObject({ status: 204 })
  })

  it('before any byte leaves nothing open', async () => {
    const url = await begun(100)
    const socket = await piece(url, 0, 100)
    await expect.poll(() => openFiles()).not.toEqual([])
    socket.destroy()
    await expect.poll(() => openFiles()).toEqual([])
    expect(await offsetOf(story.admin, url)).toBe(0)
  })
})

describe('a piece without a length', () => {
  it('is taken as it comes, and refused once it is too long', async () => {
    const url = await begun(10)
    const socket = await piece(url, 0, 'chunked')
    socket.write('5\r\nhello\r\n')
    socket.write('6\r\n world\r\n0\r\n\r\n')
    const [answer] = (await once(socket, 'data')) as [Buffer]
    expect(answer.toString()).toMatch(/^HTTP\/1\.1 413 /)
    // What fitted is there; the last byte is not acknowledged before the asset is made.
    expect(await offsetOf(story.admin, url)).toBe(9)
    expect((await patch(story.admin, url, 9, Buffer.from('d'))).status).toBe(204)
  })
})

describe('while bytes are coming', () => {
  it('another piece is locked out, and the first goes on', async () => {
    const bytes = randomBytes(2_000_000)
    const url = await begun(bytes.length)
    const socket = await piece(url, 0, bytes.length)
    let sent = 0
    const drip = setInterval(() => {
      if (sent < 1_900_000) socket.write(bytes.subarray(sent, (sent += 20_000)))
    }, 20)
    try {
      await arrived(url, 500_000)
      expect(failure(await patch(story.admin, url, 0, bytes))).toEqual([423, 'upload/locked'])
      expect(failure(await story.admin.post(`${url}/finish`, {}))).toEqual([423, 'upload/locked'])
      const offset = await offsetOf(story.admin, url)
      expect(offset).toBeLessThan(2_000_000)
      await expect.poll(() => sent, { timeout: 20_000 }).toBe(1_900_000)
    } finally {
      clearInterval(drip)
    }
    socket.write(bytes.subarray(sent))
    const [answer] = (await once(socket, 'data')) as [Buffer]
    expect(answer.toString()).toMatch(/^HTTP\/1\.1 204 [^]*upload-offset: 2000000/i)
  })

  it('whoever comes again after a silence takes over: that connection was lost', async () => {
    const bytes = randomBytes(1_000_000)
    const url = await begun(bytes.length)
    const lost = await piece(url, 0, bytes.length)
    lost.write(bytes.subarray(0, 700_000))
    await arrived(url, 500_000)
    const gone = once(lost, 'close')
    await expect.poll(() => offsetOf(story.admin, url), { timeout: 20_000, interval: 100 }).toBe(700_000)
    await gone
    const last = await patch(story.admin, url, 700_000, bytes.subarray(700_000))
    expect(await story.contentOf(last.headers.get('vitrine-node') ?? '')).toEqual(bytes)
  })

  it('an upload can be terminated', async () => {
    const url = await begun(1_000_000)
    const socket = await piece(url, 0, 1_000_000)
    socket.write(Buffer.alloc(700_000))
    await arrived(url, 500_000)
    expect((await terminate(story.admin, url)).status).toBe(204)
    await expect.poll(() => openFiles()).toEqual([])
    expect((await story.admin.get(url)).status).toBe(404)
  })
})

describe('another process that has an upload', () => {
  let other: ChildProcess | undefined
  afterAll(() => other?.kill('SIGKILL'))

  it('locks it, and lets go of it however it ends', async () => {
    const url = await begun(10)
    const script = join(import.meta.dirname, 'hold-upload.fixture.ts')
    const unfinished = join(story.server.folder, 'blobs', 'unfinished')
    const holder = spawn(process.execPath, [script, unfinished, url.slice(-36)], {
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    other = holder
    const [line] = (await once(holder.stdout, 'data')) as [Buffer]
    expect(line.toString()).toBe('held')
    expect(failure(await patch(story.admin, url, 0, Buffer.alloc(10)))).toEqual([423, 'upload/locked'])
    expect(failure(await terminate(story.admin, url))).toEqual([423, 'upload/locked'])
    const gone = once(holder, 'exit')
    holder.kill('SIGKILL')
    await gone
    expect((await patch(story.admin, url, 0, Buffer.alloc(10))).status).toBe(204)
  })

  it('and the same piece eight times at once makes no second asset', async () => {
    const { id } = await story.aFolder()
    const url = await story.begun({ parent: id, name: 'one.txt', conflict: 'keep-both' }, 3)
    await story.anAsset(id, 'one.txt')
    const endings = await Promise.all(Array.from({ length: 8 }, () => patch(story.admin, url, 0, Buffer.from('abc'))))
    for (const { status } of endings) expect([204, 409, 423]).toContain(status)
    expect(await story.names(id)).toEqual(['one (2).txt', 'one.txt'])
  })
})

describe('an answer that refuses', () => {
  it('comes before the body is sent', async () => {
    const url = await begun(10)
    const socket = await piece(url, 5, 5)
    const [answer] = (await once(socket, 'data')) as [Buffer]
    expect(answer.toString()).toMatch(/^HTTP\/1\.1 409 [^]*connection: close/i)
    const none = await create(story.admin, { parent: folder.id, name: 'x' }, 10, { headers: { 'tus-resumable': '2' } })
    expect(none.status).toBe(412)
  })
})
