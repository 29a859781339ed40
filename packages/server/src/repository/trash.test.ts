import type { NodeBody, OperationBody, TrashPage } from '@vitrine/api'
import { ROOT_ID } from '@vitrine/domain'
import { expectStatus, type Caller } from '@vitrine/testkit'
import { aShareLink } from '@vitrine/testkit/share-link-words'
import { CompiledQuery } from 'kysely'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { collectBlobs } from '../blobs/collect-blobs.ts'
import { failure, RepositoryStory } from './repository-story.ts'

let story: RepositoryStory
beforeAll(async () => {
  story = await RepositoryStory.begin()
})
afterAll(() => story?.server.stop())

const trashOf = async (caller: Caller = story.admin, query = 'limit=500') =>
  expectStatus(await caller.get(`/api/v1/trash?${query}`), 200).json<TrashPage>()
const namesIn = async (caller: Caller, query?: string) => (await trashOf(caller, query)).items.map(({ name }) => name)
const entryOf = async (id: string) => (await trashOf()).items.find((entry) => entry.id === id)
const put = async (id: string, caller: Caller = story.admin) =>
  expectStatus(await caller.post(`/api/v1/nodes/${id}/trash`), 204)
const restore = (id: string, body?: object, caller: Caller = story.admin) =>
  caller.post(`/api/v1/trash/${id}/restore`, body)
const remove = (id: string, caller: Caller = story.admin) => caller.delete(`/api/v1/trash/${id}`)

async function rows(text: string): Promise<readonly unknown[]> {
  return (await story.server.parts.db.executeQuery(CompiledQuery.raw(text))).rows
}

async function gone(...ids: string[]): Promise<void> {
  const list = ids.map((id) => `'${id}'`).join()
  await vi.waitFor(async () => expect(await rows(`select id from nodes where id in (${list})`)).toEqual([]), {
    timeout: 20_000,
  })
}

describe('the trash', () => {
  it('says what lies in it, where it was, who put it there and when', async () => {
    const folder = await story.aFolder()
    const inner = await story.aFolder('inner', folder.id)
    const asset = await story.anAsset(inner.id, 'x.txt', 'twelve bytes')
    await put(asset.id)
    expect(await entryOf(asset.id)).toEqual({
      id: asset.id,
      kind: 'asset',
      name: 'x.txt',
      path: `/${folder.name}/inner/x.txt`,
      parent: inner.id,
      parentIsThere: true,
      size: 12,
      mediaType: 'text/plain',
      modifiedAt: asset.modifiedAt,
      trashedAt: expect.stringMatching(/^20.*Z$/),
      trashedBy: { id: expect.any(String), name: 'admin', displayName: expect.any(String) },
    })
    await story.move(folder.id, ROOT_ID, `${folder.name} renamed`)
    expect(await entryOf(asset.id)).toMatchObject({ path: `/${folder.name} renamed/inner/x.txt` })
    await put(inner.id)
    expect(await entryOf(asset.id)).toMatchObject({ parentIsThere: false })
    // What went with its folder is not listed by itself.
    const along = await story.anAsset(folder.id, 'along.txt')
    await put(folder.id)
    expect(await entryOf(along.id)).toBeUndefined()
  })

  it('comes in pages, in each order', async () => {
    const { id } = await story.aFolder()
    const before = (await trashOf()).total
    for (const [name, content] of [
      ['b', 'xx'],
      ['c', 'x'],
      ['a', 'xxx'],
    ] as const) {
      await put((await story.anAsset(id, name, content)).id)
      story.server.wait(1000)
    }
    const three = (all: string[]) => all.filter((name) => /^[abc]$/.test(name))
    for (const [sort, expected] of Object.entries({
      trashed: 'bca',
      '-trashed': 'acb',
      name: 'abc',
      '-name': 'cba',
      size: 'cba',
      '-size': 'abc',
    })) {
      expect([sort, three(await namesIn(story.admin, `limit=500&sort=${sort}`)).join('')]).toEqual([sort, expected])
      const { total } = await trashOf(story.admin, `sort=${sort}`)
      const pages: string[] = []
      for (let offset = 0; offset < total; offset += 2) {
        pages.push(...(await namesIn(story.admin, `limit=2&offset=${offset}&sort=${sort}`)))
      }
      expect(pages).toEqual(await namesIn(story.admin, `limit=500&sort=${sort}`))
    }
    expect((await trashOf(story.admin, 'limit=1')).total).toBe(before + 3)
    expect(failure(await story.admin.get('/api/v1/trash?sort=colour'))).toEqual([400, 'request/invalid'])
  })

  it('gives back to the same place, or says why it cannot', async () => {
    const folder = await story.aFolder()
    const asset = await story.anAsset(folder.id, 'x.txt')
    await put(asset.id)
    const other = await story.anAsset(folder.id, 'x.txt', 'other')
    expect(failure(await restore(asset.id))).toEqual([409, 'node/name-taken'])
    const under = await restore(asset.id, { name: 'y.txt' })
    expect([under.status, under.json()]).toMatchObject([200, { id: asset.id, name: 'y.txt', parent: folder.id }])
    expect(failure(await restore(asset.id))).toEqual([404, 'node/not-found'])

    await put(other.id)
    await put(folder.id)
    expect(failure(await restore(other.id))).toEqual([409, 'node/place-gone'])
    expect(failure(await restore(other.id, { parent: folder.id }))).toEqual([404, 'node/not-found'])
    const elsewhere = await story.aFolder()
    expect((await restore(other.id, { parent: elsewhere.id })).json()).toMatchObject({ parent: elsewhere.id })
    expect((await restore(folder.id)).json()).toMatchObject({ id: folder.id, parent: ROOT_ID })
    expect(await story.names(folder.id)).toEqual(['y.txt'])
    expect([await story.trashFaults(), await story.closureFaults()]).toEqual([[], []])
  })

  it('refuses places and names that are none', async () => {
    const folder = await story.aFolder()
    const [asset, inner] = [await story.anAsset(folder.id, 'x.txt'), await story.aFolder('inner', folder.id)]
    const file = await story.anAsset(ROOT_ID, `a file ${folder.id}`)
    await put(inner.id)
    for (const [body, status, code] of [
      [{ name: 'a/b' }, 422, 'node/name-invalid'],
      [{ name: '' }, 422, 'node/name-invalid'],
      [{ parent: file.id }, 422, 'node/not-a-folder'],
      [{ parent: inner.id }, 404, 'node/not-found'],
      [{ parent: '01900000-0000-7000-8000-00000000dead' }, 404, 'node/not-found'],
      [{ parent: 'root' }, 400, 'request/invalid'],
      [{ path: '/' }, 400, 'request/invalid'],
    ] as const) {
      expect([body, ...failure(await restore(inner.id, body))]).toEqual([body, status, code])
    }
    for (const id of [asset.id, '01900000-0000-7000-8000-00000000dead', ROOT_ID]) {
      expect(failure(await restore(id))).toEqual([404, 'node/not-found'])
      expect(failure(await remove(id))).toEqual([404, 'node/not-found'])
    }
    expect(failure(await remove('not-an-id'))).toEqual([400, 'request/invalid'])
  })

  it('shows each person what they put there, and where they may delete, of what they may read', async () => {
    const folder = await story.aFolder()
    const [own, others, secret] = [
      await story.anAsset(folder.id, 'own.txt'),
      await story.anAsset(folder.id, 'others.txt'),
      await story.anAsset(folder.id, 'secret.txt'),
    ]
    await story.grant('lea', folder.id, ['read', 'delete', 'create'])
    await story.grant('mia', folder.id, ['read'])
    await story.grant('lea', secret.id, ['read'], 'deny')
    const [lea, mia, nils] = ['lea', 'mia', 'nils'].map((name) => story.server.as(name)) as [Caller, Caller, Caller]
    await put(own.id, lea)
    await put(others.id)
    await put(secret.id)
    expect((await namesIn(lea)).toSorted()).toEqual(['others.txt', 'own.txt'])
    expect((await trashOf(lea)).total).toBe(2)
    expect(await namesIn(mia)).toEqual([])
    expect(await namesIn(nils)).toEqual([])
    for (const [caller, id] of [
      [lea, secret.id],
      [mia, own.id],
      [nils, own.id],
    ] as const) {
      expect(failure(await restore(id, undefined, caller))).toEqual([404, 'node/not-found'])
      expect(failure(await remove(id, caller))).toEqual([404, 'node/not-found'])
    }
    // What somebody put there stays theirs when others may delete no more, as long as they may read it.
    await story.grant('lea', folder.id, ['delete'], 'deny')
    expect(await namesIn(lea)).toEqual(['own.txt'])
    expect(failure(await restore(others.id, undefined, lea))).toEqual([404, 'node/not-found'])
    expect((await restore(own.id, undefined, lea)).status).toBe(200)
    await story.grant('lea', folder.id, ['delete'])
    await put(own.id, lea)
    await story.grant('lea', folder.id, ['read'], 'deny')
    expect(await namesIn(lea)).toEqual([])
    expect(failure(await remove(own.id, lea))).toEqual([404, 'node/not-found'])
  })

  it('gives nobody more rights by restoring to another place', async () => {
    const [theirs, own] = [await story.aFolder(), await story.aFolder()]
    const asset = await story.anAsset(theirs.id, 'wanted.txt')
    await story.grant('ole', theirs.id, ['read', 'delete', 'create'])
    await story.grant('ole', own.id, ['read', 'delete', 'create', 'download-original'])
    const ole = story.server.as('ole')
    await put(asset.id, ole)
    expect(failure(await restore(asset.id, { parent: own.id }, ole))).toEqual([403, 'access/denied'])
    expect((await restore(asset.id, undefined, ole)).status).toBe(200)
  })
})

describe('what is removed for good', () => {
  it('is gone with all below it, also what was put into the trash there before', async () => {
    const folder = await story.aFolder()
    const inner = await story.aFolder('inner', folder.id)
    const deep = await story.aFolder('deep', inner.id)
    const [asset, alone] = [await story.anAsset(deep.id, 'x.txt'), await story.anAsset(inner.id, 'alone.txt')]
    await story.admin.put(`/api/v1/nodes/${asset.id}/content`, Buffer.from('second'))
    await put(alone.id)
    await put(folder.id)
    expect((await remove(folder.id)).status).toBe(204)
    // At once, whenever the rows go.
    expect(failure(await restore(folder.id))).toEqual([404, 'node/not-found'])
    expect(failure(await restore(alone.id, { parent: ROOT_ID }))).toEqual([404, 'node/not-found'])
    expect(failure(await remove(folder.id))).toEqual([404, 'node/not-found'])
    expect([await entryOf(folder.id), await entryOf(alone.id)]).toEqual([undefined, undefined])
    await gone(folder.id, inner.id, deep.id, asset.id, alone.id)
    expect(await rows(`select id from versions where asset_id = '${asset.id}'`)).toEqual([])
    expect([await story.closureFaults(), await story.trashFaults()]).toEqual([[], []])
  })

  it('leaves bytes alone that something else names, and lets others be collected', async () => {
    const { id } = await story.aFolder()
    const [twice, once] = [`twice ${id}`, `once ${id}`]
    const [stays, goes, only] = [
      await story.anAsset(id, 'stays.txt', twice),
      await story.anAsset(id, 'goes.txt', twice),
      await story.anAsset(id, 'only.txt', once),
    ]
    for (const node of [goes, only]) {
      await put(node.id)
      expect((await remove(node.id)).status).toBe(204)
    }
    await gone(goes.id, only.id)
    const { parts } = story.server
    const collect = () => collectBlobs(parts, {}, new AbortController().signal, { grace: 0 })
    await collect()
    await collect()
    const sizes = await Promise.all([stays, only].map(({ sha256 }) => parts.blobs.sizeOf(sha256 as never)))
    expect(sizes).toEqual([Buffer.byteLength(twice), undefined])
    expect((await story.admin.get(`/api/v1/nodes/${stays.id}/content`)).text).toBe(twice)
  })

  it('closes links that shared nothing else, whose holder is told once, and is left out of others', async () => {
    const folder = await story.aFolder()
    const [asset, other] = [await story.anAsset(folder.id, 'x.txt'), await story.anAsset(folder.id, 'other.txt')]
    const [alone, both] = [await aShareLink(story.admin, [asset]), await aShareLink(story.admin, [asset, other])]
    await put(asset.id)
    expect((await remove(asset.id)).status).toBe(204)
    await gone(asset.id)
    expect(failure(await story.server.public.get(alone.at('/items')))).toEqual([410, 'share-link/suspended'])
    const items = (await story.server.public.get(both.at('/items'))).json<{ items: { name: string }[] }>().items
    expect(items.map(({ name }) => name)).toEqual(['other.txt'])
    const notices = async () =>
      (await story.admin.get('/api/v1/notices?limit=500'))
        .json<{ items: { shareLink: { id: string } }[] }>()
        .items.filter(({ shareLink }) => shareLink.id === alone.id)
    await vi.waitFor(async () => expect(await notices()).toHaveLength(1), { timeout: 20_000 })
  })

  it('goes also when a link had pinned its version', async () => {
    const folder = await story.aFolder()
    const asset = await story.anAsset(folder.id, 'pinned.txt')
    await aShareLink(story.admin, [folder], { mode: 'versions' })
    await put(asset.id)
    expect((await remove(asset.id)).status).toBe(204)
    await gone(asset.id)
  })

  it('moves the access epoch, so that running transfers are looked at again', async () => {
    const { id } = await story.aFolder()
    const asset = await story.anAsset(id, 'x.txt')
    await put(asset.id)
    const epoch = async () => ((await rows('select epoch from access_epoch'))[0] as { epoch: number }).epoch
    const before = await epoch()
    await remove(asset.id)
    expect(await epoch()).toBeGreaterThan(before)
  })

  it('is all that somebody may remove when they empty the trash, and nothing else', async () => {
    const folder = await story.aFolder()
    const [mine, kept] = [await story.anAsset(folder.id, 'mine.txt'), await story.anAsset(folder.id, 'kept.txt')]
    await story.grant('pia', folder.id, ['read'])
    await story.grant('pia', mine.id, ['read', 'delete'])
    const pia = story.server.as('pia')
    await put(mine.id, pia)
    await put(kept.id)
    const answer = expectStatus(await pia.post('/api/v1/trash/empty'), 201).json<OperationBody>()
    expect(answer).toMatchObject({ kind: 'remove', state: 'done', progress: { done: 1, total: 1 }, undo: false })
    await gone(mine.id)
    expect((await restore(kept.id)).json()).toMatchObject({ id: kept.id })
    expect((await pia.post('/api/v1/trash/empty')).json<OperationBody>().progress).toEqual({ done: 0, total: 0 })
  })

  it('is either restored or removed when both are asked for at once', async () => {
    const { id } = await story.aFolder()
    for (let round = 0; round < 6; round++) {
      const folder = await story.aFolder(`both ${round}`, id)
      const inner = await story.anAsset(folder.id, 'x.txt')
      await put(folder.id)
      const [back, away] = await Promise.all([restore(folder.id), remove(folder.id)])
      expect(['200 404', '404 204']).toContain(`${back.status} ${away.status}`)
      if (away.status === 204) await gone(folder.id, inner.id)
      else expect(await story.names(folder.id)).toEqual(['x.txt'])
    }
    expect([await story.closureFaults(), await story.trashFaults()]).toEqual([[], []])
  })

  it('is restored whole when it is taken out from below what is removed at the same time', async () => {
    for (let round = 0; round < 6; round++) {
      const top: NodeBody = await story.aFolder()
      const child = await story.aFolder('child', top.id)
      const asset = await story.anAsset(child.id, 'x.txt')
      const target = await story.aFolder()
      await put(child.id)
      await put(top.id)
      const [away, back] = await Promise.all([remove(top.id), restore(child.id, { parent: target.id })])
      expect([away.status, [200, 404].includes(back.status)]).toEqual([204, true])
      await gone(top.id)
      const there = (await rows(`select id from nodes where id in ('${child.id}', '${asset.id}')`)).length
      expect(there).toBe(back.status === 200 ? 2 : 0)
    }
    expect([await story.closureFaults(), await story.trashFaults()]).toEqual([[], []])
  })
})
