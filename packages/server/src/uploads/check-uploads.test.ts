import type { CheckedUpload, NodeBody } from '@vitrine/api'
import { aShareLink } from '@vitrine/testkit/share-link-words'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { failure, sha256Of, UploadStory } from './upload-story.ts'

let story: UploadStory
let folder: NodeBody
beforeAll(async () => {
  story = await UploadStory.begin()
  folder = await story.aFolder('checked')
})
afterAll(() => story?.server.stop())

const file = (relativePath: string, size = 1) => ({ relativePath, size })
const told = ({ files }: { files: CheckedUpload[] }) =>
  files.map((one) => [one.relativePath, one.status, one.status === 'refused' ? one.code : undefined])

describe('a check', () => {
  it('tells of each file what would become of it, in their order', async () => {
    const poster = await story.anAsset(folder.id, 'poster.txt', 'the poster')
    const sub = await story.aFolder('sub', folder.id)
    const inner = await story.anAsset(sub.id, 'inner.txt', 'inner')
    const checked = await story.check(folder.id, [
      file('new.txt'),
      file('new folder/and/deeper.txt'),
      { ...file('poster.txt', 10), sha256: sha256Of(Buffer.from('the poster')) },
      file('sub/inner.txt', 5),
      file('sub/inner.txt/below.txt'),
      file('sub'),
      file('../up.txt'),
      file('a\0b'),
      file('new.txt'),
      file('x'.repeat(256)),
    ])
    expect(told(checked)).toEqual([
      ['new.txt', 'free', undefined],
      ['new folder/and/deeper.txt', 'free', undefined],
      ['poster.txt', 'conflict', undefined],
      ['sub/inner.txt', 'conflict', undefined],
      ['sub/inner.txt/below.txt', 'refused', 'node/name-taken'],
      ['sub', 'conflict', undefined],
      ['../up.txt', 'refused', 'node/name-invalid'],
      ['a\0b', 'refused', 'node/name-invalid'],
      ['new.txt', 'refused', 'node/name-taken'],
      ['x'.repeat(256), 'refused', 'node/name-invalid'],
    ])
    expect(checked.files[2]).toEqual({
      status: 'conflict',
      relativePath: 'poster.txt',
      node: { id: poster.id, kind: 'asset', size: 10, modifiedAt: poster.modifiedAt, sameBytes: true },
      choices: ['version', 'keep-both'],
    })
    expect(checked.files[3]).toMatchObject({ node: { id: inner.id, sameBytes: null } })
    expect(checked.files[5]).toMatchObject({
      node: { id: sub.id, kind: 'folder', sameBytes: null },
      choices: ['keep-both'],
    })
    expect(checked.files[6]).toMatchObject({ reason: expect.stringMatching(/^".." cannot be/) })
    const other = await story.check(folder.id, [
      { ...file('poster.txt', 10), sha256: sha256Of(Buffer.from('a poster!!')) },
      file('poster.txt'),
    ])
    expect(other.files[0]).toMatchObject({ node: { sameBytes: false } })
    expect(await story.names(folder.id)).toEqual(['sub', 'poster.txt'])
  })

  it('says the truth: what is free is taken, what is refused is refused', async () => {
    const { id } = await story.aFolder()
    const { files } = await story.check(id, [file('a/b.txt'), file('a/b.txt/c.txt'), file('ok.txt')])
    expect(files.map(({ status }) => status)).toEqual(['free', 'free', 'free'])
  })

  it('compares with the room that there is', async () => {
    const { space } = await story.check(folder.id, [file('a', 3), file('b', 4)])
    expect(space).toEqual({ needed: 7, free: expect.any(Number), fits: true })
    const huge = await story.check(folder.id, [file('a', 2 ** 52), file('b', 4)])
    expect(huge.space).toMatchObject({ needed: 2 ** 52 + 4, fits: false })
  })

  it('takes a thousand files, and no more', async () => {
    const many = Array.from({ length: 1000 }, (_, one) => file(`many/${one % 30}/${one}.txt`))
    const { files } = await story.check(folder.id, many)
    expect(files.map(({ relativePath }) => relativePath)).toEqual(many.map(({ relativePath }) => relativePath))
    for (const files of [[...many, file('one more')], [], [{ relativePath: 'x', size: -1 }], [{ size: 1 }]]) {
      const answer = await story.admin.post('/api/v1/uploads/check', { parent: folder.id, files })
      expect(failure(answer)).toEqual([400, 'request/invalid'])
    }
  })
})

describe('what a check tells', () => {
  it('is for those who see the folder, and says what they may', async () => {
    const own = await story.aFolder('rights')
    await story.anAsset(own.id, 'seen.txt')
    await story.anAsset(own.id, 'hidden.txt')
    const ask = (caller = story.admin) =>
      caller.post('/api/v1/uploads/check', {
        parent: own.id,
        files: [file('seen.txt'), file('new.txt'), file('hidden.txt')],
      })
    expect(failure(await ask(story.server.as('stranger')))).toEqual([404, 'node/not-found'])
    await story.server.grant('/rights', 'reader', 'read')
    await story.server.deny('/rights/hidden.txt', 'reader', 'read')
    const checked = (await ask(story.server.as('reader'))).json<{ files: CheckedUpload[] }>()
    expect(told(checked)).toEqual([
      ['seen.txt', 'conflict', undefined],
      ['new.txt', 'refused', 'access/denied'],
      ['hidden.txt', 'refused', 'node/name-taken'],
    ])
    expect(checked.files[0]).toMatchObject({ choices: [] })
    await story.server.grant('/rights', 'editor', 'read', 'modify')
    const edited = (await ask(story.server.as('editor'))).json<{ files: CheckedUpload[] }>()
    expect(edited.files[0]).toMatchObject({ choices: ['version'] })
    const [asset] = await story.children(own.id)
    const wrong = await story.admin.post('/api/v1/uploads/check', { parent: asset?.id, files: [file('x')] })
    expect(failure(wrong)).toEqual([422, 'node/not-a-folder'])
  })

  it('counts the live links that show the folder, and names those that one may see', async () => {
    const above = await story.aFolder('above')
    const shared = await story.aFolder('shared', above.id)
    const below = await story.aFolder('below', shared.id)
    await story.server.grant('/above', 'ann', 'read', 'share', 'create')
    const ann = story.server.as('ann')
    const mine = await aShareLink(story.admin, [shared], { title: 'Mine' })
    const hers = await aShareLink(ann, [above], { title: 'Hers' })
    await aShareLink(story.admin, [below], { title: 'Only below' })
    await aShareLink(story.admin, [folder], { title: 'Elsewhere' })
    // What these show stays as it is.
    await aShareLink(story.admin, [shared], { title: 'As it is now', mode: 'frozen' })
    await aShareLink(story.admin, [shared], { title: 'These versions', mode: 'versions' })
    const visible = async (caller = story.admin) => (await story.check(shared.id, [file('x')], caller)).visibleTo
    const titles = async (caller = story.admin) => (await visible(caller)).shareLinks.map(({ title }) => title)
    expect([(await visible()).count, await titles()]).toEqual([2, ['Hers', 'Mine']])
    // The number is told to everybody who asks, the titles to those who may see the links.
    expect(await visible(ann)).toEqual({ count: 2, shareLinks: [{ id: hers.id, title: 'Hers' }] })
    await story.admin.post(`/api/v1/share-links/${mine.id}/revoke`)
    expect(await titles()).toEqual(['Hers'])
    // A link shows only what its holder may share.
    await story.server.deny('/above/shared', 'ann', 'share')
    expect(await visible()).toEqual({ count: 0, shareLinks: [] })
    await aShareLink(story.admin, [above], {
      title: 'Short',
      expiresAt: new Date(story.server.now() + 3_600_000).toISOString(),
    })
    expect(await titles()).toEqual(['Short'])
    story.server.wait(2 * 3_600_000)
    expect((await visible()).count).toBe(0)
  })
})
