import { randomUUID } from 'node:crypto'
import type { NodeId, PrincipalId } from '@vitrine/domain'
import { aDatabase, type DatabaseForTest } from '@vitrine/testkit'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { Notifications } from '../db/listen.ts'
import { inTransaction } from '../db/transaction.ts'
import { announceChange } from './announce-change.ts'
import type { Change } from './change.ts'
import { changesIn, folderEntry, nodeEntry, payloadsOf, personalEntry } from './change-payload.ts'
import { changeChannel } from './change-store.ts'

const id = () => randomUUID() as NodeId
const anId = fc.uuid().map((text) => text as NodeId)

describe('a payload', () => {
  it('says what was put in, within what PostgreSQL takes, however much that is', () => {
    const aNode = fc.record({ id: anId, folder: fc.option(anId) })
    fc.assert(
      fc.property(fc.array(aNode, { maxLength: 300 }), fc.array(anId), (nodes, others) => {
        const people = others as unknown as PrincipalId[]
        const entries = [
          ...nodes.map(nodeEntry),
          ...others.map(folderEntry),
          ...people.map((person) => personalEntry('work', person)),
        ]
        const payloads = [...payloadsOf(entries)]
        for (const payload of payloads) expect(Buffer.byteLength(payload)).toBeLessThan(8000)
        const expected: Change[] = [
          ...nodes.flatMap(({ id: node, folder }): Change[] => [
            { kind: 'node', node },
            ...(folder === null ? [] : [{ kind: 'folder', folder, node } as const]),
          ]),
          ...others.map((folder) => ({ kind: 'folder', folder }) as const),
          ...people.map((person) => ({ kind: 'work', person }) as const),
        ]
        expect(payloads.flatMap((payload) => Array.from(changesIn(payload)))).toEqual(expected)
      }),
    )
  })

  it('of another version says what this one understands', () => {
    const folder = id()
    expect([...changesIn(`z${id()},${folderEntry(folder)},,?`)]).toEqual([{ kind: 'folder', folder }])
  })
})

describe('what a transaction announces', () => {
  let database: DatabaseForTest
  let notifications: Notifications
  const payloads: string[] = []
  beforeAll(async () => {
    database = await aDatabase()
    notifications = await Notifications.open(database.url)
    await notifications.on(changeChannel, ({ payload }) => payloads.push(payload))
  })
  afterAll(async () => {
    await notifications.close()
    await database[Symbol.asyncDispose]()
  })

  /** What was told of a transaction, once something that was announced after it was told. */
  async function toldOf(act: () => Promise<unknown>): Promise<Change[]> {
    payloads.length = 0
    await act()
    const marker = id()
    await inTransaction(database.db, (tx) => announceChange(tx, { folders: [marker] }))
    await expect.poll(() => payloads.at(-1)).toBe(folderEntry(marker))
    return payloads.slice(0, -1).flatMap((payload) => Array.from(changesIn(payload)))
  }

  it('is told once, however often it is announced', async () => {
    const node = { id: id(), folder: id() }
    const told = await toldOf(() =>
      inTransaction(database.db, async (tx) => {
        for (let i = 0; i < 5; i++) await announceChange(tx, { nodes: [node], downloadsOf: [node.id as never] })
      }),
    )
    expect(told).toEqual([
      { kind: 'node', node: node.id },
      { kind: 'folder', folder: node.folder, node: node.id },
      { kind: 'downloads', person: node.id },
    ])
  })

  it('is one change for a folder of which many children changed', async () => {
    const [crowded, quiet] = [id(), id()]
    const node = { id: id(), folder: quiet }
    const told = await toldOf(() =>
      inTransaction(database.db, async (tx) => {
        for (let i = 0; i < 2000; i++) await announceChange(tx, { nodes: [{ id: id(), folder: crowded }] })
        await announceChange(tx, { nodes: [node] })
      }),
    )
    expect(told).toEqual([
      { kind: 'folder', folder: crowded },
      { kind: 'node', node: node.id },
      { kind: 'folder', folder: quiet, node: node.id },
    ])
  })

  it('is that everybody is to look again, when there are too many folders', async () => {
    const told = await toldOf(() =>
      inTransaction(database.db, (tx) =>
        announceChange(tx, { nodes: Array.from({ length: 20_000 }, () => ({ id: id(), folder: id() })) }),
      ),
    )
    expect(told).toEqual([{ kind: 'all' }])
  })

  it('is nothing when it fails', async () => {
    const told = await toldOf(() =>
      inTransaction(database.db, async (tx) => {
        await announceChange(tx, { folders: [id()] })
        throw new Error('on purpose')
      }).catch(() => undefined),
    )
    expect(told).toEqual([])
  })
})
