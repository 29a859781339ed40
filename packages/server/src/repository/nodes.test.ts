import type { NodeBody, NodePage } from '@vitrine/api'
import { ROOT_ID } from '@vitrine/domain'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { failure, RepositoryStory } from './repository-story.ts'

let story: RepositoryStory
beforeAll(async () => {
  story = await RepositoryStory.begin()
})
afterAll(() => story?.server.stop())

describe('the repository', () => {
  it('has a root, found by its path', async () => {
    expect((await story.at('/')).json()).toMatchObject({
      id: ROOT_ID,
      kind: 'folder',
      name: '',
      path: '/',
      parent: null,
    })
  })

  it('finds a folder by its path, in either composition of its name, and by its id', async () => {
    const outer = await story.aFolder('Kampagne Grün')
    const inner = await story.aFolder('a/b'.replace('/', '∕'), outer.id)
    const answer = await story.at('/Kampagne Gru\u0308n/a∕b')
    expect(answer.json()).toMatchObject({ id: inner.id, path: '/Kampagne Grün/a∕b', parent: outer.id })
    expect((await story.admin.get(`/api/v1/nodes/${inner.id}`)).json()).toEqual({
      ...answer.json(),
      ancestors: [
        { id: ROOT_ID, name: '' },
        { id: answer.json()['parent'], name: 'Kampagne Grün' },
      ],
    })
    expect(failure(await story.at('/Kampagne Grün/nothing'))).toEqual([404, 'node/not-found'])
    expect(failure(await story.at('/Kampagne Grün//a∕b'))).toEqual([404, 'node/not-found'])
    expect(failure(await story.at('/a\0b'))).toEqual([404, 'node/not-found'])
  })

  it('tells where a new folder is, and refuses a second of the name', async () => {
    const answer = await story.admin.post('/api/v1/nodes', { parent: ROOT_ID, kind: 'folder', name: 'once' })
    expect(answer.headers.get('location')).toBe(`/api/v1/nodes/${answer.json<{ id: string }>().id}`)
    const again = await story.admin.post('/api/v1/nodes', { parent: ROOT_ID, kind: 'folder', name: 'once' })
    expect(failure(again)).toEqual([409, 'node/name-taken'])
    await story.aFolder('ONCE')
  })

  it('refuses names that no file system could hold, and allows all others', async () => {
    for (const name of ['', '.', '..', 'a/b', 'a\\b', 'a\0b', 'a\nb', 'ä'.repeat(128), '\ud800']) {
      const answer = await story.admin.post('/api/v1/nodes', { parent: ROOT_ID, kind: 'folder', name })
      expect([name, ...failure(answer)]).toEqual([name, 422, 'node/name-invalid'])
    }
    const { id } = await story.aFolder()
    const allowed = ['CON', 'a:b', ' ', 'x.', '\u202Etxt.exe', '😀', 'ä'.repeat(127), '<>"|?*', '-rf']
    for (const name of allowed) expect((await story.aFolder(name, id)).name).toBe(name)
    expect((await story.names(id)).toSorted()).toEqual(allowed.toSorted())
  })

  it('lists folders first, then assets, as people order them', async () => {
    const { id } = await story.aFolder()
    for (const name of ['b10', 'B2', 'a']) await story.aFolder(name, id)
    for (const name of ['img 10.txt', 'Img 9.txt', 'ärger.txt', 'zebra.txt']) await story.anAsset(id, name)
    const expected = ['a', 'B2', 'b10', 'ärger.txt', 'Img 9.txt', 'img 10.txt', 'zebra.txt']
    expect(await story.names(id)).toEqual(expected)
    expect(await story.names(id, '&sort=-name')).toEqual([
      ...expected.slice(0, 3).toReversed(),
      ...expected.slice(3).toReversed(),
    ])
    expect(await story.names(id, '&filter=IMG')).toEqual(['Img 9.txt', 'img 10.txt'])
  })

  it('gives every child exactly once in pages, in each order', async () => {
    const { id } = await story.aFolder()
    for (let i = 0; i < 5; i++) await story.aFolder(`f${i}`, id)
    for (let i = 0; i < 12; i++)
      await story.anAsset(id, `${i % 2 ? 'x' : 'y'}${i}.${i % 3 ? 'txt' : 'csv'}`, 'x'.repeat(i % 4))
    for (const sort of ['name', '-name', 'modified', '-modified', 'size', '-size', 'type', '-type']) {
      const seen: NodeBody[] = []
      let cursor = ''
      do {
        const page = (
          await story.admin.get(`/api/v1/nodes/${id}/children?limit=4&sort=${sort}${cursor}`)
        ).json<NodePage>()
        expect(page.total).toBe(17)
        seen.push(...page.items)
        cursor = page.next ? `&cursor=${page.next}` : ''
      } while (cursor)
      expect(new Set(seen.map((one) => one.id)).size).toBe(17)
      for (const offset of [0, 3, 5, 6, 16, 17, 100]) {
        const path = `/api/v1/nodes/${id}/children?limit=4&sort=${sort}&offset=${offset}`
        const { items, total } = (await story.admin.get(path)).json<NodePage>()
        expect([sort, offset, items, total]).toEqual([sort, offset, seen.slice(offset, offset + 4), 17])
      }
      expect(seen.slice(0, 5).every(({ kind }) => kind === 'folder')).toBe(true)
      const sizes = seen.slice(5).map(({ size = 0 }) => size)
      if (sort.endsWith('size')) expect(sizes).toEqual(sizes.toSorted((a, b) => (sort === 'size' ? a - b : b - a)))
    }
    expect(failure(await story.admin.get(`/api/v1/nodes/${id}/children?cursor=nonsense`))).toEqual([
      400,
      'request/invalid',
    ])
  })
})
