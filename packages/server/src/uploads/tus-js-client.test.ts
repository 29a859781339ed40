import { randomBytes } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { connect, createServer, type Server, type Socket } from 'node:net'
import { once } from 'node:events'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { NodeBody } from '@vitrine/api'
import { type DetailedError, Upload, type UploadOptions } from 'tus-js-client'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { UploadStory } from './upload-story.ts'

/** Another program's client is the judge. */
let story: UploadStory
let folder: NodeBody
let disk: string
let proxy: CuttingProxy | undefined
beforeAll(async () => {
  story = await UploadStory.begin()
  folder = await story.aFolder('judged')
  disk = await mkdtemp(join(tmpdir(), 'vitrine-tus-'))
})
afterEach(() => proxy?.close())
afterAll(async () => {
  await story?.server.stop()
  await rm(disk, { recursive: true, force: true })
})

const authorization = () => `Bearer ${story.server.parts.localToken.reveal()}`

interface Uploaded {
  readonly url: string
  readonly node: string
}

/** Uploads with tus-js-client, to the end. */
function uploaded(bytes: Buffer, metadata: Record<string, string>, options: UploadOptions = {}): Promise<Uploaded> {
  return new Promise((resolve, reject) => {
    const upload = new Upload(bytes, {
      endpoint: `${proxy?.url ?? story.server.url}/api/v1/uploads`,
      headers: { authorization: authorization() },
      metadata: { parent: folder.id, ...metadata },
      retryDelays: [0, 50, 100, 200, 400, 800],
      ...options,
      onError: reject,
      onSuccess: ({ lastResponse }) =>
        resolve({ url: upload.url ?? '', node: lastResponse.getHeader('vitrine-node') ?? '' }),
    })
    upload.start()
  })
}

/** Lets bytes through to the server, and cuts connections after so many of them. */
class CuttingProxy {
  readonly url: string
  readonly #server: Server
  readonly #sockets = new Set<Socket>()
  cuts = 0

  private constructor(server: Server, port: number) {
    this.#server = server
    this.url = `http://127.0.0.1:${port}`
  }

  /** @param cutAfter bytes of each connection, one after the other; then nothing is cut any more */
  static async open(target: string, cutAfter: readonly number[]): Promise<CuttingProxy> {
    const server = createServer().listen(0, '127.0.0.1')
    await once(server, 'listening')
    const made = new CuttingProxy(server, (server.address() as { port: number }).port)
    const left = [...cutAfter]
    server.on('connection', (client) => made.#join(client, new URL(target), left))
    return made
  }

  #join(client: Socket, { hostname, port }: URL, left: number[]): void {
    const upstream = connect(Number(port), hostname)
    for (const socket of [client, upstream]) {
      this.#sockets.add(socket)
      socket.on('error', () => {})
      socket.on('close', () => [client, upstream].forEach((one) => one.destroy()))
    }
    upstream.pipe(client)
    let passed = 0
    client.on('data', (bytes: Buffer) => {
      passed += bytes.length
      upstream.write(bytes)
      if (left[0] === undefined || passed < left[0]) return
      left.shift()
      this.cuts += 1
      client.destroy()
    })
  }

  close(): void {
    for (const socket of this.#sockets) socket.destroy()
    this.#server.close()
    proxy = undefined
  }
}

describe('tus-js-client', () => {
  it.each([
    ['in one piece', {}],
    ['in pieces', { chunkSize: 300_000 }],
    ['with the creation', { uploadDataDuringCreation: true }],
    ['in pieces from the creation on', { uploadDataDuringCreation: true, chunkSize: 300_000 }],
    ['where PATCH is unknown', { overridePatchMethod: true, chunkSize: 300_000 }],
  ])('uploads %s', async (how, options) => {
    const bytes = randomBytes(1_000_000)
    const { node } = await uploaded(bytes, { relativePath: `${how}/ä b.bin`, filetype: 'image/png' }, options)
    expect(await story.contentOf(node)).toEqual(bytes)
    expect(await story.at(`/judged/${how}/ä b.bin`)).toMatchObject({ id: node })
  })

  it('uploads a file of the disk, and an empty one', async () => {
    const path = join(disk, 'file')
    const bytes = randomBytes(2_000_000)
    await writeFile(path, bytes)
    const options = { uploadSize: bytes.length, chunkSize: 700_000 }
    const { node } = await uploaded(createReadStream(path) as unknown as Buffer, { name: 'from disk.bin' }, options)
    expect(await story.contentOf(node)).toEqual(bytes)
    const empty = await uploaded(Buffer.alloc(0), { name: 'empty.bin' })
    expect(await story.contentOf(empty.node)).toEqual(Buffer.alloc(0))
  })

  it('goes on by itself when its connection is cut, again and again', async () => {
    const bytes = randomBytes(6_000_000)
    proxy = await CuttingProxy.open(story.server.url, [1_000_000, 900_000, 2_000_000, 300_000])
    const { node } = await uploaded(bytes, { name: 'cut.bin' })
    expect(proxy.cuts).toBe(4)
    expect(await story.contentOf(node)).toEqual(bytes)
  })

  it('is stopped, and goes on later from the address alone', async () => {
    const bytes = randomBytes(3_000_000)
    const options = { chunkSize: 500_000 }
    const url = await new Promise<string>((resolve, reject) => {
      const upload = new Upload(bytes, {
        endpoint: `${story.server.url}/api/v1/uploads`,
        headers: { authorization: authorization() },
        metadata: { parent: folder.id, name: 'stopped.bin' },
        ...options,
        onError: reject,
        onChunkComplete: (_size, accepted) => {
          if (accepted === 1_500_000) void upload.abort().then(() => resolve(upload.url ?? ''))
        },
      })
      upload.start()
    })
    const [found] = await story.unfinished()
    expect(url.endsWith(found?.url ?? 'none')).toBe(true)
    const again = await uploaded(bytes, {}, { ...options, uploadUrl: url })
    expect(await story.contentOf(again.node)).toEqual(bytes)
    // Asked once more: it is finished.
    expect((await uploaded(bytes, {}, { uploadUrl: url })).node).toBe(again.node)
  })

  it('is told why it is refused, and can terminate', async () => {
    await story.anAsset(folder.id, 'taken.bin')
    const refused = await uploaded(randomBytes(10), { name: 'taken.bin' }, { retryDelays: null }).catch(
      (error: unknown) => error as DetailedError,
    )
    expect(refused).toBeInstanceOf(Error)
    const { originalResponse } = refused as DetailedError
    expect(originalResponse?.getStatus()).toBe(409)
    expect(JSON.parse(originalResponse?.getBody() ?? '')).toMatchObject({ code: 'node/name-taken' })
    const url = `${story.server.url}${await story.begun({ parent: folder.id, name: 'ended.bin' }, 10)}`
    await Upload.terminate(url, { headers: { authorization: authorization() } })
    expect(await story.unfinished()).toEqual([])
  })

  it('uploads forty files at the same time', async () => {
    const files = Array.from({ length: 40 }, (_, one) => randomBytes(20_000 + one))
    const all = files.map((bytes, one) => uploaded(bytes, { relativePath: `forty/${one % 7}/${one}.bin` }))
    const nodes = await Promise.all(all)
    for (const [one, { node }] of nodes.entries()) expect((await story.contentOf(node)).equals(files[one]!)).toBe(true)
    expect(await story.names((await story.at('/judged/forty')).id)).toHaveLength(7)
  })
})
