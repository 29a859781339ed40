import { randomBytes } from 'node:crypto'
import { access } from 'node:fs/promises'
import { join } from 'node:path'
import type { NodeBody, UploadBody, VersionBody } from '@vitrine/api'
import { ADMIN_ID, type BlobHash } from '@vitrine/domain'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { subjectOf } from '../access/subject-store.ts'
import { withBlobsExclusive } from '../db/blob-lock.ts'
import { finishUpload } from './finish-upload.ts'
import { RunningUploads } from './running-uploads.ts'
import { selectUpload } from './upload-store.ts'
import { create, failure, head, offsetOf, patch, sha256Of, UploadStory } from './upload-story.ts'

let story: UploadStory
beforeAll(async () => {
  story = await UploadStory.begin()
})
afterAll(() => story?.server.stop())

/** Uploads all at once. */
function put(metadata: Record<string, string>, content: string, caller = story.admin) {
  return create(caller, metadata, Buffer.byteLength(content), { body: Buffer.from(content) })
}

describe('folders on the way', () => {
  it('are made when the upload finishes, and not before', async () => {
    const { id } = await story.aFolder('deep')
    const url = await story.begun({ parent: id, relativePath: 'a/b/ä/c.jpg' }, 4)
    expect(await story.names(id)).toEqual([])
    await patch(story.admin, url, 0, Buffer.from('half'))
    const asset = await story.at('/deep/a/b/ä/c.jpg')
    expect(asset).toMatchObject({ kind: 'asset', size: 4 })
    await put({ parent: id, relativePath: 'a/b/second.jpg', name: 'second.jpg' }, 'x')
    expect(await story.names((await story.at('/deep/a/b')).id)).toEqual(['ä', 'second.jpg'])
  })

  it('are made once when eight uploads race for them', async () => {
    const { id } = await story.aFolder('raced')
    for (let round = 0; round < 5; round++) {
      const path = (file: number) => `round ${round}/x/y/${file}.txt`
      const answers = await Promise.all(
        Array.from({ length: 8 }, (_, file) => put({ parent: id, relativePath: path(file) }, `${file}`)),
      )
      expect(answers.map(({ status }) => status)).toEqual(Array.from({ length: 8 }, () => 201))
      expect((await story.children(id)).filter(({ name }) => name === `round ${round}`)).toHaveLength(1)
      expect(await story.names((await story.at(`/raced/round ${round}/x`)).id)).toEqual(['y'])
      expect(await story.names((await story.at(`/raced/round ${round}/x/y`)).id)).toHaveLength(8)
    }
  })

  it('are not made through an asset', async () => {
    const { id } = await story.aFolder()
    await story.anAsset(id, 'a')
    expect(failure(await put({ parent: id, relativePath: 'a/b/c' }, 'x'))).toEqual([409, 'node/name-taken'])
    expect(await story.names(id)).toEqual(['a'])
  })
})

describe('a name that is taken', () => {
  it('is refused before bytes come, unless something else was chosen', async () => {
    const { id } = await story.aFolder()
    const { id: asset } = await story.anAsset(id, 'poster.txt', 'one')
    expect(failure(await create(story.admin, { parent: id, name: 'poster.txt' }, 3))).toEqual([409, 'node/name-taken'])
    const version = await put({ parent: id, name: 'poster.txt', conflict: 'version' }, 'two')
    expect([version.headers.get('vitrine-node'), version.headers.get('vitrine-outcome')]).toEqual([asset, 'version'])
    const same = await put({ parent: id, name: 'poster.txt', conflict: 'version' }, 'two')
    expect(same.headers.get('vitrine-outcome')).toBe('unchanged')
    const both = await put({ parent: id, name: 'poster.txt', conflict: 'keep-both' }, 'two')
    expect([both.status, both.headers.get('vitrine-outcome')]).toEqual([201, 'created'])
    await put({ parent: id, name: 'poster.txt', conflict: 'keep-both' }, 'three')
    expect(await story.names(id)).toEqual(['poster (2).txt', 'poster (3).txt', 'poster.txt'])
    const { items } = (await story.admin.get(`/api/v1/nodes/${asset}/versions`)).json<{ items: VersionBody[] }>()
    expect(items.map(({ number }) => number)).toEqual([2, 1])
  })

  it('of a folder gives way to no version, but to another name', async () => {
    const { id } = await story.aFolder()
    await story.aFolder('x', id)
    expect(failure(await put({ parent: id, name: 'x', conflict: 'version' }, 'x'))).toEqual([409, 'node/name-taken'])
    expect((await put({ parent: id, name: 'x', conflict: 'keep-both' }, 'x')).status).toBe(201)
    expect(await story.names(id)).toEqual(['x', 'x (2)'])
  })

  it('is kept beside others, also when eight uploads want it, and when it is as long as a name can be', async () => {
    const { id } = await story.aFolder()
    for (const name of ['poster.txt', `${'ü'.repeat(125)}.txt`, '😀'.repeat(63)]) {
      const all = Array.from({ length: 8 }, (_, one) => put({ parent: id, name, conflict: 'keep-both' }, `${one}`))
      expect(new Set((await Promise.all(all)).map(({ status }) => status))).toEqual(new Set([201]))
    }
    const names = await story.names(id)
    expect(new Set(names).size).toBe(24)
    expect(names.filter((name) => Buffer.byteLength(name) > 255)).toEqual([])
  })

  it('while the bytes came keeps them: one chooses anew, and sends nothing again', async () => {
    const { id } = await story.aFolder('late')
    const bytes = randomBytes(10_000)
    const url = await story.begun({ parent: id, name: 'late.bin' }, bytes.length)
    await patch(story.admin, url, 0, bytes.subarray(0, 5000))
    await story.anAsset(id, 'late.bin')
    expect(failure(await patch(story.admin, url, 5000, bytes.subarray(5000)))).toEqual([409, 'node/name-taken'])
    // The name is looked at before the bytes are put in their place.
    expect(await story.server.parts.blobs.sizeOf(sha256Of(bytes) as BlobHash)).toBeUndefined()
    // Not all is acknowledged: a client that asks does not take it for finished.
    expect(await offsetOf(story.admin, url)).toBe(9999)
    const [waiting] = await story.unfinished()
    expect(waiting).toMatchObject({ url, state: 'received', failure: { code: 'node/name-taken' } })
    expect(failure(await patch(story.admin, url, 9999, bytes.subarray(9999)))).toEqual([409, 'node/name-taken'])
    const chosen = await story.admin.post(`${url}/finish`, { conflict: 'keep-both' })
    expect(chosen.json()).toMatchObject({ state: 'finished', outcome: 'created', offset: 10_000, failure: null })
    expect(await story.at('/late/late (2).bin')).toMatchObject({ sha256: sha256Of(bytes) })
    expect((await story.admin.post(`${url}/finish`, {})).json<UploadBody>().node).toBe(chosen.json()['node'])
    expect(await story.names(id)).toHaveLength(2)
  })

  it('and free again: the last byte is sent again, and that is enough', async () => {
    const { id } = await story.aFolder()
    const bytes = randomBytes(1000)
    const url = await story.begun({ parent: id, name: 'freed.bin' }, bytes.length)
    const { id: there } = await story.anAsset(id, 'freed.bin')
    expect(failure(await patch(story.admin, url, 0, bytes))).toEqual([409, 'node/name-taken'])
    await story.admin.post(`/api/v1/nodes/${there}/trash`)
    const last = await patch(story.admin, url, 999, bytes.subarray(999))
    expect(await story.contentOf(last.headers.get('vitrine-node') ?? '')).toEqual(bytes)
  })

  it('or another place can be chosen, once all bytes are there', async () => {
    const [gone, other] = [await story.aFolder(), await story.aFolder('other')]
    const url = await story.begun({ parent: gone.id, name: 'moved.txt' }, 2)
    expect(failure(await story.admin.post(`${url}/finish`, {}))).toEqual([409, 'upload/offset-conflict'])
    await story.admin.post(`/api/v1/nodes/${gone.id}/trash`)
    expect(failure(await patch(story.admin, url, 0, Buffer.from('ab')))).toEqual([404, 'node/not-found'])
    expect(failure(await story.admin.post(`${url}/finish`, { name: 'a/b' }))).toEqual([422, 'node/name-invalid'])
    const body = { parent: other.id, name: 'named anew.txt' }
    expect((await story.admin.post(`${url}/finish`, body)).json()).toMatchObject({ state: 'finished' })
    expect(await story.names(other.id)).toEqual(['named anew.txt'])
  })
})

describe('an end that is reached twice, by two processes', () => {
  it('makes one asset', async () => {
    const { id } = await story.aFolder()
    const url = await story.begun({ parent: id, name: 'one.txt' }, 3)
    await story.anAsset(id, 'one.txt')
    expect((await patch(story.admin, url, 0, Buffer.from('abc'))).status).toBe(409)
    const { parts } = story.server
    const upload = { ...(await selectUpload(parts.db, ADMIN_ID, url.slice(-36)))!, conflict: 'keep-both' } as const
    const subject = await subjectOf(parts.db, ADMIN_ID)
    const globals = new Set<never>()
    const signedIn = {
      userId: ADMIN_ID,
      subject,
      globals,
      by: 'session',
      sessionId: '',
      appPasswordId: undefined,
      passwordDigest: '',
      passwordMustChange: false,
    } as const
    const running = new RunningUploads()
    await Promise.all(
      Array.from({ length: 4 }, () => finishUpload({ ...parts, running }, signedIn, upload, upload.facts!)),
    )
    expect(await story.names(id)).toEqual(['one (2).txt', 'one.txt'])
  })
})

describe('the hash that was announced', () => {
  it('must be that of the bytes: else nothing is stored', async () => {
    const { id } = await story.aFolder()
    const [bytes, others] = [randomBytes(3000), randomBytes(3000)]
    const url = await story.begun({ parent: id, name: 'wrong.bin', sha256: sha256Of(bytes) }, 3000)
    await patch(story.admin, url, 0, others.subarray(0, 2000))
    const answer = await patch(story.admin, url, 2000, others.subarray(2000))
    expect(failure(answer)).toEqual([422, 'upload/digest-mismatch'])
    expect((await head(story.admin, url)).status).toBe(404)
    expect(await story.names(id)).toEqual([])
    const hash = sha256Of(others)
    const path = join(story.server.folder, 'blobs', hash.slice(0, 2), hash.slice(2, 4), hash)
    await expect(access(path)).rejects.toThrow('ENOENT')
    const right = await create(
      story.admin,
      { parent: id, name: 'right.bin', sha256: sha256Of(bytes).toUpperCase() },
      3000,
      {
        body: bytes,
      },
    )
    expect(right.headers.get('vitrine-outcome')).toBe('created')
  })
})

describe('rights', () => {
  let folder: NodeBody
  beforeAll(async () => {
    folder = await story.aFolder('rights')
    await story.anAsset(folder.id, 'there.txt')
  })

  it('are looked at before bytes come', async () => {
    const eve = story.server.as('eve')
    expect(failure(await create(eve, { parent: folder.id, name: 'x' }, 10))).toEqual([404, 'node/not-found'])
    await story.server.grant('/rights', 'reader', 'read')
    const reader = story.server.as('reader')
    for (const more of [{ name: 'x' }, { name: 'there.txt', conflict: 'version' }, { relativePath: 'a/b' }]) {
      const answer = await create(reader, { parent: folder.id, ...more }, 10)
      expect(failure(answer)).toEqual([403, 'access/denied'])
    }
    await story.server.grant('/rights', 'editor', 'read', 'modify')
    const editor = story.server.as('editor')
    const version = await put({ parent: folder.id, name: 'there.txt', conflict: 'version' }, 'new', editor)
    expect(version.headers.get('vitrine-outcome')).toBe('version')
    const beside = { parent: folder.id, name: 'there.txt', conflict: 'keep-both' }
    expect(failure(await put(beside, 'new', editor))).toEqual([403, 'access/denied'])
  })

  it('and again at the end: what was lost meanwhile makes no asset, and no folder', async () => {
    await story.server.grant('/rights', 'loser', 'read', 'create')
    const loser = story.server.as('loser')
    const url = await story.begun({ parent: folder.id, relativePath: 'new/lost.txt' }, 4, loser)
    await patch(loser, url, 0, Buffer.from('ha'))
    await story.server.deny('/rights', 'loser', 'create')
    expect(failure(await patch(loser, url, 2, Buffer.from('lf')))).toEqual([403, 'access/denied'])
    expect(await story.names(folder.id)).toEqual(['there.txt'])
    await story.server.grant('/rights', 'loser', 'create')
    expect((await patch(loser, url, 3, Buffer.from('f'))).status).toBe(204)
    expect((await story.at('/rights/new/lost.txt')).size).toBe(4)
  })

  it('and at the very end: in the transaction that makes the asset', async () => {
    const { id } = await story.aFolder('late rights')
    await story.server.grant('/late rights', 'late', 'read', 'create')
    const late = story.server.as('late')
    const ending = Promise.withResolvers<void>()
    const holding = withBlobsExclusive(story.server.parts.db, () => ending.promise)
    const uploading = create(late, { parent: id, relativePath: 'made/late.txt' }, 1, { body: Buffer.from('x') })
    // The folder is made, and the asset waits for the lock of the blobs.
    await expect.poll(() => story.names(id), { timeout: 30_000 }).toEqual(['made'])
    await story.server.deny('/late rights', 'late', 'create')
    ending.resolve()
    await holding
    expect(failure(await uploading)).toEqual([403, 'access/denied'])
    expect(await story.names((await story.at('/late rights/made')).id)).toEqual([])
    expect(await story.unfinished(late)).toEqual([])
  })

  it('on a folder that one may not see are none, and it looks like a name that is taken', async () => {
    const hidden = await story.aFolder('hidden', folder.id)
    await story.server.grant('/rights', 'blind', 'read', 'create')
    await story.server.deny('/rights/hidden', 'blind', 'read')
    const answer = await create(story.server.as('blind'), { parent: folder.id, relativePath: 'hidden/x' }, 1)
    expect(failure(answer)).toEqual([404, 'node/not-found'])
    expect(await story.names(hidden.id)).toEqual([])
  })
})
