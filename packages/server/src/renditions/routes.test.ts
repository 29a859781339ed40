import type { RenditionBody } from '@vitrine/api'
import { aServer, expectStatus, type TestServer } from '@vitrine/testkit'
import { aFolder, anAsset, type MadeNode, setAcl, theRoot } from '@vitrine/testkit/share-link-words'
import sharp from 'sharp'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { failure } from '../repository/repository-story.ts'
import { plain } from './decoder/a-picture.ts'

let server: TestServer
let folder: MadeNode
let picture: MadeNode
beforeAll(async () => {
  server = await aServer()
  folder = await aFolder(admin(), await theRoot(admin()), 'Pictures')
  picture = await anAsset(admin(), folder, 'beach ball.png', await plain(2000, 1000, [200, 30, 30]).png().toBuffer())
  await ready(picture)
})
afterAll(() => server.stop())

const admin = () => server.as('admin')
const listOf = async (path: string, caller = admin()) =>
  expectStatus(await caller.get(path), 200).json<{ items: RenditionBody[] }>().items

async function ready(node: MadeNode): Promise<void> {
  const states = async () => (await listOf(`/api/v1/nodes/${node.id}/renditions`)).map(({ state }) => state)
  await vi.waitFor(async () => expect(await states()).toEqual(['ready', 'ready']), { timeout: 30_000 })
}

describe('the renditions of an asset', () => {
  it('are listed with their sizes, and shown by their addresses', async () => {
    const items = await listOf(`/api/v1/nodes/${picture.id}/renditions`)
    expect(items).toMatchObject([
      { name: 'thumbnail.319', state: 'ready', width: 319, height: 160, mediaType: 'image/jpeg' },
      { name: 'web.1280', state: 'ready', width: 1280, height: 640, mediaType: 'image/jpeg' },
    ])
    for (const { url = '', size, width } of items) {
      const answer = await admin().get(url)
      expect([answer.status, answer.bytes.length, (await sharp(answer.bytes).metadata()).width]).toEqual([
        200,
        size,
        width,
      ])
      expect(answer.headers.get('content-disposition')).toMatch(/^inline/)
      expect(answer.headers.get('content-security-policy')).toContain('sandbox')
      expect(answer.headers.get('x-content-type-options')).toBe('nosniff')
    }
  })

  it('come whole, in ranges, or not at all when they are there already', async () => {
    const path = `/api/v1/nodes/${picture.id}/renditions/web.1280`
    const whole = await admin().get(path)
    const etag = whole.headers.get('etag') ?? ''
    const head = await admin().head(path)
    expect([head.status, head.headers.get('content-length'), head.bytes.length]).toEqual([
      200,
      String(whole.bytes.length),
      0,
    ])
    expect((await admin().get(path, { 'if-none-match': etag })).status).toBe(304)
    const part = await admin().get(path, { range: 'bytes=100-199', 'if-range': etag })
    expect([part.status, part.bytes.equals(whole.bytes.subarray(100, 200))]).toEqual([206, true])
    expect((await admin().get(path, { range: 'bytes=99999999-' })).status).toBe(416)
    // The one who is signed in may keep it, nobody on the way.
    expect(whole.headers.get('cache-control')).toMatch(/private.*no-transform/)
  })

  it('are shown to who may read, and downloaded by who may download renditions', async () => {
    const [ida, jon] = [await server.user('ida'), await server.user('jon')]
    await setAcl(admin(), folder, [
      { principal: ida.id, effect: 'allow', privileges: ['read'] },
      { principal: jon.id, effect: 'allow', privileges: ['read', 'download-rendition'] },
    ])
    const path = `/api/v1/nodes/${picture.id}/renditions/web.1280`
    expect((await ida.get(path)).status).toBe(200)
    expect(failure(await ida.get(`${path}?download`))).toEqual([403, 'access/denied'])
    const kept = await jon.get(`${path}?download`)
    expect([kept.status, kept.headers.get('content-disposition')]).toEqual([
      200,
      'attachment; filename="beach ball.web.1280.jpeg"',
    ])
    expect(failure(await ida.get(`/api/v1/nodes/${picture.id}/content`))).toEqual([403, 'access/denied'])
    for (const suffix of ['', '/web.1280', '/web.1280?download', '/thumbnail.319']) {
      const answer = await server.as('kai').get(`/api/v1/nodes/${picture.id}/renditions${suffix}`)
      expect([suffix, ...failure(answer)]).toEqual([suffix, 404, 'node/not-found'])
    }
    expect((await server.anonymous.get(path)).status).toBe(401)
    expect((await server.public.get(path)).status).toBe(404)
  })

  it('of an earlier version are still there', async () => {
    const asset = await anAsset(admin(), folder, 'twice.png', await plain(40, 30, [1, 2, 3]).png().toBuffer())
    await ready(asset)
    await admin().put(`/api/v1/nodes/${asset.id}/content`, await plain(10, 20, [3, 2, 1]).png().toBuffer())
    await ready(asset)
    const answer = await admin().get(`/api/v1/nodes/${asset.id}/versions`)
    const [second, first] = answer.json<{ items: { id: string; creator: object }[] }>().items
    const sizeOf = async (version: string | undefined) => {
      const [thumbnail] = await listOf(`/api/v1/nodes/${asset.id}/versions/${version}/renditions`)
      const bytes = (await admin().get(thumbnail?.url ?? '')).bytes
      const { width, height } = await sharp(bytes).metadata()
      return [thumbnail?.width, thumbnail?.height, width, height]
    }
    expect(await sizeOf(first?.id)).toEqual([40, 30, 40, 30])
    expect(await sizeOf(second?.id)).toEqual([10, 20, 10, 20])
    expect(first?.creator).toEqual({ id: expect.any(String), name: 'admin', displayName: expect.any(String) })
    // A version is one of its asset alone.
    const foreign = await admin().get(`/api/v1/nodes/${picture.id}/versions/${first?.id}/renditions/web.1280`)
    expect(failure(foreign)).toEqual([404, 'version/not-found'])
  })

  it('say why there are none', async () => {
    const text = await anAsset(admin(), folder, 'words.txt')
    expect(await listOf(`/api/v1/nodes/${text.id}/renditions`)).toEqual([])
    const broken = await plain(300, 300, [9, 9, 9]).png().toBuffer()
    const damaged = await anAsset(admin(), folder, 'broken.png', broken.subarray(0, 60))
    const list = () => listOf(`/api/v1/nodes/${damaged.id}/renditions`)
    await expect
      .poll(async () => (await list()).map(({ state }) => state), { timeout: 30_000 })
      .toEqual(['failed', 'failed'])
    expect((await list())[0]).toEqual({
      name: 'thumbnail.319',
      state: 'failed',
      failure: expect.stringMatching(/^rendition\//),
      detail: expect.stringMatching(/\.$/),
    })
    for (const name of ['thumbnail.319', 'web.1280', '..%2F..%2Fkeys.json', 'a'.repeat(100), '%00']) {
      const answer = await admin().get(`/api/v1/nodes/${damaged.id}/renditions/${name}`)
      expect([name, ...failure(answer)]).toEqual([name, 404, 'rendition/not-found'])
    }
    expect(failure(await admin().get(`/api/v1/nodes/${folder.id}/renditions`))).toEqual([422, 'node/not-an-asset'])
    expect(failure(await admin().get(`/api/v1/nodes/${picture.id}/renditions/web.1280?download=no`))).toEqual([
      400,
      'request/invalid',
    ])
  })
})
