import type { NodePage } from '@vitrine/api'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { failure, RepositoryStory, upload } from './repository-story.ts'

let story: RepositoryStory
beforeAll(async () => {
  story = await RepositoryStory.begin()
})
afterAll(() => story?.server.stop())

describe('somebody with few rights', () => {
  it('sees nothing of what they may not read, and is told what they may not do', async () => {
    const folder = await story.aFolder()
    const asset = await story.anAsset(folder.id, 'secret.txt')
    const ann = story.server.as('ann')
    for (const answer of [
      await ann.get(`/api/v1/nodes/${folder.id}`),
      await ann.get(`/api/v1/nodes/${folder.id}/children`),
      await ann.get(`/api/v1/nodes?path=/${encodeURIComponent(folder.name)}`),
      await ann.get(`/api/v1/nodes/${asset.id}/content`),
      await ann.get(`/api/v1/nodes/${asset.id}/versions`),
      await upload(ann, folder.id, 'y.txt', 'y'),
      await ann.put(`/api/v1/nodes/${asset.id}/content`, Buffer.from('y')),
      await ann.post(`/api/v1/nodes/${asset.id}/trash`),
      await ann.post(`/api/v1/nodes/${asset.id}/move`, { parent: folder.id, name: 'y' }),
      await ann.post(`/api/v1/nodes/${asset.id}/copy`, { parent: folder.id }),
      await ann.post('/api/v1/nodes', { parent: folder.id, kind: 'folder', name: 'y' }),
    ]) {
      expect(failure(answer)).toEqual([404, 'node/not-found'])
    }
  })

  it('who may only read gets the list, not the bytes, and changes nothing', async () => {
    const folder = await story.aFolder()
    const asset = await story.anAsset(folder.id, 'seen.txt')
    await story.grant('ben', folder.id, ['read'])
    const ben = story.server.as('ben')
    expect((await ben.get(`/api/v1/nodes/${folder.id}/children`)).json<NodePage>().total).toBe(1)
    for (const answer of [
      await ben.get(`/api/v1/nodes/${asset.id}/content`),
      await upload(ben, folder.id, 'y.txt', 'y'),
      await upload(ben, folder.id, 'seen.txt', 'y', '&conflict=version'),
      await ben.put(`/api/v1/nodes/${asset.id}/content`, Buffer.from('y')),
      await ben.post(`/api/v1/nodes/${asset.id}/trash`),
      await ben.post(`/api/v1/nodes/${asset.id}/move`, { parent: folder.id, name: 'y' }),
      await ben.post(`/api/v1/nodes/${asset.id}/copy`, { parent: folder.id }),
      await ben.post('/api/v1/nodes', { parent: folder.id, kind: 'folder', name: 'y' }),
    ]) {
      expect(failure(answer)).toEqual([403, 'access/denied'])
    }
  })

  it('does not count or see children that are kept from them', async () => {
    const folder = await story.aFolder()
    const hidden = await story.anAsset(folder.id, 'hidden.txt')
    await story.anAsset(folder.id, 'shown.txt')
    await story.grant('cleo', folder.id, ['read'])
    await story.grant('cleo', hidden.id, ['read'], 'deny')
    const page = (await story.server.as('cleo').get(`/api/v1/nodes/${folder.id}/children`)).json<NodePage>()
    expect([page.total, page.items.map(({ name }) => name)]).toEqual([1, ['shown.txt']])
  })

  it('gains no right on something by moving it to where they have more', async () => {
    const [theirs, own] = [await story.aFolder(), await story.aFolder()]
    const asset = await story.anAsset(theirs.id, 'wanted.txt')
    await story.grant('dora', theirs.id, ['read', 'modify', 'delete'])
    await story.grant('dora', own.id, ['read', 'modify', 'delete', 'create', 'download-original', 'edit-acl'])
    const dora = story.server.as('dora')
    const answer = await dora.post(`/api/v1/nodes/${asset.id}/move`, { parent: own.id, name: 'mine.txt' })
    expect(failure(answer)).toEqual([403, 'access/denied'])
    expect(await story.names(theirs.id)).toEqual(['wanted.txt'])
    expect((await dora.post(`/api/v1/nodes/${asset.id}/move`, { parent: theirs.id, name: 'x.txt' })).status).toBe(200)
  })
})
