import { sql } from 'kysely'
import { aServer, type TestServer } from '@vitrine/testkit'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { BlobHash } from '@vitrine/domain'
import { bytesOfHash } from '../blobs/blob-hash.ts'
import { inTransaction } from '../db/transaction.ts'
import { bytesOfBlob, endedRenditions, storePicture, storeWithoutJob } from './a-stored-picture.ts'
import { pixelBomb, quarters } from './decoder/a-picture.ts'
import { lookAtJpeg } from './decoder/look-at-jpeg.ts'
import { makeRenditions } from './make-renditions.ts'
import { raisePriority } from './raise-priority.ts'
import type { Renditions } from './rendition-store.ts'
import { requestRenditions } from './request-renditions.ts'
import { resumeBegun, resumeRenditions } from './resume-renditions.ts'

const never = new AbortController().signal
let server: TestServer

beforeAll(async () => {
  server = await aServer()
})
afterAll(() => server.stop())

/** Bytes of a picture that no other test has. */
function aPicture(width: number, height: number): Promise<Buffer> {
  return quarters(width, height).jpeg().toBuffer()
}

async function ended(source: BlobHash | undefined): Promise<Renditions> {
  const get = () => endedRenditions(server.parts, source ?? ('' as BlobHash))
  return (await expect.poll(get, { timeout: 30_000 }).toBeDefined(), (await get()) ?? {})
}

async function blobRow(sha256: BlobHash) {
  return server.parts.db.selectFrom('blobs').selectAll().where('sha256', '=', bytesOfHash(sha256)).executeTakeFirst()
}

function allRows() {
  return server.parts.db
    .selectFrom('renditions')
    .select(['source_sha256', 'name', 'state', 'blob_sha256', 'size', 'width', 'height', 'failure_code'])
    .orderBy('source_sha256')
    .orderBy('name')
    .execute()
}

describe('a picture that is stored', () => {
  it('gets its renditions, and they are blobs like others', async () => {
    const [source] = await storePicture(server.parts, await aPicture(1500, 900))
    const renditions = await ended(source)
    for (const [name, width, height] of [
      ['web.1280', 1280, 768],
      ['thumbnail.319', 319, 191],
    ] as const) {
      const rendition = renditions[name]
      if (rendition?.state !== 'ready') throw new Error(`${name} is ${rendition?.state}`)
      expect([rendition.width, rendition.height, rendition.mediaType]).toEqual([width, height, 'image/jpeg'])
      const bytes = await bytesOfBlob(server.parts, rendition.blob)
      expect(bytes.length).toBe(rendition.size)
      const look = lookAtJpeg(bytes)
      expect([look.width, look.height]).toEqual([width, height])
      expect(await blobRow(rendition.blob)).toMatchObject({
        size: bytes.length,
        width,
        height,
        media_type: 'image/jpeg',
      })
    }
  })

  it('gets to know its own size, as it is shown', async () => {
    const turned = await quarters(300, 200).withMetadata({ orientation: 6 }).jpeg().toBuffer()
    const [source] = await storePicture(server.parts, turned)
    await ended(source)
    expect(await blobRow(source ?? ('' as BlobHash))).toMatchObject({ width: 200, height: 300 })
  })

  it('twice, also in one transaction, gets them once', async () => {
    const bytes = await aPicture(333, 222)
    const [first] = await storePicture(server.parts, bytes, bytes)
    await ended(first)
    const before = await allRows()
    const [second] = await storePicture(server.parts, bytes)
    expect(second).toBe(first)
    expect(await allRows()).toEqual(before)
  })

  it('and is none of the five formats gets none', async () => {
    const [tiff, text] = await storePicture(
      server.parts,
      await quarters(30, 20).tiff().toBuffer(),
      Buffer.from('no picture'),
    )
    expect([await ended(tiff), await ended(text)]).toEqual([{}, {}])
  })

  it('does not exist, nor its job, when the transaction is rolled back', async () => {
    const [source = '' as BlobHash] = await storePicture(server.parts, Buffer.from('not a picture, but a blob'))
    const wish = [{ sha256: source, mediaType: 'image/png' }]
    await inTransaction(server.parts.db, async (tx) => {
      await requestRenditions(tx, server.parts, wish)
      throw new Error('no')
    }).catch(() => {})
    expect(await ended(source)).toEqual({})
  })
})

describe('a picture that cannot be shown', () => {
  it.each([
    ['damaged', 'rendition/damaged', async () => (await aPicture(700, 500)).subarray(0, 4000)],
    ['a bomb', 'rendition/too-large', async () => pixelBomb(20_000)],
  ] as const)('because it is %s says so, once and for all', async (_, code, make) => {
    const [source = '' as BlobHash] = await storePicture(server.parts, await make())
    const renditions = await ended(source)
    expect(Object.values(renditions).map((rendition) => rendition.state === 'failed' && rendition.code)).toEqual([
      code,
      code,
    ])
    const before = await allRows()
    await makeRenditions(server.parts, { source, mediaType: '' }, never)
    await raisePriority(server.parts, [source])
    server.wait(3 * 3_600_000)
    await resumeRenditions({ ...server.parts, clock: () => server.now() })
    expect(await allRows()).toEqual(before)
  })

  it('does not keep the next from being made', async () => {
    const broken = (await aPicture(710, 500)).subarray(0, 3000)
    const [, good] = await storePicture(server.parts, broken, await aPicture(90, 60))
    expect(Object.values(await ended(good)).map(({ state }) => state)).toEqual(['ready', 'ready'])
  })
})

describe('a job', () => {
  it('that runs twice, also at the same time, comes to the same', async () => {
    const [source = '' as BlobHash] = await storePicture(server.parts, await aPicture(640, 400))
    await Promise.all([1, 2, 3].map(() => makeRenditions(server.parts, { source, mediaType: '' }, never)))
    const once = await ended(source)
    await makeRenditions(server.parts, { source, mediaType: '' }, never)
    expect(await ended(source)).toEqual(once)
    expect(Object.values(once).map(({ state }) => state)).toEqual(['ready', 'ready'])
  })

  it('whose source is not there any more does nothing', async () => {
    await makeRenditions(server.parts, { source: 'ab'.repeat(32) as BlobHash, mediaType: 'image/png' }, never)
  })

  it('that was begun and lost is queued again at the next start', async () => {
    const [source = '' as BlobHash] = await storeWithoutJob(server.parts, await aPicture(401, 300))
    await resumeBegun(server.parts)
    expect(await waitingJobs(source)).toBe(0)
    await setAttempts(source, 1)
    await resumeBegun(server.parts)
    expect(Object.values(await ended(source)).map(({ state }) => state)).toEqual(['ready', 'ready'])
  })

  it('that was lost before it began is queued again by and by', async () => {
    const [source = '' as BlobHash] = await storeWithoutJob(server.parts, await aPicture(402, 300))
    await resumeRenditions(server.parts)
    expect(await waitingJobs(source)).toBe(0)
    server.wait(2 * 3_600_000)
    await resumeRenditions(server.parts)
    expect(Object.values(await ended(source)).map(({ state }) => state)).toEqual(['ready', 'ready'])
  })

  it('that is broken off leaves things as they were', async () => {
    const [source = '' as BlobHash] = await storeWithoutJob(server.parts, await aPicture(404, 300))
    const before = await rowsOf(source)
    const stopped = AbortSignal.abort(new Error('the server stops'))
    await expect(makeRenditions(server.parts, { source, mediaType: '' }, stopped)).rejects.toThrow('broken off')
    expect(await rowsOf(source)).toEqual(before)
  })

  it('that never ends well is given up', async () => {
    const [source = '' as BlobHash] = await storeWithoutJob(server.parts, await aPicture(403, 300))
    await setAttempts(source, 10)
    await makeRenditions(server.parts, { source, mediaType: '' }, never)
    expect((await ended(source))['web.1280']).toMatchObject({ state: 'failed', code: 'rendition/failed' })
  })
})

async function setAttempts(source: BlobHash, attempts: number): Promise<void> {
  await server.parts.db
    .updateTable('renditions')
    .set({ attempts })
    .where('source_sha256', '=', bytesOfHash(source))
    .execute()
}

async function rowsOf(source: BlobHash) {
  const rows = await server.parts.db
    .selectFrom('renditions')
    .selectAll()
    .where('source_sha256', '=', bytesOfHash(source))
    .execute()
  return rows
    .map(({ name, state, attempts }) => ({ name, state, attempts }))
    .toSorted((a, b) => (a.name < b.name ? -1 : 1))
}

async function waitingJobs(source: BlobHash): Promise<number> {
  const { rows } = await sql`select from jobs.job where data->>'source' = ${source}`.execute(server.parts.db)
  return rows.length
}

it('what somebody looks at comes before what was queued', async () => {
  const waiting = await Promise.all(Array.from({ length: 40 }, (_, index) => aPicture(1000 + index, 700)))
  const sources = await storePicture(server.parts, ...waiting)
  const last = sources.at(-1) ?? ('' as BlobHash)
  await raisePriority(server.parts, [last])
  await raisePriority(server.parts, [last])
  await ended(last)
  const left = await Promise.all(sources.map((source) => endedRenditions(server.parts, source)))
  expect(left.filter((renditions) => renditions === undefined).length).toBeGreaterThan(20)
})
