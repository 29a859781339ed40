import { randomBytes } from 'node:crypto'
import type { NodeBody, VersionBody } from '@vitrine/api'
import { ROOT_ID } from '@vitrine/domain'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { failure, made, RepositoryStory, upload } from './repository-story.ts'

let story: RepositoryStory
beforeAll(async () => {
  story = await RepositoryStory.begin()
})
afterAll(() => story?.server.stop())

describe('moving', () => {
  it('keeps the id, takes all along, and gives the old name free', async () => {
    const [a, b] = [await story.aFolder(), await story.aFolder()]
    const inner = await story.aFolder('inner', a.id)
    const deep = await story.aFolder('deep', inner.id)
    const asset = await story.anAsset(deep.id, 'x.txt')
    const answer = await story.admin.post(`/api/v1/nodes/${inner.id}/move`, { parent: b.id, name: 'renamed' })
    expect(answer.json()).toMatchObject({ id: inner.id, path: `/${b.name}/renamed`, parent: b.id })
    expect((await story.at(`/${b.name}/renamed/deep/x.txt`)).json()).toMatchObject({ id: asset.id })
    expect((await story.at(`/${a.name}/inner`)).status).toBe(404)
    await story.aFolder('inner', a.id)
  })

  it('renames an asset in its place, and refuses a taken name', async () => {
    const { id } = await story.aFolder()
    const [one] = [await story.anAsset(id, 'one.txt'), await story.anAsset(id, 'two.txt')]
    const rename = (name: string) => story.admin.post(`/api/v1/nodes/${one.id}/move`, { parent: id, name })
    expect((await rename('ONE.txt')).json()).toMatchObject({ name: 'ONE.txt' })
    expect(failure(await rename('two.txt'))).toEqual([409, 'node/name-taken'])
    expect(await story.names(id)).toEqual(['ONE.txt', 'two.txt'])
  })

  it('refuses to put a folder into itself, or anything into an asset', async () => {
    const a = await story.aFolder()
    const b = await story.aFolder('b', a.id)
    const asset = await story.anAsset(a.id, 'x.txt')
    expect(failure(await story.move(a.id, b.id))).toEqual([422, 'node/cycle'])
    expect(failure(await story.move(a.id, a.id))).toEqual([422, 'node/cycle'])
    expect(failure(await story.move(ROOT_ID, a.id))).toEqual([422, 'node/cycle'])
    expect(failure(await story.move(b.id, asset.id))).toEqual([422, 'node/not-a-folder'])
  })

  it('makes no cycle when many folders are moved into each other at once', async () => {
    const top = await story.aFolder()
    const folders: NodeBody[] = []
    for (let i = 0; i < 5; i++) folders.push(await story.aFolder(`m${i}`, top.id))
    for (let round = 0; round < 4; round++) {
      const moves = folders.flatMap((one, i) => {
        const other = folders[(i + 1 + round) % folders.length]!
        return one === other
          ? []
          : [story.admin.post(`/api/v1/nodes/${one.id}/move`, { parent: other.id, name: one.name })]
      })
      const answers = await Promise.all(moves)
      expect(answers.filter(({ status }) => status === 200).length).toBeGreaterThan(0)
      expect(answers.filter(({ status }) => status !== 200 && status !== 422).map((one) => one.text)).toEqual([])
      expect(await story.closureFaults()).toEqual([])
    }
  })

  it('keeps the closure whole while folders are made, moved, trashed and restored at once', async () => {
    const tops = [await story.aFolder(), await story.aFolder(), await story.aFolder()]
    const folders: NodeBody[] = [...tops]
    for (let i = 0; i < 12; i++) folders.push(await story.aFolder(`n${i}`, folders[i % folders.length]!.id))
    const pick = (i: number) => folders[i % folders.length]!
    const answers = await Promise.all(
      Array.from({ length: 60 }, (_, i) => {
        const one = pick(i * 7 + 3)
        if (i % 5 === 0) return story.admin.post(`/api/v1/nodes/${one.id}/trash`)
        if (i % 5 === 1) return story.admin.post(`/api/v1/nodes/${one.id}/restore`)
        if (i % 5 === 2) return story.admin.post('/api/v1/nodes', { parent: one.id, kind: 'folder', name: `new ${i}` })
        if (i % 5 === 3) return upload(story.admin, one.id, `asset ${i}`, 'x')
        return story.admin.post(`/api/v1/nodes/${one.id}/move`, { parent: pick(i * 5 + 1).id, name: `moved ${i}` })
      }),
    )
    expect(answers.filter(({ status }) => status >= 500).map((one) => one.text)).toEqual([])
    // Whatever comes first: the third top is neither moved nor trashed, and takes four folders; one is trashed first.
    expect(answers.filter(({ status }) => status < 300).length).toBeGreaterThanOrEqual(5)
    expect(await story.closureFaults()).toEqual([])
    expect(await story.trashFaults()).toEqual([])
  }, 60_000)
})

describe('the trash', () => {
  it('takes a folder with all below it, which nobody meets any more, and gives it back', async () => {
    const parent = await story.aFolder()
    const folder = await story.aFolder('gone', parent.id)
    const asset = await story.anAsset(folder.id, 'x.txt')
    expect((await story.admin.post(`/api/v1/nodes/${folder.id}/trash`)).status).toBe(204)
    for (const path of [
      `/api/v1/nodes/${folder.id}`,
      `/api/v1/nodes/${asset.id}`,
      `/api/v1/nodes/${asset.id}/content`,
    ]) {
      expect([path, ...failure(await story.admin.get(path))]).toEqual([path, 404, 'node/not-found'])
    }
    expect(await story.names(parent.id)).toEqual([])
    expect(failure(await upload(story.admin, folder.id, 'y.txt', 'y'))).toEqual([404, 'node/not-found'])
    await story.aFolder('gone', parent.id)
    const restored = await story.admin.post(`/api/v1/nodes/${folder.id}/restore`)
    expect(restored.json()).toMatchObject({ id: folder.id, name: 'gone (2)', parent: parent.id })
    expect((await story.admin.get(`/api/v1/nodes/${asset.id}/content`)).text).toBe('x.txt')
  })

  it('gives back to the root what lay in a folder that is gone itself, and nothing that was trashed alone', async () => {
    const parent = await story.aFolder()
    const [stays, alone] = [
      await story.anAsset(parent.id, `stays ${parent.name}.txt`),
      await story.anAsset(parent.id, `alone ${parent.name}.txt`),
    ]
    await story.admin.post(`/api/v1/nodes/${alone.id}/trash`)
    await story.admin.post(`/api/v1/nodes/${parent.id}/trash`)
    expect((await story.admin.post(`/api/v1/nodes/${alone.id}/restore`)).json()).toMatchObject({
      parent: ROOT_ID,
      name: alone.name,
    })
    await story.admin.post(`/api/v1/nodes/${alone.id}/trash`)
    await story.admin.post(`/api/v1/nodes/${parent.id}/restore`)
    expect(await story.names(parent.id)).toEqual([stays.name])
    expect(failure(await story.admin.post(`/api/v1/nodes/${stays.id}/restore`))).toEqual([404, 'node/not-found'])
    expect(await story.trashFaults()).toEqual([])
  })
})

describe('copying', () => {
  it('copies a folder with what lies below it, also into itself, and no bytes', async () => {
    const folder = await story.aFolder()
    const inner = await story.aFolder('inner', folder.id)
    const asset = await story.anAsset(inner.id, 'x.txt', randomBytes(50))
    await story.admin.put(`/api/v1/nodes/${asset.id}/content`, Buffer.from('second'))
    const copy = made<NodeBody>(
      await story.admin.post(`/api/v1/nodes/${folder.id}/copy`, { parent: inner.id, name: 'copy' }),
    )
    expect(copy.path).toBe(`/${folder.name}/inner/copy`)
    expect(await story.names(copy.id)).toEqual(['inner'])
    const copied = (await story.at(`${copy.path}/inner/x.txt`)).json<NodeBody>()
    expect(copied.id).not.toBe(asset.id)
    expect((await story.admin.get(`/api/v1/nodes/${copied.id}/content`)).text).toBe('second')
    const { items } = (await story.admin.get(`/api/v1/nodes/${copied.id}/versions`)).json<{ items: VersionBody[] }>()
    expect(items.map(({ number }) => number)).toEqual([1])
    expect(await story.closureFaults()).toEqual([])
  })

  it('finds a free name beside the original', async () => {
    const folder = await story.aFolder()
    const asset = await story.anAsset(folder.id, 'poster.tar.gz')
    for (let i = 0; i < 2; i++) made(await story.admin.post(`/api/v1/nodes/${asset.id}/copy`, { parent: folder.id }))
    expect(await story.names(folder.id)).toEqual(['poster (2).tar.gz', 'poster (3).tar.gz', 'poster.tar.gz'])
  })
})
