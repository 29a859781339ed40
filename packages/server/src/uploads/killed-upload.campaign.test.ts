import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { readdir, readFile } from 'node:fs/promises'
import { request } from 'node:http'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import type { NodeBody, NodePage, UploadList } from '@vitrine/api'
import { ROOT_ID } from '@vitrine/domain'
import { aKillableServer, expectStatus, type KillableServer } from '@vitrine/testkit'
import { soak } from '@vitrine/testkit/soak'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { create, offsetOf, patch, sha256Of, tusHeaders } from './upload-story.ts'

const kills = soak ? 120 : 6
const timeout = soak ? 3_600_000 : 240_000

let server: KillableServer
let folder: NodeBody
beforeAll(async () => {
  server = await aKillableServer({ VITRINE_UNFINISHED_UPLOADS: '10000' })
  const made = await server.admin.post('/api/v1/nodes', { parent: ROOT_ID, kind: 'folder', name: 'into' })
  folder = expectStatus(made, 201).json<NodeBody>()
}, 120_000)
afterAll(() => server?.remove())

async function children(): Promise<NodeBody[]> {
  const items: NodeBody[] = []
  for (let cursor: string | null = ''; cursor !== null;) {
    const query = cursor === '' ? '' : `&cursor=${encodeURIComponent(cursor)}`
    const page = await server.admin.get(`/api/v1/nodes/${folder.id}/children?limit=500${query}`)
    const { items: some, next } = expectStatus(page, 200).json<NodePage>()
    items.push(...some)
    cursor = next
  }
  return items
}

/** Sends a piece slowly, until it is whole or the server is gone. */
async function sendSlowly(url: string, offset: number, bytes: Buffer): Promise<void> {
  const sending = request(`${server.url}${url}`, {
    method: 'PATCH',
    headers: {
      ...tusHeaders,
      authorization: server.authorization,
      'content-type': 'application/offset+octet-stream',
      'content-length': bytes.length,
      'upload-offset': offset,
    },
  })
  const over = once(sending, 'response').catch(() => undefined)
  for (let at = 0; at < bytes.length && !sending.destroyed; at += 100_000) {
    sending.write(bytes.subarray(at, at + 100_000))
    await pause(4)
  }
  sending.end()
  await over
}

describe('a server that is killed', () => {
  it(
    `while bytes come, ${kills} times: what it acknowledged is there, and the asset has the right bytes`,
    { timeout },
    async () => {
      const bytes = randomBytes(soak ? 300_000_000 : 40_000_000)
      const begun = await create(server.admin, { parent: folder.id, name: 'slow.bin' }, bytes.length)
      const url = begun.headers.get('location') ?? ''
      let least = 0
      for (let kill = 1; kill <= kills; kill++) {
        const offset = await offsetOf(server.admin, url)
        expect(offset).toBeGreaterThanOrEqual(least)
        // A whole piece is acknowledged; of the next one, what was told to be there while it came is there as well.
        const end = Math.min(offset + 1_000_000, bytes.length - 1)
        expectStatus(await patch(server.admin, url, offset, bytes.subarray(offset, end)), 204)
        const sending = sendSlowly(url, end, bytes.subarray(end))
        await pause(Math.random() * 3500)
        least = await offsetOf(server.admin, url)
        expect(least).toBeGreaterThanOrEqual(end)
        await server.kill()
        await sending
        await server.start()
      }
      const offset = await offsetOf(server.admin, url)
      const last = expectStatus(await patch(server.admin, url, offset, bytes.subarray(offset)), 204)
      const content = await server.admin.get(`/api/v1/nodes/${last.headers.get('vitrine-node')}/content`)
      expect(sha256Of(content.bytes)).toBe(sha256Of(bytes))
    },
  )

  it(
    `while it finishes many, ${kills} times: nothing is lost, nothing there twice or by halves`,
    { timeout },
    async () => {
      const contents = new Map<string, Buffer>()
      const acknowledged = new Set<string>()
      for (let kill = 1; kill <= kills; kill++) {
        const lanes = [1, 2, 3].map((lane) => uploadMany(`${kill}-${lane}`, contents, acknowledged))
        // On a busy machine the first of them takes its time.
        await expect.poll(() => acknowledged.size, { timeout: 60_000 }).toBeGreaterThan(kill)
        await pause(Math.random() * 600)
        await server.kill()
        await Promise.all(lanes)
        await server.start()
      }
      expect(acknowledged.size).toBeGreaterThan(kills)
      // Who lost the answer asks again, and sends what is missing.
      const { items } = (await server.admin.get('/api/v1/uploads')).json<UploadList>()
      for (const { url, relativePath } of items) {
        const offset = await offsetOf(server.admin, url)
        const bytes = contents.get(relativePath) ?? Buffer.alloc(0)
        expectStatus(await patch(server.admin, url, offset, bytes.subarray(offset)), 204)
        acknowledged.add(relativePath)
      }
      const there = (await children()).filter(({ name }) => name !== 'slow.bin')
      const names = there.map(({ name }) => name)
      expect([...acknowledged].filter((name) => !names.includes(name))).toEqual([])
      // Kept beside one another: a second one of the same upload would be seen.
      expect(names.filter((name) => !contents.has(name))).toEqual([])
      for (const { name, sha256 = '' } of there) {
        const path = join(server.folder, 'blobs', sha256.slice(0, 2), sha256.slice(2, 4), sha256)
        expect([name, sha256Of(await readFile(path))]).toEqual([name, sha256Of(contents.get(name)!)])
      }
      const left = await readdir(join(server.folder, 'blobs', 'unfinished'))
      expect(left.filter((name) => !name.endsWith('.lock'))).toEqual([])
    },
  )
})

/** Uploads one asset after the other until the server is gone. */
async function uploadMany(lane: string, contents: Map<string, Buffer>, acknowledged: Set<string>): Promise<void> {
  for (let one = 1; ; one++) {
    const name = `${lane}-${one}.bin`
    const bytes = randomBytes(3000 + one)
    contents.set(name, bytes)
    const begun = await create(server.admin, { parent: folder.id, name, conflict: 'keep-both' }, bytes.length).catch(
      () => undefined,
    )
    const url = begun?.headers.get('location')
    if (!url) return
    const half = await patch(server.admin, url, 0, bytes.subarray(0, 1500)).catch(() => undefined)
    if (half?.status !== 204) return
    const whole = await patch(server.admin, url, 1500, bytes.subarray(1500)).catch(() => undefined)
    if (whole?.status !== 204) return
    acknowledged.add(name)
  }
}
