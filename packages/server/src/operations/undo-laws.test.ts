import type { NodeBody } from '@vitrine/api'
import { ROOT_ID } from '@vitrine/domain'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { failure, RepositoryStory } from '../repository/repository-story.ts'
import { begun, ended, operated, stateOf, undone } from './operation-story.ts'

let story: RepositoryStory
beforeAll(async () => {
  story = await RepositoryStory.begin()
})
afterAll(() => story?.server.stop())

/** A small tree: folders and assets at two depths, and a folder beside it where some names are taken. */
async function aTree(): Promise<{ readonly top: NodeBody; readonly nodes: NodeBody[]; readonly to: NodeBody }> {
  const top = await story.aFolder()
  const nodes: NodeBody[] = []
  for (const name of ['a', 'b']) {
    const folder = await story.aFolder(name, top.id)
    nodes.push(folder, await story.anAsset(folder.id, 'one.txt', `one of ${name}`))
    nodes.push(await story.anAsset(folder.id, 'two.txt', `two of ${name}`), await story.aFolder('inner', folder.id))
  }
  const to = await story.aFolder('to', top.id)
  await story.anAsset(to.id, 'one.txt', 'was there')
  return { top, nodes, to }
}

describe('an operation that is taken back', () => {
  it('leaves everything as it was before, whatever was chosen and whatever names were taken', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom('move', 'trash'),
        fc.constantFrom('refuse', 'keep-both', 'skip', 'version'),
        fc.uniqueArray(fc.nat(7), { minLength: 1, maxLength: 8 }),
        async (kind, wanted, chosen) => {
          const { top, nodes, to } = await aTree()
          const before = await stateOf(story.admin, top.id)
          const selection = { nodes: chosen.map((index) => nodes[index]!.id) }
          const conflict = kind === 'trash' ? 'refuse' : wanted
          const done = await operated(story.admin, {
            kind,
            selection,
            conflict,
            ...(kind === 'move' ? { to: to.id } : {}),
          })
          if (done.undo) expect((await undone(story.admin, done.id)).failures).toEqual([])
          expect(await stateOf(story.admin, top.id)).toEqual(before)
        },
      ),
      { numRuns: 12 },
    )
    expect([await story.closureFaults(), await story.trashFaults()]).toEqual([[], []])
  })

  it('leaves alone what somebody has moved, renamed, restored or replaced since, and says so', async () => {
    const { top, nodes, to } = await aTree()
    const [folder, one, two] = nodes as [NodeBody, NodeBody, NodeBody]
    const selection = { nodes: [one.id, two.id] }
    const done = await operated(story.admin, { kind: 'move', selection, to: to.id, conflict: 'keep-both' })
    await story.move(two.id, to.id, 'renamed since.txt')
    const back = await undone(story.admin, done.id)
    expect(back.failures).toMatchObject([{ id: two.id, name: 'renamed since.txt', code: 'node/changed' }])
    expect(await story.names(folder.id)).toEqual(['inner', 'one.txt'])

    const trashed = await operated(story.admin, { kind: 'trash', selection })
    await story.anAsset(folder.id, 'one.txt', 'somebody was here')
    await operated(story.admin, { kind: 'trash', selection: { nodes: [to.id] } })
    const again = await undone(story.admin, trashed.id)
    expect(new Map(again.failures.map(({ id, code }) => [id, code]))).toEqual(
      new Map([
        [one.id, 'node/name-taken'],
        [two.id, 'node/place-gone'],
      ]),
    )
    expect(await story.names(top.id)).toEqual(['a', 'b'])
  })

  it('is taken back once when two ask at the same time', async () => {
    const { nodes } = await aTree()
    const done = await operated(story.admin, { kind: 'trash', selection: { nodes: [nodes[0]!.id] } })
    const answers = await Promise.all([1, 2, 3].map(() => story.admin.post(`/api/v1/operations/${done.id}/undo`)))
    const first = answers.filter(({ status }) => status === 201)
    expect(first).toHaveLength(1)
    for (const answer of answers.filter(({ status }) => status !== 201)) {
      expect(failure(answer)).toEqual([409, 'operation/not-undoable'])
    }
    expect((await ended(story.admin, begun(first[0]!))).failed).toBe(0)
  })
})

describe('two operations on the same nodes', () => {
  it('come to a tree in which each node is once, and neither breaks off', async () => {
    const from = await story.aFolder()
    const folders: NodeBody[] = []
    for (let i = 0; i < 8; i++) folders.push(await story.aFolder(`f${i}`, from.id))
    await Promise.all(
      Array.from({ length: 120 }, (_, i) => story.anAsset(i % 2 ? from.id : folders[i % 8]!.id, `${i}.txt`, 'x')),
    )
    const [left, right] = [await story.aFolder(), await story.aFolder()]
    const nodes = Object.values(await stateOf(story.admin, from.id)).map((facts) => facts.split(' ')[0]!)
    const began = await Promise.all([
      story.admin.post('/api/v1/operations', { kind: 'move', selection: { nodes }, to: left.id }),
      story.admin.post('/api/v1/operations', { kind: 'move', selection: { nodes: nodes.toReversed() }, to: right.id }),
      story.admin.post('/api/v1/operations', { kind: 'trash', selection: { folder: from.id } }),
    ])
    for (const one of began) {
      const done = await ended(story.admin, begun(one))
      expect(done.progress.done).toBe(done.progress.total)
      expect(done.failures.filter(({ code }) => code === 'server/internal')).toEqual([])
    }
    expect([await story.closureFaults(), await story.trashFaults()]).toEqual([[], []])
    const there = [left, right, from].map(({ id }) => stateOf(story.admin, id))
    const ids = (await Promise.all(there)).flatMap((state) => Object.values(state))
    expect(new Set(ids).size).toBe(ids.length)
    expect(await story.names(ROOT_ID)).toContain(left.name)
  })
})
