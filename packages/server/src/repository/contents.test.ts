import { createHash, randomBytes } from 'node:crypto'
import { readdir } from 'node:fs/promises'
import { request as httpRequest } from 'node:http'
import { join } from 'node:path'
import type { StoredContent, VersionBody } from '@vitrine/api'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { failure, made, RepositoryStory, upload } from './repository-story.ts'

let story: RepositoryStory
beforeAll(async () => {
  story = await RepositoryStory.begin()
})
afterAll(() => story?.server.stop())

describe('a content', () => {
  it('becomes an asset, whose bytes come back whole and in ranges', async () => {
    const { id } = await story.aFolder()
    const bytes = randomBytes(3_000_000)
    const asset = await story.anAsset(id, 'film.bin', bytes)
    const sha256 = createHash('sha256').update(bytes).digest('hex')
    expect(asset).toMatchObject({ kind: 'asset', size: bytes.length, sha256, outcome: 'created' })
    const whole = await story.admin.get(`/api/v1/nodes/${asset.id}/content`)
    expect(whole.bytes.equals(bytes)).toBe(true)
    expect(whole.headers.get('content-disposition')).toContain('attachment')
    const range = await story.admin.get(`/api/v1/nodes/${asset.id}/content`, { range: 'bytes=1000000-1000099' })
    expect([range.status, range.bytes.equals(bytes.subarray(1_000_000, 1_000_100))]).toEqual([206, true])
    const head = await story.admin.head(`/api/v1/nodes/${asset.id}/content`)
    expect([head.status, head.headers.get('content-length')]).toEqual([200, '3000000'])
    const same = await story.admin.get(`/api/v1/nodes/${asset.id}/content`, {
      'if-none-match': whole.headers.get('etag') ?? '',
    })
    expect(same.status).toBe(304)
  })

  it('may be empty, and its type is told by content before name', async () => {
    const { id } = await story.aFolder()
    expect(await story.anAsset(id, 'empty.txt', '')).toMatchObject({ size: 0, mediaType: 'text/plain' })
    expect(
      await story.anAsset(id, 'x.svg', '<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"/>'),
    ).toMatchObject({
      mediaType: 'image/svg+xml',
    })
    expect(await story.anAsset(id, 'not-a.png', 'words')).toMatchObject({ mediaType: 'application/octet-stream' })
    const gif = Buffer.from('474946383961010001000000002c00000000010001000002003b', 'hex')
    expect(await story.anAsset(id, 'lies.txt', gif)).toMatchObject({ mediaType: 'image/gif' })
  })

  it('is JSON or anything else to the server: bytes', async () => {
    const { id } = await story.aFolder()
    const answer = await story.admin.request('POST', `/api/v1/nodes/${id}/assets?name=a.json`, {
      body: Buffer.from('{"not": parsed'),
      headers: { 'content-type': 'application/json' },
    })
    expect(made<StoredContent>(answer).size).toBe(14)
  })

  it('is refused under a name that is taken, or becomes a version when asked to, but not of the same bytes', async () => {
    const { id } = await story.aFolder()
    const first = await story.anAsset(id, 'poster.txt', 'one')
    expect(failure(await upload(story.admin, id, 'poster.txt', 'two'))).toEqual([409, 'node/name-taken'])
    const second = (await upload(story.admin, id, 'poster.txt', 'two', '&conflict=version')).json<StoredContent>()
    expect(second).toMatchObject({ id: first.id, outcome: 'version', size: 3 })
    const third = (await upload(story.admin, id, 'poster.txt', 'two', '&conflict=version')).json<StoredContent>()
    expect(third).toMatchObject({ id: first.id, outcome: 'unchanged', version: second.version })
    await story.aFolder('taken', id)
    expect(failure(await upload(story.admin, id, 'taken', 'x', '&conflict=version'))).toEqual([409, 'node/name-taken'])
  })

  it('replaces another as a version, which can be listed, read and restored', async () => {
    const { id } = await story.aFolder()
    const asset = await story.anAsset(id, 'text.txt', 'first')
    const answer = await story.admin.put(`/api/v1/nodes/${asset.id}/content`, Buffer.from('second one'))
    expect(answer.json()).toMatchObject({ id: asset.id, outcome: 'version', size: 10 })
    const versions = (await story.admin.get(`/api/v1/nodes/${asset.id}/versions`)).json<{ items: VersionBody[] }>()
      .items
    expect(versions.map(({ number, size }) => [number, size])).toEqual([
      [2, 10],
      [1, 5],
    ])
    const old = versions[1]!.id
    expect((await story.admin.get(`/api/v1/nodes/${asset.id}/versions/${old}/content`)).text).toBe('first')
    expect((await story.admin.post(`/api/v1/nodes/${asset.id}/versions/${old}/restore`)).json()).toMatchObject({
      number: 3,
      size: 5,
    })
    expect((await story.admin.get(`/api/v1/nodes/${asset.id}/content`)).text).toBe('first')
    const other = await story.anAsset(id, 'other.txt')
    expect(failure(await story.admin.get(`/api/v1/nodes/${other.id}/versions/${old}`))).toEqual([
      404,
      'version/not-found',
    ])
  })

  it('is not replaced by somebody who has not seen the current version', async () => {
    const { id } = await story.aFolder()
    const asset = await story.anAsset(id, 'shared.txt', 'mine')
    const path = `/api/v1/nodes/${asset.id}/content`
    const seen = { 'if-match': `"${asset.version}"` }
    expect((await story.admin.put(path, Buffer.from('theirs'), seen)).status).toBe(200)
    expect(failure(await story.admin.put(path, Buffer.from('mine again'), seen))).toEqual([412, 'node/changed'])
    expect((await story.admin.get(path)).text).toBe('theirs')
  })

  it('is not replaced by two at once who saw the same version', async () => {
    const { id } = await story.aFolder()
    const asset = await story.anAsset(id, 'race.txt', 'start')
    const path = `/api/v1/nodes/${asset.id}/content`
    const put = (text: string) => story.admin.put(path, Buffer.from(text), { 'if-match': `"${asset.version}"` })
    const answers = await Promise.all(['a', 'b', 'c', 'd'].map(put))
    expect(answers.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([200, 412, 412, 412])
  })

  it('is refused when it is not what its digest says', async () => {
    const { id } = await story.aFolder()
    const path = `/api/v1/nodes/${id}/assets?name=x.txt`
    const wrong = await story.admin.post(path, Buffer.from('bytes'), { 'content-digest': digest('others') })
    expect(failure(wrong)).toEqual([400, 'request/invalid'])
    expect((await story.admin.post(path, Buffer.from('bytes'), { 'repr-digest': digest('bytes') })).status).toBe(201)
    // Renditions of what other tests uploaded may be staged meanwhile.
    await expect.poll(() => readdir(join(story.server.folder, 'blobs', 'staged'))).toEqual([])
  })

  it('that breaks off changes nothing', async () => {
    const { id } = await story.aFolder()
    const asset = await story.anAsset(id, 'whole.txt', 'whole')
    await breakOff('PUT', `/api/v1/nodes/${asset.id}/content`)
    await breakOff('POST', `/api/v1/nodes/${id}/assets?name=half.txt`)
    await expect.poll(() => readdir(join(story.server.folder, 'blobs', 'staged'))).toEqual([])
    expect(await story.names(id)).toEqual(['whole.txt'])
    expect((await story.admin.get(`/api/v1/nodes/${asset.id}/content`)).text).toBe('whole')
  })

  it('keeps the time of its last change', async () => {
    const { id } = await story.aFolder()
    const answer = await upload(story.admin, id, 'old.txt', 'old', '&modifiedAt=2001-02-03T04:05:06.789Z')
    expect(answer.json()).toMatchObject({ modifiedAt: '2001-02-03T04:05:06.789Z' })
  })
})

function digest(text: string): string {
  return `sha-256=:${createHash('sha256').update(text).digest('base64')}:`
}

/** Sends the head of a request and a part of its body, and hangs up. */
function breakOff(method: string, path: string): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>()
  const { hostname, port } = new URL(story.server.url)
  const headers = { authorization: `Bearer ${story.server.parts.localToken.reveal()}`, 'content-length': 1_000_000 }
  const request = httpRequest({ hostname, port, method, path, headers })
  request.on('error', () => {})
  request.on('close', () => resolve())
  request.write(Buffer.alloc(300_000), () => setImmediate(() => request.destroy()))
  return promise
}
