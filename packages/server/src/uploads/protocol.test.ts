import { createHash, randomBytes } from 'node:crypto'
import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import type { NodeBody } from '@vitrine/api'
import { expectStatus } from '@vitrine/testkit'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  create,
  encoded,
  failure,
  head,
  offsetOf,
  patch,
  said,
  sha256Of,
  terminate,
  tusHeaders,
  UploadStory,
} from './upload-story.ts'

let story: UploadStory
let folder: NodeBody
beforeAll(async () => {
  story = await UploadStory.begin()
  folder = await story.aFolder('uploads')
})
afterAll(() => story?.server.stop())

describe('tus', () => {
  it('says which version and extensions there are', async () => {
    for (const url of ['/api/v1/uploads', '/api/v1/uploads/01900000-0000-7000-8000-000000000000']) {
      const answer = await story.admin.request('OPTIONS', url)
      expect(answer.status).toBe(204)
      expect(answer.headers.get('tus-version')).toBe('1.0.0')
      expect(answer.headers.get('tus-extension')).toBe('creation,creation-with-upload,termination,expiration,checksum')
      expect(answer.headers.get('tus-checksum-algorithm')).toBe('sha1,sha256,sha512,md5')
    }
  })

  it('takes an upload in pieces: the last one makes the asset', async () => {
    const bytes = randomBytes(300_000)
    const metadata = { parent: folder.id, name: 'in pieces.bin', modifiedAt: '2001-02-03T04:05:06.789Z', extra: '' }
    const begun = await create(story.admin, metadata, bytes.length)
    expect([begun.status, begun.headers.get('tus-resumable'), begun.text]).toEqual([201, '1.0.0', ''])
    expect(Date.parse(begun.headers.get('upload-expires') ?? '')).toBeGreaterThan(story.server.now() + 6.9 * 86_400_000)
    const url = begun.headers.get('location') ?? ''
    expect(url).toMatch(/^\/api\/v1\/uploads\/[0-9a-f-]{36}$/)
    let offset = 0
    for (const end of [0, 1, 100_000, 299_999]) {
      const answer = await patch(story.admin, url, offset, bytes.subarray(offset, end))
      expect(said(answer)).toEqual({ status: 204, code: undefined, offset: String(end) })
      expect(answer.headers.get('upload-expires')).not.toBeNull()
      expect(await story.now(url)).toMatchObject({ offset: end, state: 'unfinished', node: null })
      offset = end
    }
    const there = await head(story.admin, url)
    expect(said(there)).toEqual({ status: 200, code: undefined, offset: '299999' })
    expect(there.headers.get('upload-length')).toBe('300000')
    expect(there.headers.get('upload-metadata')).toBe(encoded(metadata))
    expect(there.headers.get('cache-control')).toBe('no-store')
    expect(await story.names(folder.id)).not.toContain('in pieces.bin')

    const last = await patch(story.admin, url, offset, bytes.subarray(offset))
    expect(said(last)).toEqual({ status: 204, code: undefined, offset: '300000' })
    expect([last.headers.get('vitrine-outcome'), last.headers.get('upload-expires')]).toEqual(['created', null])
    const node = last.headers.get('vitrine-node') ?? ''
    const asset = await story.at('/uploads/in pieces.bin')
    expect(asset).toMatchObject({ id: node, size: 300_000, sha256: sha256Of(bytes), modifiedAt: metadata.modifiedAt })
    expect(await story.contentOf(node)).toEqual(bytes)
    expect(await story.now(url)).toMatchObject({ offset: 300_000, state: 'finished', node, outcome: 'created' })
    expect(await readdir(join(story.server.folder, 'blobs/unfinished'))).toEqual([])
  })

  it('answers one who missed the last answer that it is finished, and makes no second asset', async () => {
    const bytes = randomBytes(1000)
    const url = await story.begun({ parent: folder.id, name: 'once.bin', conflict: 'keep-both' }, bytes.length)
    await patch(story.admin, url, 0, bytes)
    const there = await head(story.admin, url)
    expect([there.headers.get('upload-offset'), there.headers.get('vitrine-outcome')]).toEqual(['1000', 'created'])
    expect(said(await patch(story.admin, url, 1000, Buffer.alloc(0)))).toMatchObject({ status: 204, offset: '1000' })
    expect(failure(await patch(story.admin, url, 999, bytes.subarray(999)))).toEqual([409, 'upload/offset-conflict'])
    expect((await story.names(folder.id)).filter((name) => name.startsWith('once'))).toEqual(['once.bin'])
  })

  it('takes the first bytes with the creation, or all of them', async () => {
    const bytes = randomBytes(50_000)
    const some = await create(story.admin, { parent: folder.id, name: 'some.bin' }, bytes.length, {
      body: bytes.subarray(0, 20_000),
    })
    expect(said(some)).toEqual({ status: 201, code: undefined, offset: '20000' })
    const rest = await patch(story.admin, some.headers.get('location') ?? '', 20_000, bytes.subarray(20_000))
    expect(await story.contentOf(rest.headers.get('vitrine-node') ?? '')).toEqual(bytes)
    const whole = await create(story.admin, { parent: folder.id, name: 'all.bin' }, bytes.length, { body: bytes })
    expect(said(whole)).toEqual({ status: 201, code: undefined, offset: '50000' })
    expect(await story.contentOf(whole.headers.get('vitrine-node') ?? '')).toEqual(bytes)
  })

  it('takes an empty file, which is there at once', async () => {
    const answer = await create(story.admin, { parent: folder.id, name: 'empty.txt' }, 0)
    expect([answer.status, answer.headers.get('vitrine-outcome')]).toEqual([201, 'created'])
    expect(await offsetOf(story.admin, answer.headers.get('location') ?? '')).toBe(0)
    expect(await story.at('/uploads/empty.txt')).toMatchObject({ size: 0, mediaType: 'text/plain' })
  })

  it('makes renditions of what was uploaded', async () => {
    const gif = Buffer.from('474946383961010001000000002c00000000010001000002003b', 'hex')
    await create(story.admin, { parent: folder.id, name: 'dot.gif' }, gif.length, { body: gif })
    const { sha256 = '' } = await story.at('/uploads/dot.gif')
    const asked = await story.server.parts.db
      .selectFrom('renditions')
      .select('name')
      .where('source_sha256', '=', Buffer.from(sha256, 'hex'))
      .execute()
    expect(asked.length).toBeGreaterThan(0)
  })

  it('goes on only where the bytes end', async () => {
    const url = await story.begun({ parent: folder.id, name: 'offsets.bin' }, 100)
    await patch(story.admin, url, 0, Buffer.alloc(40))
    for (const offset of [0, 39, 41, 100]) {
      const answer = await patch(story.admin, url, offset, Buffer.alloc(10))
      expect(failure(answer)).toEqual([409, 'upload/offset-conflict'])
    }
    expect(await offsetOf(story.admin, url)).toBe(40)
  })

  it('takes no more bytes than were declared', async () => {
    const url = await story.begun({ parent: folder.id, name: 'too long.bin' }, 100)
    expect(failure(await patch(story.admin, url, 0, Buffer.alloc(101)))).toEqual([413, 'request/too-large'])
    expect(await offsetOf(story.admin, url)).toBe(0)
    expect((await patch(story.admin, url, 0, Buffer.alloc(100))).status).toBe(204)
  })

  it('forgets an upload that is terminated, with its bytes', async () => {
    const url = await story.begun({ parent: folder.id, name: 'terminated.bin' }, 100)
    await patch(story.admin, url, 0, Buffer.alloc(40))
    const answer = await terminate(story.admin, url)
    expect([answer.status, answer.headers.get('tus-resumable')]).toEqual([204, '1.0.0'])
    for (const gone of [await patch(story.admin, url, 40, Buffer.alloc(60)), await terminate(story.admin, url)]) {
      expect(failure(gone)).toEqual([404, 'upload/not-found'])
    }
    expect((await head(story.admin, url)).status).toBe(404)
    const left = await readdir(join(story.server.folder, 'blobs/unfinished'))
    expect(left.filter((name) => name.startsWith(url.slice(-36)))).toEqual([])
  })

  it('is spoken by POST where a proxy knows no PATCH', async () => {
    const url = await story.begun({ parent: folder.id, name: 'by post.bin' }, 3)
    const over = (method: string, headers = {}, body?: Buffer) =>
      story.admin.request('POST', url, {
        headers: { ...tusHeaders, 'x-http-method-override': method, ...headers },
        ...(body && { body }),
      })
    const piece = { 'upload-offset': '0', 'content-type': 'application/offset+octet-stream' }
    expect(said(await over('PATCH', piece, Buffer.from('a')))).toMatchObject({ status: 204, offset: '1' })
    expect(failure(await over('TRACE'))).toEqual([405, 'request/method-not-allowed'])
    expect((await over('DELETE')).status).toBe(204)
    expect((await head(story.admin, url)).status).toBe(404)
  })

  it('refuses other versions, and says which there is', async () => {
    const url = await story.begun({ parent: folder.id, name: 'version.bin' }, 10)
    for (const headers of [{}, { 'tus-resumable': '0.2.2' }] as Record<string, string>[]) {
      for (const [method, path] of [
        ['POST', '/api/v1/uploads'],
        ['PATCH', url],
        ['DELETE', url],
        ['HEAD', url],
      ] as const) {
        const answer = await story.admin.request(method, path, { headers })
        expect([method, answer.status, answer.headers.get('tus-version')]).toEqual([method, 412, '1.0.0'])
        expect(answer.headers.get('tus-resumable')).toBe('1.0.0')
      }
    }
    expect(await offsetOf(story.admin, url)).toBe(0)
  })
})

describe('a checksum', () => {
  const checksum = (algorithm: string, bytes: Buffer) => ({
    'upload-checksum': `${algorithm} ${createHash(algorithm).update(bytes).digest('base64')}`,
  })

  it.each(['sha1', 'sha256', 'sha512', 'md5'])('%s lets through what has it, and nothing else', async (algorithm) => {
    const bytes = randomBytes(2000)
    const url = await story.begun({ parent: folder.id, name: `${algorithm}.bin` }, bytes.length)
    const [first, second] = [bytes.subarray(0, 1000), bytes.subarray(1000)]
    expect((await patch(story.admin, url, 0, first, checksum(algorithm, first))).status).toBe(204)
    const wrong = await patch(story.admin, url, 1000, second, checksum(algorithm, first))
    expect(failure(wrong)).toEqual([460, 'upload/checksum-mismatch'])
    expect(await offsetOf(story.admin, url)).toBe(1000)
    const last = await patch(story.admin, url, 1000, second, checksum(algorithm, second))
    expect(await story.contentOf(last.headers.get('vitrine-node') ?? '')).toEqual(bytes)
  })

  it('that does not match the bytes sent with the creation leaves nothing', async () => {
    const headers = checksum('sha256', Buffer.from('other'))
    const answer = await create(story.admin, { parent: folder.id, name: 'no.bin' }, 5, {
      body: Buffer.from('bytes'),
      headers,
    })
    expect(failure(answer)).toEqual([460, 'upload/checksum-mismatch'])
    expect((await story.unfinished()).map(({ relativePath }) => relativePath)).not.toContain('no.bin')
  })

  it.each(['crc32 AAAA', 'sha256', 'sha256 AAAA', 'sha256 !!!!', 'SHA256 x', ''])('"%s" is refused', async (text) => {
    const url = await story.begun({ parent: folder.id, name: 'unread.bin', conflict: 'keep-both' }, 10)
    const answer = await patch(story.admin, url, 0, Buffer.alloc(10), { 'upload-checksum': text })
    expect(failure(answer)).toEqual([400, 'request/invalid'])
    expect(await offsetOf(story.admin, url)).toBe(0)
  })
})

describe('what is no upload', () => {
  const good = () => ({ parent: folder.id, name: 'x' })

  it.each([
    ['no length', { 'upload-length': '' }],
    ['a negative length', { 'upload-length': '-1' }],
    ['a length that is no number', { 'upload-length': '1e3' }],
    ['a fraction', { 'upload-length': '1.5' }],
    ['a length beyond 2^53', { 'upload-length': '9007199254740992' }],
    ['a length of 40 digits', { 'upload-length': '9'.repeat(40) }],
    ['a length that is told later', { 'upload-defer-length': '1' }],
    ['a part of another upload', { 'upload-concat': 'partial' }],
  ])('is refused: %s', async (_what, headers) => {
    expect(failure(await create(story.admin, good(), 10, { headers }))).toEqual([400, 'request/invalid'])
  })

  it('has no room on any disk: a length of petabytes', async () => {
    const answer = await create(story.admin, good(), Number.MAX_SAFE_INTEGER)
    expect(failure(answer)).toEqual([507, 'storage/full'])
    expect(answer.json()).toMatchObject({ size: expect.any(Number), limit: expect.any(Number) })
  })

  it.each([
    ['nothing', ''],
    ['bad Base64', `parent ${Buffer.from('x').toString('base64')},name !!!`],
    ['Base64 without padding', 'name YQ'],
    ['bytes that are no UTF-8', `name ${Buffer.from([0xff, 0xfe]).toString('base64')}`],
    ['a name twice', 'name YQ==,name Yg=='],
    ['no name of a pair', ' YQ=='],
    ['three words', 'name YQ== YQ=='],
  ])('is refused: metadata with %s', async (_what, text) => {
    const answer = await create(story.admin, {}, 10, { headers: { 'upload-metadata': text } })
    expect(failure(answer)).toEqual([400, 'request/invalid'])
  })

  it.each([
    ['no parent', { name: 'x' }, 400, 'request/invalid'],
    ['no name', {}, 400, 'request/invalid'],
    ['a parent that is no id', { parent: '../..', name: 'x' }, 400, 'request/invalid'],
    ['another conflict', { name: 'x', conflict: 'overwrite' }, 400, 'request/invalid'],
    ['a time that is none', { name: 'x', modifiedAt: 'yesterday' }, 400, 'request/invalid'],
    ['a hash that is none', { name: 'x', sha256: 'abc' }, 400, 'request/invalid'],
    ['two names', { name: 'x', relativePath: 'a/y' }, 400, 'request/invalid'],
    ['an empty name', { name: '' }, 422, 'node/name-invalid'],
    ['..', { name: '..' }, 422, 'node/name-invalid'],
    ['a slash in the name', { name: 'a/b' }, 422, 'node/name-invalid'],
    ['a backslash', { name: 'a\\b' }, 422, 'node/name-invalid'],
    ['NUL', { name: 'a\0b' }, 422, 'node/name-invalid'],
    ['a line break', { name: 'a\nb' }, 422, 'node/name-invalid'],
    ['a name of 300 bytes', { name: 'ä'.repeat(150) }, 422, 'node/name-invalid'],
    ['a path upwards', { relativePath: '../x' }, 422, 'node/name-invalid'],
    ['a path that goes down and up', { relativePath: 'a/../../x' }, 422, 'node/name-invalid'],
    ['a path from the root', { relativePath: '/etc/passwd' }, 422, 'node/name-invalid'],
    ['a path with a control character', { relativePath: 'a\u0007/x' }, 422, 'node/name-invalid'],
    ['a path of 1,000 folders', { relativePath: 'a/'.repeat(1000) + 'x' }, 422, 'node/name-invalid'],
  ])('is refused: %s', async (_what, metadata, status, code) => {
    const parent = 'parent' in metadata || _what === 'no parent' ? {} : { parent: folder.id }
    expect(failure(await create(story.admin, { ...parent, ...metadata }, 10))).toEqual([status, code])
  })

  it('is refused: a piece of another type, or that does not say where it begins', async () => {
    const url = await story.begun({ ...good(), conflict: 'keep-both' }, 10)
    const type = await patch(story.admin, url, 0, Buffer.alloc(5), { 'content-type': 'application/octet-stream' })
    expect(failure(type)).toEqual([415, 'request/unsupported-media-type'])
    for (const offset of ['', '-1', 'x', '1e1', '9'.repeat(30)]) {
      expect(failure(await patch(story.admin, url, offset, Buffer.alloc(5)))).toEqual([400, 'request/invalid'])
    }
    expect(await offsetOf(story.admin, url)).toBe(0)
  })

  it('leaves no upload behind', async () => {
    const names = (await story.unfinished()).map(({ relativePath }) => relativePath)
    expect(names.filter((name) => name !== 'x' && !name.endsWith('.bin'))).toEqual([])
  })
})

describe('an upload of somebody else', () => {
  it('is not there, whatever is asked of it, also for administrators', async () => {
    await story.server.grant('/uploads', 'ann', 'read', 'create')
    const ann = story.server.as('ann')
    const url = await story.begun({ parent: folder.id, name: 'of ann.bin' }, 10, ann)
    for (const answer of [
      await patch(story.admin, url, 0, Buffer.alloc(10)),
      await terminate(story.admin, url),
      await story.admin.get(url),
      await story.admin.post(`${url}/finish`, {}),
    ]) {
      expect(failure(answer)).toEqual([404, 'upload/not-found'])
    }
    expect((await head(story.admin, url)).status).toBe(404)
    expect((await story.unfinished()).map((one) => one.url)).not.toContain(url)
    expect((await story.unfinished(ann)).map((one) => one.url)).toEqual([url])
    expectStatus(await patch(ann, url, 0, Buffer.alloc(10)), 204)
    expect(await story.unfinished(ann)).toEqual([])
  })

  it('takes a sign-in, and from a page its token', async () => {
    const url = await story.begun({ parent: folder.id, name: 'signed in.bin' }, 10)
    expect((await patch(story.server.anonymous, url, 0, Buffer.alloc(10))).status).toBe(401)
    const visitor = story.server.aVisitor('main')
    await story.admin.post('/api/v1/users', { name: 'page', password: 'correct horse battery' })
    await story.server.grant('/uploads', 'everyone', 'read', 'create')
    const session = await visitor.post('/api/v1/sessions', { name: 'page', password: 'correct horse battery' })
    const token = session.json<{ csrfToken: string }>().csrfToken
    const metadata = { parent: folder.id, name: 'of a page.bin' }
    expect(failure(await create(visitor, metadata, 10))).toEqual([403, 'request/csrf'])
    const begun = await create(visitor, metadata, 10, { headers: { 'x-csrf-token': token } })
    const own = begun.headers.get('location') ?? ''
    expect(failure(await patch(visitor, own, 0, Buffer.alloc(10)))).toEqual([403, 'request/csrf'])
    expect((await patch(visitor, own, 0, Buffer.alloc(10), { 'x-csrf-token': token })).status).toBe(204)
  })

  it('can be made and sent with an app password', async () => {
    const bob = await story.server.user('bob')
    await story.server.grant('/uploads', 'bob', 'read', 'create')
    const { secret } = (await bob.post('/api/v1/me/app-passwords', { name: 'a program' })).json<{ secret: string }>()
    const authorization = `Basic ${Buffer.from(`bob:${secret}`).toString('base64')}`
    const answer = await create(story.server.anonymous, { parent: folder.id, name: 'of a program.txt' }, 5, {
      headers: { authorization },
      body: Buffer.from('bytes'),
    })
    expect([answer.status, answer.headers.get('vitrine-outcome')]).toEqual([201, 'created'])
  })
})
