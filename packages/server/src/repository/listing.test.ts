import type { Neighbours, NodeBody, NodeDetail, NodePage } from '@vitrine/api'
import { itemSorts } from '@vitrine/api/public'
import { type NodeId, type PrincipalId, ROOT_ID } from '@vitrine/domain'
import { expectStatus } from '@vitrine/testkit'
import { aShareLink, setAcl } from '@vitrine/testkit/share-link-words'
import fc from 'fast-check'
import type { KyselyPlugin } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { subjectOf } from '../access/subject-store.ts'
import { plain } from '../renditions/decoder/a-picture.ts'
import { listChildren } from './list-children.ts'
import { failure, RepositoryStory } from './repository-story.ts'

let story: RepositoryStory
beforeAll(async () => {
  story = await RepositoryStory.begin()
})
afterAll(() => story?.server.stop())

const childrenOf = async (folder: string, query = '', caller = story.admin) =>
  expectStatus(await caller.get(`/api/v1/nodes/${folder}/children?${query}`), 200).json<NodePage>()
const detailOf = async (id: string, caller = story.admin) =>
  expectStatus(await caller.get(`/api/v1/nodes/${id}`), 200).json<NodeDetail>()

describe('the children of a folder', () => {
  it('come from any offset, as the pages by cursor have them, in each order', async () => {
    const { id } = await aMixedFolder()
    for (const sort of itemSorts) {
      const { items: all, total } = await childrenOf(id, `limit=500&sort=${sort}`)
      expect([sort, all.length, total]).toEqual([sort, 17, 17])
      for (const offset of [0, 1, 4, 5, 6, 16, 17, 1_000_000]) {
        const page = await childrenOf(id, `limit=5&sort=${sort}&offset=${offset}`)
        expect([sort, offset, idsOf(page)]).toEqual([sort, offset, idsOf({ items: all.slice(offset, offset + 5) })])
        expect(page.next === null).toBe(offset + 5 >= 17)
        // What follows a page by offset is found by its cursor, which wins.
        if (page.next !== null) {
          const following = await childrenOf(id, `limit=3&sort=${sort}&offset=1&cursor=${page.next}`)
          expect(idsOf(following)).toEqual(idsOf({ items: all.slice(offset + 5, offset + 8) }))
        }
      }
    }
  })

  it('can be only folders, or only assets, with their own total and pages', async () => {
    const { id } = await aMixedFolder()
    const folders = await childrenOf(id, 'kind=folder&limit=3')
    expect([folders.total, folders.items.length, folders.items.every(({ kind }) => kind === 'folder')]).toEqual([
      5,
      3,
      true,
    ])
    const rest = await childrenOf(id, `kind=folder&limit=3&cursor=${folders.next}`)
    expect([rest.items.length, rest.next]).toEqual([2, null])
    const assets = await childrenOf(id, 'kind=asset&offset=10&limit=500')
    expect([assets.total, assets.items.length]).toEqual([12, 2])
    expect((await childrenOf(id, 'kind=asset&filter=CSV')).total).toBe(4)
  })

  it('say how large a picture is, and where its thumbnail is once there is one', async () => {
    const { id } = await story.aFolder()
    const picture = await story.anAsset(id, 'red.png', await plain(640, 480, [200, 10, 10]).png().toBuffer())
    const text = await story.anAsset(id, 'words.txt')
    const itemOf = async (node: string) => (await childrenOf(id)).items.find((item) => item.id === node)
    await expect.poll(async () => (await itemOf(picture.id))?.thumbnail, { timeout: 30_000 }).toBeDefined()
    const item = await itemOf(picture.id)
    expect(item).toMatchObject({ width: 640, height: 480 })
    const thumbnail = await story.admin.get(item?.thumbnail ?? '')
    expect([thumbnail.status, thumbnail.headers.get('content-type')]).toEqual([200, 'image/jpeg'])
    expect(await itemOf(text.id)).not.toHaveProperty('thumbnail')
  })

  it('have another address of their thumbnail when they have another content', async () => {
    const { id } = await story.aFolder()
    const picture = await story.anAsset(id, 'x.png', await plain(20, 20, [1, 2, 3]).png().toBuffer())
    const thumbnail = async () => (await detailOf(picture.id)).thumbnail
    await expect.poll(thumbnail, { timeout: 30_000 }).toBeDefined()
    const first = await thumbnail()
    const other = await plain(20, 20, [3, 2, 1]).png().toBuffer()
    await story.admin.put(`/api/v1/nodes/${picture.id}/content`, other)
    await expect.poll(thumbnail, { timeout: 30_000 }).not.toBe(first)
  })

  it('are counted as far as somebody sees them, and say what they may do', async () => {
    const folder = await story.aFolder()
    const inner = await story.aFolder('inner', folder.id)
    const [open, hidden] = [await story.anAsset(inner.id, 'open.txt'), await story.anAsset(inner.id, 'hidden.txt')]
    const shut = await story.aFolder('shut', folder.id)
    await story.anAsset(shut.id, 'x.txt')
    await story.grant('eva', folder.id, ['read', 'modify'])
    await story.grant('eva', hidden.id, ['read'], 'deny')
    await story.grant('eva', open.id, ['delete'])
    await story.grant('eva', shut.id, ['create'])
    const eva = story.server.as('eva')
    const { items } = await childrenOf(folder.id, '', eva)
    expect(items.map(({ name, children, may }) => [name, children, may])).toEqual([
      ['inner', 1, ['read', 'modify']],
      ['shut', 1, ['read', 'create', 'modify']],
    ])
    const below = await childrenOf(inner.id, '', eva)
    expect(below.items.map(({ name, may, children }) => [name, may, children])).toEqual([
      ['open.txt', ['read', 'modify', 'delete'], undefined],
    ])
    expect((await childrenOf(folder.id)).items[0]).toMatchObject({ children: 2 })
    expect((await childrenOf(folder.id)).items[0]?.may).toContain('edit-acl')
  })

  it('say how many live links share them themselves', async () => {
    const folder = await story.aFolder()
    const [one, two] = [await story.anAsset(folder.id, 'one.txt'), await story.anAsset(folder.id, 'two.txt')]
    await aShareLink(story.admin, [one, two])
    const revoked = await aShareLink(story.admin, [one])
    await aShareLink(story.admin, [one], { expiresAt: new Date(story.server.now() + 3_600_000).toISOString() })
    await aShareLink(story.admin, [folder])
    const counts = async () => (await childrenOf(folder.id)).items.map(({ liveLinks }) => liveLinks)
    expect(await counts()).toEqual([3, 1])
    await story.admin.post(`/api/v1/share-links/${revoked.id}/revoke`)
    expect(await counts()).toEqual([2, 1])
    expect(await detailOf(one.id)).toMatchObject({ liveLinks: 2, coveredBy: 3 })
    expect(await detailOf(folder.id)).toMatchObject({ liveLinks: 1, coveredBy: 1 })
    story.server.wait(3_600_001)
    expect(await counts()).toEqual([1, 1])
    expect(await detailOf(two.id)).toMatchObject({ liveLinks: 1, coveredBy: 2 })
  })

  it('are refused for what is no such question', async () => {
    const { id } = await story.aFolder()
    for (const query of [
      'filter=%00',
      'offset=-1',
      'offset=1.5',
      'offset=1e99',
      'kind=link',
      'sort=colour',
      'limit=501',
      'limit=0',
      'more=1',
      `cursor=${Buffer.from('["name","asset",null,"a\\u0000b","x"]').toString('base64url')}`,
      `cursor=${forged(['name', 'asset', null, 'a', 'not an id'])}`,
      `cursor=${forged(['name', 'asset', null, 'a\0', ROOT_ID])}`,
      `sort=size&cursor=${forged(['size', 'asset', 'x', 'a', ROOT_ID])}`,
      `sort=size&cursor=${forged(['size', 'asset', 1e300, 'a', ROOT_ID])}`,
      `sort=modified&cursor=${forged(['modified', 'asset', 9e15, 'a', ROOT_ID])}`,
      `sort=type&cursor=${forged(['type', 'asset', '\0', 'a', ROOT_ID])}`,
      `sort=type&cursor=${forged(['name', 'asset', null, 'a', ROOT_ID])}`,
    ]) {
      const answer = await story.admin.get(`/api/v1/nodes/${id}/children?${query}`)
      expect([query, ...failure(answer)]).toEqual([query, 400, 'request/invalid'])
    }
    // A name pattern is text, not a pattern.
    await story.anAsset(id, '100%_\\a.txt'.replace('\\', '∖'))
    expect((await childrenOf(id, `filter=${encodeURIComponent('%_')}`)).total).toBe(1)
    expect((await childrenOf(id, `filter=${encodeURIComponent('1%0')}`)).total).toBe(0)
  })
})

describe('a page of children', () => {
  it('takes as many queries with many rows as with few, however much is told of each', async () => {
    const [few, many] = [await story.aFolder(), await story.aFolder()]
    const walt = await story.server.user('walt')
    const read = { principal: walt.id, effect: 'allow', privileges: ['read'] } as const
    for (const [folder, count] of [
      [few, 1],
      [many, 25],
    ] as const) {
      await setAcl(story.admin, folder, [read])
      for (let i = 0; i < count; i++) {
        const inner = await story.aFolder(`f${i}`, folder.id)
        await setAcl(story.admin, inner, [read])
        await setAcl(story.admin, await story.anAsset(inner.id, 'x.txt', `x${i}`), [{ ...read, effect: 'deny' }])
        await story.anAsset(folder.id, `a${i}.txt`, `a${i}`)
      }
      await aShareLink(story.admin, [folder])
    }
    const { parts } = story.server
    const subject = await subjectOf(parts.db, walt.id as PrincipalId)
    const work = async ({ id }: NodeBody) => {
      let queries = 0
      const counting: KyselyPlugin = {
        transformQuery: ({ node }) => {
          queries += 1
          return node
        },
        transformResult: async ({ result }) => result,
      }
      const wanted = { sort: 'name', filter: '', limit: 500 } as const
      const page = await listChildren({ ...parts, db: parts.db.withPlugin(counting) }, subject, id as NodeId, wanted)
      return { rows: page.nodes.length, queries }
    }
    const [small, large] = [await work(few), await work(many)]
    expect([small.rows, large.rows]).toEqual([2, 50])
    expect(large.queries).toBe(small.queries)
    expect(small.queries).toBeLessThan(30)
  })
})

describe('a node', () => {
  it('names the folders above it that somebody may see', async () => {
    const top = await story.aFolder()
    const closed = await story.aFolder('closed', top.id)
    const inner = await story.aFolder('inner', closed.id)
    const asset = await story.anAsset(inner.id, 'x.txt')
    const names = ({ ancestors }: NodeDetail) => ancestors.map(({ id }) => id)
    expect(names(await detailOf(asset.id))).toEqual([ROOT_ID, top.id, closed.id, inner.id])
    expect((await detailOf(asset.id)).ancestors.at(-1)).toEqual({ id: inner.id, name: 'inner' })
    expect(names(await detailOf(ROOT_ID))).toEqual([])
    await story.grant('fay', top.id, ['read'])
    await story.grant('fay', closed.id, ['read'], 'deny')
    await story.grant('fay', inner.id, ['read'])
    expect(names(await detailOf(asset.id, story.server.as('fay')))).toEqual([top.id, inner.id])
  })
})

describe('the neighbours of an asset', () => {
  it('are those of the list, in each order and with each filter', async () => {
    const { id } = await aMixedFolder()
    for (const sort of itemSorts) {
      for (const filter of ['', 'x', 'CSV']) {
        const query = `sort=${sort}&filter=${filter}`
        const { items } = await childrenOf(id, `${query}&kind=asset&limit=500`)
        for (const [at, item] of items.entries()) {
          const found = expectStatus(await story.admin.get(`/api/v1/nodes/${item.id}/neighbours?${query}`), 200)
          const near = [items[at - 1], items[at + 1]].map((one) => (one ? { id: one.id, name: one.name } : null))
          const expected = { previous: near[0], next: near[1], before: at }
          expect([query, item.name, found.json()]).toEqual([query, item.name, expected])
        }
      }
    }
  })

  it('are found for one that the filter does not let through, and leave out what is hidden', async () => {
    const folder = await story.aFolder()
    const named: Record<string, NodeBody> = {}
    for (const name of ['a.jpg', 'b.txt', 'c.jpg', 'd.jpg']) named[name] = await story.anAsset(folder.id, name)
    const neighbours = async (caller = story.admin) =>
      (await caller.get(`/api/v1/nodes/${named['b.txt']?.id}/neighbours?filter=jpg`)).json<Neighbours>()
    expect(await neighbours()).toMatchObject({ previous: { name: 'a.jpg' }, next: { name: 'c.jpg' }, before: 1 })
    const gil = await story.server.user('gil')
    const read = { principal: gil.id, effect: 'allow', privileges: ['read'] } as const
    await setAcl(story.admin, folder, [read])
    await setAcl(story.admin, named['c.jpg']!, [{ ...read, effect: 'deny' }])
    expect(await neighbours(gil)).toMatchObject({ previous: { name: 'a.jpg' }, next: { name: 'd.jpg' } })
    // Who may see single assets of a folder alone meets these alone.
    await setAcl(story.admin, folder, [])
    expect(failure(await gil.get(`/api/v1/nodes/${named['b.txt']?.id}/neighbours`))).toEqual([404, 'node/not-found'])
    for (const name of ['b.txt', 'd.jpg']) await setAcl(story.admin, named[name]!, [read])
    expect(await neighbours(gil)).toEqual({
      previous: null,
      next: { id: named['d.jpg']?.id, name: 'd.jpg' },
      before: 0,
    })
    expect(failure(await story.admin.get(`/api/v1/nodes/${folder.id}/neighbours`))).toEqual([422, 'node/not-an-asset'])
  })
})

describe('a list of any names, sizes and times', () => {
  it('is the same by cursor, by offset and by neighbours', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(aFile, { minLength: 1, maxLength: 12 }),
        fc.constantFrom(...itemSorts),
        async (files, sort) => {
          const { id } = await story.aFolder()
          for (const [at, { name, size, time }] of files.entries()) {
            const query = `name=${encodeURIComponent(`${name}${at}`)}&modifiedAt=${new Date(time).toISOString()}`
            expectStatus(await story.admin.post(`/api/v1/nodes/${id}/assets?${query}`, Buffer.alloc(size)), 201)
          }
          const { items: all } = await childrenOf(id, `limit=500&sort=${sort}`)
          const byOffset: string[] = []
          for (let at = 0; at < files.length; at += 1) {
            byOffset.push(...idsOf(await childrenOf(id, `limit=1&sort=${sort}&offset=${at}`)))
          }
          const byNeighbour = [all[0]!.id]
          for (let next: Neighbours['next'] = all[0]!; next !== null;) {
            const answer = await story.admin.get(`/api/v1/nodes/${next.id}/neighbours?sort=${sort}`)
            next = answer.json<Neighbours>().next
            if (next) byNeighbour.push(next.id)
          }
          expect(byOffset).toEqual(idsOf({ items: all }))
          expect(byNeighbour).toEqual(byOffset)
          const turned = sort.startsWith('-') ? sort.slice(1) : `-${sort}`
          expect(idsOf(await childrenOf(id, `limit=500&sort=${turned}`))).toEqual(byOffset.toReversed())
        },
      ),
      { numRuns: 8 },
    )
  })
})

const aFile = fc.record({
  name: fc.constantFrom('a', 'A', 'á', 'b.txt', 'b.jpg', '10', '9'),
  size: fc.constantFrom(0, 1, 2),
  time: fc.constantFrom(0, 1, 86_400_000),
})

async function aMixedFolder(): Promise<NodeBody> {
  const folder = await story.aFolder()
  for (let i = 0; i < 5; i++) await story.aFolder(`f${i}`, folder.id)
  for (let i = 0; i < 12; i++) {
    await story.anAsset(folder.id, `${i % 2 ? 'x' : 'y'}${i}.${i % 3 ? 'txt' : 'csv'}`, 'x'.repeat(i % 4))
  }
  return folder
}

function idsOf({ items }: { readonly items: readonly { readonly id: string }[] }): string[] {
  return items.map(({ id }) => id)
}

function forged(parts: readonly unknown[]): string {
  return Buffer.from(JSON.stringify(parts)).toString('base64url')
}
