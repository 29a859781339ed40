import { randomBytes, randomUUID } from 'node:crypto'
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { once } from 'node:events'
import { type IncomingMessage, request } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { ADMIN_ID, type BlobHash } from '@vitrine/domain'
import { afterEach, describe, expect, it } from 'vitest'
import { mountSmallDisk } from '../blobs/a-small-disk.ts'
import { collectBlobs } from '../blobs/collect-blobs.ts'
import { expireUploads } from './expire-uploads.ts'
import { create, failure, head, offsetOf, patch, sha256Of, terminate, UploadStory } from './upload-story.ts'

const day = 86_400_000
const leftovers: (() => Promise<unknown> | void)[] = []
afterEach(async () => {
  for (let undo = leftovers.pop(); undo; undo = leftovers.pop()) await undo()
})

async function aStory(environment: Record<string, string> = {}): Promise<UploadStory> {
  const story = await UploadStory.begin({ environment })
  leftovers.push(() => story.server.stop())
  return story
}

const unfinishedFiles = ({ server }: UploadStory, data = server.folder) => readdir(join(data, 'blobs', 'unfinished'))

describe('an upload that nobody goes on with', () => {
  it('expires, and is removed with its bytes', async () => {
    const story = await aStory({ VITRINE_UPLOAD_RETENTION: '2d' })
    const { id } = await story.aFolder()
    const [old, kept] = [
      await story.begun({ parent: id, name: 'old' }, 100),
      await story.begun({ parent: id, name: 'kept' }, 100),
    ]
    for (const url of [old, kept]) await patch(story.admin, url, 0, Buffer.alloc(10))
    story.server.wait(1.5 * day)
    const going = await patch(story.admin, kept, 10, Buffer.alloc(10))
    expect(Date.parse(going.headers.get('upload-expires') ?? '')).toBeGreaterThan(story.server.now() + 1.9 * day)
    story.server.wait(day)
    expect((await head(story.admin, old)).status).toBe(410)
    expect(failure(await patch(story.admin, old, 10, Buffer.alloc(10)))).toEqual([410, 'upload/expired'])
    expect((await story.unfinished()).map(({ url }) => url)).toEqual([kept])
    await expireUploads(story.server.parts)
    expect((await head(story.admin, old)).status).toBe(404)
    expect((await unfinishedFiles(story)).filter((name) => old.includes(name.slice(0, 36)))).toEqual([])
    expect((await patch(story.admin, kept, 20, Buffer.alloc(80))).status).toBe(204)
    expect(await unfinishedFiles(story)).toEqual([])
  })

  it('and that is finished is forgotten; the asset stays', async () => {
    const story = await aStory()
    const { id } = await story.aFolder()
    const made = await create(story.admin, { parent: id, name: 'made' }, 4, { body: Buffer.from('made') })
    story.server.wait(8 * day)
    await expireUploads(story.server.parts)
    expect((await head(story.admin, made.headers.get('location') ?? '')).status).toBe(404)
    expect(await story.names(id)).toEqual(['made'])
  })

  it('leaves no bytes that nothing names, but takes none that may still become an asset', async () => {
    const story = await aStory()
    const { id } = await story.aFolder()
    const { blobs, db } = story.server.parts
    const stored = async () => (await Array.fromAsync(blobs.list())).length
    const tidy = async () => {
      await expireUploads(story.server.parts)
      for (let run = 0; run < 2; run++) {
        await collectBlobs(story.server.parts, {}, AbortSignal.timeout(60_000), { grace: 0, fileSweepEvery: 0 })
      }
    }
    const [kept, removed] = [await lostRace(story, id, 'kept'), await lostRace(story, id, 'removed')]
    await tidy()
    expect([await stored(), await unfinishedFiles(story)]).toEqual([2, [kept, removed].map(idIn).flatMap(lockOf)])
    expect((await story.admin.post(`${kept}/finish`, { name: 'free' })).status).toBe(200)
    expect((await terminate(story.admin, removed)).status).toBe(204)
    const orphan = await blobs.openUnfinished('01900000-0000-7000-8000-000000000000', 0)
    await orphan?.close()
    await db
      .deleteFrom('uploads')
      .where('id', '=', idIn(await story.begun({ parent: id, name: 'x' }, 9)))
      .execute()
    await tidy()
    expect([await stored(), await unfinishedFiles(story)]).toEqual([1, []])
    expect(await story.names(id)).toEqual(['kept', 'removed', 'free'])
  })
})

const idIn = (url: string) => url.slice(-36)
const lockOf = (id: string) => [`${id}.lock`]

/** An upload whose name was taken by somebody who committed while it was being finished: when its bytes lay in their place. */
async function lostRace(story: UploadStory, folder: string, name: string): Promise<string> {
  const url = await story.begun({ parent: folder, name }, name.length)
  const ending = Promise.withResolvers<void>()
  const other = story.server.parts.db.transaction().execute(async (tx) => {
    const row = { id: randomUUID(), parent_id: folder, kind: 'folder', name, sort_key: name, created_at: new Date() }
    await tx
      .insertInto('nodes')
      .values({ ...row, created_by: ADMIN_ID, modified_at: new Date() })
      .execute()
    await ending.promise
  })
  const finishing = patch(story.admin, url, 0, Buffer.from(name))
  const { blobs } = story.server.parts
  await expect.poll(() => blobs.sizeOf(sha256Of(Buffer.from(name)) as BlobHash)).toBe(name.length)
  ending.resolve()
  await other
  expect(failure(await finishing)).toEqual([409, 'node/name-taken'])
  expect(await offsetOf(story.admin, url)).toBe(name.length - 1)
  return url
}

describe('somebody', () => {
  it('has so many unfinished uploads at most, also when many begin at once', async () => {
    const story = await aStory({ VITRINE_UNFINISHED_UPLOADS: '3' })
    const { id } = await story.aFolder('shared')
    const begin = (name: number, caller = story.admin) => create(caller, { parent: id, name: `${name}` }, 10)
    const answers = await Promise.all(Array.from({ length: 8 }, (_, name) => begin(name)))
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(3)
    const refused = answers.find(({ status }) => status !== 201)!
    expect(failure(refused)).toEqual([429, 'upload/too-many'])
    expect(refused.json()).toMatchObject({ limit: 3 })
    await story.server.grant('/shared', 'ann', 'read', 'create')
    expect((await begin(9, story.server.as('ann'))).status).toBe(201)
    const [one] = await story.unfinished()
    await patch(story.admin, one?.url ?? '', 0, Buffer.alloc(10))
    expect((await begin(10)).status).toBe(201)
    expect((await begin(11)).status).toBe(429)
    await terminate(story.admin, (await story.unfinished())[0]?.url ?? '')
    expect((await begin(12)).status).toBe(201)
  })
})

describe('a disk that is full', () => {
  /** A server on a disk of 100 MB, of which 64 stay free for the database. */
  async function onSmallDisk(skip: (why: string) => never) {
    const disk = await mkdtemp(join(tmpdir(), 'vitrine-small-'))
    leftovers.push(() => rm(disk, { recursive: true, force: true }))
    const unmount = mountSmallDisk(disk, 'tmpfs', 100)
    if (!unmount) return skip('a small file system cannot be mounted here (needs root)')
    leftovers.push(unmount)
    const story = await aStory({ VITRINE_DATA: disk })
    return { story, disk, fill: (megabytes: number) => writeFile(join(disk, 'other'), Buffer.alloc(megabytes << 20)) }
  }

  it('is told before bytes come: of one upload, and of all that one has begun', async ({ skip }) => {
    const { story } = await onSmallDisk(skip)
    const { id } = await story.aFolder()
    const large = await create(story.admin, { parent: id, name: 'large' }, 50 << 20)
    expect(failure(large)).toEqual([507, 'storage/full'])
    expect(large.json()).toMatchObject({ size: 50 << 20, detail: expect.stringMatching(/^There is not enough room/) })
    await story.begun({ parent: id, name: 'first' }, 20 << 20)
    expect(failure(await create(story.admin, { parent: id, name: 'second' }, 20 << 20))).toEqual([507, 'storage/full'])
    const { space } = await story.check(id, [{ relativePath: 'x', size: 50 << 20 }])
    expect(space).toMatchObject({ needed: 50 << 20, fits: false })
    expect(space.free).toBeLessThan(36 << 20)
    expect((await story.unfinished()).map(({ relativePath }) => relativePath)).toEqual(['first'])
  })

  it('while bytes come keeps what came; there is no half asset, and with room again it goes on', async ({ skip }) => {
    const { story, disk, fill } = await onSmallDisk(skip)
    const { id } = await story.aFolder()
    const bytes = randomBytes(20 << 20)
    const url = await story.begun({ parent: id, name: 'film.bin' }, bytes.length)
    await patch(story.admin, url, 0, bytes.subarray(0, 4 << 20))
    await fill(30)
    const told = await patch(story.admin, url, 4 << 20, bytes.subarray(4 << 20))
    expect(failure(told)).toEqual([507, 'storage/full'])
    await fill(20)
    const ended = await sendWithoutLength(story, url, 4 << 20, async function* () {
      yield bytes.subarray(4 << 20, 6 << 20)
      await expect.poll(() => story.server.parts.blobs.sizeOfUnfinished(idIn(url))).toBeGreaterThan(5 << 20)
      await fill(200).catch(() => {})
      yield bytes.subarray(6 << 20)
    })
    expect(ended).toMatchObject({ status: 507, code: 'storage/full' })
    const offset = await offsetOf(story.admin, url)
    expect(offset).toBeGreaterThan(4 << 20)
    expect(await story.names(id)).toEqual([])
    await rm(join(disk, 'other'))
    const last = await patch(story.admin, url, offset, bytes.subarray(offset))
    expect(last.status).toBe(204)
    expect((await story.contentOf(last.headers.get('vitrine-node') ?? '')).equals(bytes)).toBe(true)
    expect(await unfinishedFiles(story, disk)).toEqual([])
  })

  it('gives room back when the upload is terminated', async ({ skip }) => {
    const { story, fill } = await onSmallDisk(skip)
    const { id } = await story.aFolder()
    const free = await story.server.parts.blobs.freeSpace()
    const url = await story.begun({ parent: id, name: 'film.bin' }, 20 << 20)
    await patch(story.admin, url, 0, Buffer.alloc(10 << 20))
    await fill(200).catch(() => {})
    expect((await patch(story.admin, url, 10 << 20, Buffer.alloc(10 << 20))).status).toBe(507)
    expect((await terminate(story.admin, url)).status).toBe(204)
    await fill(0)
    expect(await story.server.parts.blobs.freeSpace()).toBe(free)
  })
})

/** Sends a piece whose length is not told before: then only the disk can say that there is no room. */
async function sendWithoutLength(
  story: UploadStory,
  url: string,
  offset: number,
  pieces: () => AsyncIterable<Uint8Array>,
): Promise<{ readonly status: number; readonly code?: unknown }> {
  const sending = request(`${story.server.url}${url}`, {
    method: 'PATCH',
    headers: {
      authorization: `Bearer ${story.server.parts.localToken.reveal()}`,
      'tus-resumable': '1.0.0',
      'upload-offset': offset,
      'content-type': 'application/offset+octet-stream',
    },
  })
  const answered = once(sending, 'response') as Promise<[IncomingMessage]>
  pipeline(Readable.from(pieces()), sending).catch(() => {})
  const [answer] = await answered
  const body = Buffer.concat(await Array.fromAsync(answer as AsyncIterable<Buffer>)).toString()
  return { status: answer.statusCode ?? 0, ...(body !== '' && (JSON.parse(body) as { code: string })) }
}
