import { setTimeout as sleep } from 'node:timers/promises'
import type { NodeBody, NodePage, OperationBody } from '@vitrine/api'
import { ROOT_ID } from '@vitrine/domain'
import { aKillableServer, expectStatus } from '@vitrine/testkit'
import { soak } from '@vitrine/testkit/soak'
import { expect, it, onTestFinished, vi } from 'vitest'

const kills = soak ? 60 : 6
const count = 5000

it('an operation on 5,000 nodes does each once, however often the server is killed', async () => {
  const server = await aKillableServer()
  onTestFinished(() => server.remove())
  const folder = async (name: string) =>
    expectStatus(
      await server.admin.post('/api/v1/nodes', { parent: ROOT_ID, kind: 'folder', name }),
      201,
    ).json<NodeBody>()
  const [from, to] = [await folder('from'), await folder('to')]
  for (let i = 0; i < count; i += 20) {
    const uploads = Array.from({ length: 20 }, (_, at) =>
      server.admin.post(`/api/v1/nodes/${from.id}/assets?name=${i + at}.txt`, Buffer.from('x')),
    )
    for (const answer of await Promise.all(uploads)) expectStatus(answer, 201)
  }
  const copy = { kind: 'copy', selection: { folder: from.id }, to: to.id }
  const { id } = expectStatus(await server.admin.post('/api/v1/operations', copy), 201).json<OperationBody>()
  const now = async () => (await server.admin.get(`/api/v1/operations/${id}`)).json<OperationBody>()
  const copies = async () => (await server.admin.get(`/api/v1/nodes/${to.id}/children?limit=1`)).json<NodePage>().total

  let atWork = 0
  for (let kill = 0; kill < kills; kill++) {
    await sleep(50 + Math.random() * 300)
    await server.kill()
    await server.start()
    const { state, progress } = await now()
    if (state === 'running') atWork += 1
    // What is recorded was done, and nothing else: the copies may only be ahead by what has been done since.
    expect(await copies()).toBeGreaterThanOrEqual(progress.done)
    expect((await now()).progress.done).toBeGreaterThanOrEqual(progress.done)
  }
  expect(atWork).toBeGreaterThan(0)
  await vi.waitFor(async () => expect((await now()).state).toBe('done'), { timeout: 300_000, interval: 200 })
  expect(await now()).toMatchObject({ progress: { done: count, total: count }, failed: 0 })
  // A copy that was made twice would have failed at its taken name, or be one too many.
  expect(await copies()).toBe(count)
}, 900_000)
