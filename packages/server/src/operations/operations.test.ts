import type { NodePage, OperationBody, OperationPage, StartOperation } from '@vitrine/api'
import { ADMIN_ID, type NodeId, type OperationId, type PrincipalId, ROOT_ID } from '@vitrine/domain'
import { expectStatus } from '@vitrine/testkit'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { subjectOf } from '../access/subject-store.ts'
import { inTransaction } from '../db/transaction.ts'
import { failure, RepositoryStory } from '../repository/repository-story.ts'
import { insertFolder } from '../repository/tree-store.ts'
import { begun, ended, operated, stateOf, undone } from './operation-story.ts'
import { insertOperation, lockOperation } from './operation-store.ts'
import { startOperation } from './start-operation.ts'

let story: RepositoryStory
beforeAll(async () => {
  story = await RepositoryStory.begin()
})
afterAll(() => story?.server.stop())

const nobodyHas = '01900000-0000-7000-8000-00000000dead'
const start = (body: unknown, caller = story.admin) => caller.post('/api/v1/operations', body)
const run = (wanted: StartOperation, caller = story.admin) => operated(caller, wanted)
const codes = ({ failures }: OperationBody) => failures.map(({ code }) => code)

async function someAssets(folder: string, ...names: string[]): Promise<string[]> {
  const ids: string[] = []
  for (const name of names) ids.push((await story.anAsset(folder, name)).id)
  return ids
}

/** Somebody else is just taking a name when something is done: it waits for them, and then the name is taken. */
async function whileTaken<Result>(folder: string, name: string, act: () => Promise<Result>): Promise<Result> {
  const { db, newId } = story.server.parts
  const taking = { id: newId() as NodeId, parent: folder as NodeId, name, sourceName: null, modifiedAt: 0 }
  const waiting = async () => {
    const { rows } = await sql`
      select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`.execute(db)
    expect(rows).toHaveLength(1)
  }
  const result = await inTransaction(db, async (tx) => {
    await insertFolder(tx, { ...taking, createdBy: ADMIN_ID }, 0)
    const doing = act()
    await vi.waitFor(waiting, { timeout: 10_000 })
    return { doing }
  })
  return result.doing
}

describe('an operation', () => {
  it('moves what was chosen, in the answer, and can be taken back once', async () => {
    const [from, to] = [await story.aFolder(), await story.aFolder()]
    const nodes = await someAssets(from.id, 'a.txt', 'b.txt')
    const before = await stateOf(story.admin, from.id)
    const done = begun(await start({ kind: 'move', selection: { nodes }, to: to.id }))
    expect(done).toMatchObject({
      kind: 'move',
      state: 'done',
      progress: { done: 2, total: 2 },
      failed: 0,
      failures: [],
      undo: true,
    })
    expect([await story.names(from.id), await story.names(to.id)]).toEqual([[], ['a.txt', 'b.txt']])
    expect(await undone(story.admin, done.id)).toMatchObject({ state: 'done', undoOf: done.id, undo: false })
    expect(await stateOf(story.admin, from.id)).toEqual(before)
    expect(failure(await story.admin.post(`/api/v1/operations/${done.id}/undo`))).toEqual([
      409,
      'operation/not-undoable',
    ])
    expect((await story.admin.get(`/api/v1/operations/${done.id}`)).json()).toMatchObject({ undo: false })
  })

  it('is about all of a folder that the filter lets through, but for exceptions', async () => {
    const [from, to] = [await story.aFolder(), await story.aFolder()]
    const [, second] = await someAssets(from.id, 'x1.jpg', 'x2.jpg', 'x3.jpg', 'y.txt')
    const selection = { folder: from.id, filter: 'JPG', except: [second!] }
    expect(await run({ kind: 'move', selection, to: to.id })).toMatchObject({ progress: { done: 2, total: 2 } })
    expect([await story.names(from.id), await story.names(to.id)]).toEqual([
      ['x2.jpg', 'y.txt'],
      ['x1.jpg', 'x3.jpg'],
    ])
    expect(await run({ kind: 'trash', selection: { folder: to.id, filter: 'nothing' } })).toMatchObject({
      state: 'done',
      progress: { done: 0, total: 0 },
      undo: false,
    })
  })

  it('goes on after a node that fails, and says which and why', async () => {
    const [from, to] = [await story.aFolder(), await story.aFolder()]
    const [good, taken] = await someAssets(from.id, 'good.txt', 'taken.txt')
    await someAssets(to.id, 'taken.txt')
    const done = await run({ kind: 'move', selection: { nodes: [nobodyHas, taken!, good!, good!] }, to: to.id })
    expect(done).toMatchObject({ state: 'done', progress: { done: 3, total: 3 }, failed: 2 })
    expect(done.failures.toSorted((a, b) => a.code.localeCompare(b.code))).toEqual([
      { id: taken, name: 'taken.txt', code: 'node/name-taken', detail: expect.stringContaining('taken.txt') },
      { id: nobodyHas, name: '', code: 'node/not-found', detail: expect.stringMatching(/\.$/) },
    ])
    expect(await story.names(from.id)).toEqual(['taken.txt'])
    const none = await run({ kind: 'trash', selection: { nodes: [nobodyHas] } })
    expect([none.state, codes(none), none.undo]).toEqual(['failed', ['node/not-found'], false])
  })

  it('keeps both, skips, or adds a version where a name is taken', async () => {
    for (const kind of ['move', 'copy'] as const) {
      for (const conflict of ['keep-both', 'skip', 'version'] as const) {
        const [from, to] = [await story.aFolder(), await story.aFolder()]
        const node = await story.anAsset(from.id, 'a.txt', 'new')
        const there = await story.anAsset(to.id, 'a.txt', 'old')
        const done = await run({ kind, selection: { nodes: [node.id] }, to: to.id, conflict })
        expect([kind, conflict, done.state, codes(done)]).toEqual([kind, conflict, 'done', []])
        const expected = conflict === 'keep-both' ? ['a (2).txt', 'a.txt'] : ['a.txt']
        expect([kind, conflict, (await story.names(to.id)).toSorted()]).toEqual([kind, conflict, expected])
        const left = kind === 'copy' || conflict === 'skip' ? ['a.txt'] : []
        expect([kind, conflict, await story.names(from.id)]).toEqual([kind, conflict, left])
        const content = (await story.admin.get(`/api/v1/nodes/${there.id}/content`)).text
        expect([kind, conflict, content]).toEqual([kind, conflict, conflict === 'version' ? 'new' : 'old'])
      }
    }
    const [from, to] = [await story.aFolder(), await story.aFolder()]
    const folder = await story.aFolder('same', from.id)
    await story.aFolder('same', to.id)
    const selection = { nodes: [folder.id] }
    expect(codes(await run({ kind: 'move', selection, to: to.id, conflict: 'version' }))).toEqual(['node/name-taken'])
  })

  it('keeps both also when others take a name at the same moment', async () => {
    for (const kind of ['move', 'copy'] as const) {
      const [from, to] = [await story.aFolder(), await story.aFolder()]
      const nodes = await someAssets(from.id, 'a.txt')
      const done = await whileTaken(to.id, 'a.txt', () =>
        run({ kind, selection: { nodes }, to: to.id, conflict: 'keep-both' }),
      )
      expect([kind, done.state, codes(done)]).toEqual([kind, 'done', []])
      expect([kind, (await story.names(to.id)).toSorted()]).toEqual([kind, ['a (2).txt', 'a.txt']])
    }
  })

  it('takes a folder and what lies in it into the trash as one, and out and away from there', async () => {
    const folder = await story.aFolder()
    const inner = await story.aFolder('inner', folder.id)
    const [asset] = await someAssets(inner.id, 'x.txt')
    const nodes = [asset!, inner.id]
    expect(await run({ kind: 'trash', selection: { nodes } })).toMatchObject({ state: 'done', failed: 0, undo: true })
    expect(await story.names(folder.id)).toEqual([])
    expect(await run({ kind: 'restore', selection: { nodes: [inner.id] } })).toMatchObject({ state: 'done', failed: 0 })
    expect(await story.names(inner.id)).toEqual(['x.txt'])
    // Each put there by itself: the folder comes back first, whatever the order they are named in.
    await run({ kind: 'trash', selection: { nodes: [asset!] } })
    await run({ kind: 'trash', selection: { nodes: [inner.id] } })
    expect(await run({ kind: 'restore', selection: { nodes } })).toMatchObject({ state: 'done', failed: 0 })
    expect(await story.names(inner.id)).toEqual(['x.txt'])
    await run({ kind: 'trash', selection: { nodes: [inner.id] } })
    expect(await run({ kind: 'remove', selection: { nodes: [inner.id] } })).toMatchObject({
      state: 'done',
      undo: false,
    })
    expect(codes(await run({ kind: 'restore', selection: { nodes: [inner.id] } }))).toEqual(['node/not-found'])
  })

  it('is refused whole for what makes no sense', async () => {
    const folder = await story.aFolder()
    const [node] = await someAssets(folder.id, 'x.txt')
    const nodes = { nodes: [node] }
    for (const [body, status, code] of [
      [{ kind: 'move', selection: nodes }, 400, 'request/invalid'],
      [{ kind: 'trash', selection: nodes, to: folder.id }, 400, 'request/invalid'],
      [{ kind: 'restore', selection: { folder: folder.id } }, 400, 'request/invalid'],
      [{ kind: 'move', selection: { trash: 'all' }, to: folder.id }, 400, 'request/invalid'],
      [{ kind: 'restore', selection: nodes, conflict: 'version' }, 400, 'request/invalid'],
      [{ kind: 'shred', selection: nodes }, 400, 'request/invalid'],
      [{ kind: 'trash', selection: { nodes: [] } }, 400, 'request/invalid'],
      [{ kind: 'trash', selection: { nodes: ['x'] } }, 400, 'request/invalid'],
      [{ kind: 'trash', selection: { ...nodes, folder: folder.id } }, 400, 'request/invalid'],
      [{ kind: 'trash', selection: { folder: folder.id, filter: '\0' } }, 400, 'request/invalid'],
      [{ kind: 'trash', selection: { folder: nobodyHas } }, 404, 'node/not-found'],
      [{ kind: 'trash', selection: { folder: node } }, 422, 'node/not-a-folder'],
      [{ kind: 'move', selection: nodes, to: nobodyHas }, 404, 'node/not-found'],
      [{ kind: 'move', selection: nodes, to: node }, 422, 'node/not-a-folder'],
    ] as const) {
      expect([body, ...failure(await start(body))]).toEqual([body, status, code])
    }
    const many = Array.from({ length: 20_001 }, (_, i) => `01900000-0000-7000-8000-${String(i).padStart(12, '0')}`)
    expect(failure(await start({ kind: 'trash', selection: { nodes: many } }))[0]).toBe(400)
    expect(codes(await run({ kind: 'trash', selection: { nodes: [ROOT_ID] } }))).toEqual(['access/denied'])
    expect(codes(await run({ kind: 'move', selection: { nodes: [folder.id] }, to: folder.id }))).toEqual(['node/cycle'])
  })

  it('looks at rights node by node, and is nobody else’s to see', async () => {
    const [folder, to] = [await story.aFolder(), await story.aFolder()]
    const [may, seen, hidden] = await someAssets(folder.id, 'may.txt', 'seen.txt', 'hidden.txt')
    await story.grant('rosa', folder.id, ['read', 'create'])
    await story.grant('rosa', may!, ['modify'])
    await story.grant('rosa', hidden!, ['read'], 'deny')
    await story.grant('rosa', to.id, ['read', 'create'])
    const rosa = story.server.as('rosa')
    const done = await run({ kind: 'move', selection: { nodes: [may!, seen!, hidden!] }, to: to.id }, rosa)
    const told = new Map(done.failures.map(({ id, code, name }) => [id, [code, name]]))
    expect(await story.names(to.id)).toEqual(['may.txt'])
    expect(told.get(seen!)).toEqual(['access/denied', 'seen.txt'])
    expect(told.get(hidden!)).toEqual(['node/not-found', ''])
    const all = await run({ kind: 'trash', selection: { folder: folder.id } }, rosa)
    expect(all.failures.map(({ id }) => id)).not.toContain(hidden)
    for (const path of [`/api/v1/operations/${done.id}`, `/api/v1/operations/${nobodyHas}`]) {
      expect(failure(await story.admin.get(path))).toEqual([404, 'operation/not-found'])
    }
    for (const what of ['undo', 'cancel']) {
      const answer = await story.admin.post(`/api/v1/operations/${done.id}/${what}`)
      expect(failure(answer)).toEqual([404, 'operation/not-found'])
    }
    expect(failure(await start({ kind: 'trash', selection: { folder: to.id } }, story.server.as('sven')))).toEqual([
      404,
      'node/not-found',
    ])
  })

  it('asks for rights when the turn of a node comes, and tells nobody what lies in a folder that was closed to them', async () => {
    const [from, to] = [await story.aFolder(), await story.aFolder()]
    const nodes = await someAssets(from.id, 'free.txt', 'taken.txt')
    await someAssets(to.id, 'taken.txt')
    const vera = await story.server.user('vera')
    await story.grant('vera', from.id, ['read', 'modify'])
    await story.grant('vera', to.id, ['read', 'create'])
    const { parts } = story.server
    const subject = await subjectOf(parts.db, vera.id as PrincipalId)
    const wanted = { kind: 'move', selection: { nodes }, to: to.id as NodeId, conflict: 'skip' } as const
    const { id } = await startOperation(parts, subject, wanted)
    await inTransaction(parts.db, async (tx) => {
      await lockOperation(tx, id)
      await story.grant('vera', to.id, ['read'], 'deny')
    })
    const done = await ended(vera, { id })
    expect([done.state, codes(done)]).toEqual(['failed', ['node/not-found', 'node/not-found']])
    expect(await story.names(from.id)).toEqual(['free.txt', 'taken.txt'])
  })

  it('is begun by a person who has not many others running', async () => {
    const xena = await story.server.user('xena')
    const { parts } = story.server
    const ids = Array.from({ length: 50 }, () => parts.newId() as OperationId)
    const facts = {
      kind: 'trash',
      startedBy: xena.id as PrincipalId,
      to: null,
      conflict: 'refuse',
      undoOf: null,
    } as const
    await inTransaction(parts.db, async (tx) => {
      for (const id of ids) await insertOperation(tx, { id, ...facts, createdAt: parts.clock() })
    })
    const wanted: StartOperation = { kind: 'trash', selection: { nodes: [nobodyHas] } }
    const refused = await start(wanted, xena)
    expect([...failure(refused), refused.json()['limit']]).toEqual([429, 'operation/too-many', 50])
    expectStatus(await xena.post(`/api/v1/operations/${ids[0]}/cancel`), 200)
    expect((await run(wanted, xena)).state).toBe('failed')
    expect((await run(wanted)).state).toBe('failed')
  })

  it('is listed to who began it, the newest first, in pages', async () => {
    const tess = await story.server.user('tess')
    const made: string[] = []
    for (let i = 0; i < 5; i++) made.unshift((await run({ kind: 'trash', selection: { nodes: [nobodyHas] } }, tess)).id)
    const seen: string[] = []
    let cursor = ''
    do {
      const path = `/api/v1/operations?limit=2${cursor}`
      const page = expectStatus(await tess.get(path), 200).json<OperationPage>()
      seen.push(...page.items.map(({ id }) => id))
      cursor = page.next === null ? '' : `&cursor=${page.next}`
    } while (cursor !== '')
    expect(seen).toEqual(made)
    expect(failure(await tess.get('/api/v1/operations?cursor=nonsense'))).toEqual([400, 'request/invalid'])
  })
})

describe('a large operation', () => {
  it('goes on after the answer, is cancelled between two nodes, and what it did is taken back', async () => {
    const [from, to] = [await story.aFolder(), await story.aFolder()]
    await Promise.all(Array.from({ length: 300 }, (_, i) => story.anAsset(from.id, `${i}.txt`, 'x')))
    const first = begun(await start({ kind: 'move', selection: { folder: from.id }, to: to.id }))
    expect(first.progress.total).toBe(300)
    const path = `/api/v1/operations/${first.id}`
    const done = async () => (await story.admin.get(path)).json<OperationBody>().progress.done
    await vi.waitFor(async () => expect(await done()).toBeGreaterThan(0), { timeout: 30_000, interval: 5 })
    const cancelled = expectStatus(await story.admin.post(`${path}/cancel`), 200).json<OperationBody>()
    expect(['cancelled', 'done']).toContain(cancelled.state)
    const total = async (id: string) =>
      (await story.admin.get(`/api/v1/nodes/${id}/children?limit=1`)).json<NodePage>().total
    const back = await undone(story.admin, first.id)
    expect(back.failed).toBe(0)
    expect([await total(from.id), await total(to.id)]).toEqual([300, 0])
  })
})
