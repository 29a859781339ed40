import { expectStatus } from '@vitrine/testkit'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { failure, RepositoryStory } from './repository-story.ts'

let story: RepositoryStory
beforeAll(async () => {
  story = await RepositoryStory.begin()
})
afterAll(() => story?.server.stop())

const tagOf = async (id: string) =>
  expectStatus(await story.admin.get(`/api/v1/nodes/${id}`), 200).headers.get('etag') ?? ''

describe('the state of a node', () => {
  it('has a tag that every answer about it carries, and that each change of place, name or content changes', async () => {
    const [folder, other] = [await story.aFolder(), await story.aFolder()]
    const path = `/api/v1/nodes/${folder.id}/assets?name=x.txt`
    const created = await story.admin.post(path, Buffer.from('one'))
    const { id } = created.json<{ id: string }>()
    const tags = [created.headers.get('etag')]
    expect(tags[0]).toMatch(/^"n-[\w-]{22}"$/)
    expect(await tagOf(id)).toBe(tags[0])
    const steps = [
      () => story.move(id, folder.id, 'y.txt'),
      () => story.move(id, other.id, 'y.txt'),
      () => story.admin.put(`/api/v1/nodes/${id}/content`, Buffer.from('two')),
    ]
    for (const step of steps) {
      tags.push(expectStatus(await step(), 200).headers.get('etag'))
      expect(await tagOf(id)).toBe(tags.at(-1))
    }
    expect(new Set(tags).size).toBe(4)
    // Other people's looking, sharing or entries change nothing of it.
    await story.grant('quinn', id, ['read'])
    expect(await tagOf(id)).toBe(tags.at(-1))
    expect((await story.at(`/${other.name}/y.txt`)).headers.get('etag')).toBe(tags.at(-1))
  })

  it('is not moved, renamed or replaced by somebody who has seen another one', async () => {
    const folder = await story.aFolder()
    const asset = await story.anAsset(folder.id, 'x.txt', 'one')
    const seen = { 'if-match': await tagOf(asset.id) }
    const move = (name: string, headers: Record<string, string>) =>
      story.admin.post(`/api/v1/nodes/${asset.id}/move`, { parent: folder.id, name }, headers)
    const replace = (text: string, headers: Record<string, string>) =>
      story.admin.put(`/api/v1/nodes/${asset.id}/content`, Buffer.from(text), headers)
    expect((await move('y.txt', seen)).status).toBe(200)
    expect(failure(await move('z.txt', seen))).toEqual([412, 'node/changed'])
    expect(failure(await replace('two', seen))).toEqual([412, 'node/changed'])
    const now = { 'if-match': `"other", ${await tagOf(asset.id)}` }
    expect((await replace('two', now)).status).toBe(200)
    expect(failure(await move('z.txt', now))).toEqual([412, 'node/changed'])
    expect((await move('z.txt', { 'if-match': '*' })).status).toBe(200)
    // The tag of the content says nothing of the name, and that of nothing opens nothing.
    const { version } = (await story.admin.get(`/api/v1/nodes/${asset.id}`)).json<{ version: string }>()
    for (const tag of [`"${version}"`, '"null"', '', `W/${await tagOf(asset.id)}`]) {
      expect([tag, ...failure(await move('a.txt', { 'if-match': tag }))]).toEqual([tag, 412, 'node/changed'])
      expect([
        tag,
        ...failure(
          await story.admin.post(
            `/api/v1/nodes/${folder.id}/move`,
            { parent: folder.parent, name: 'a' },
            { 'if-match': tag },
          ),
        ),
      ]).toEqual([tag, 412, 'node/changed'])
    }
    expect((await replace('three', { 'if-match': `"${version}"` })).status).toBe(200)
  })

  it('is won by one of several who saw the same', async () => {
    const folder = await story.aFolder()
    const asset = await story.anAsset(folder.id, 'x.txt', 'one')
    const headers = { 'if-match': await tagOf(asset.id) }
    const answers = await Promise.all([
      ...['a', 'b', 'c'].map((name) =>
        story.admin.post(`/api/v1/nodes/${asset.id}/move`, { parent: folder.id, name }, headers),
      ),
      ...['a', 'b'].map((text) => story.admin.put(`/api/v1/nodes/${asset.id}/content`, Buffer.from(text), headers)),
    ])
    expect(answers.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([200, 412, 412, 412, 412])
  })
})
