import { createHash } from 'node:crypto'
import type { PublicItem } from '@vitrine/api/public'
import { aServer, type TestServer, expectStatus } from '@vitrine/testkit'
import {
  aFolder,
  aFreshFolder,
  anAsset,
  aShareLink,
  everythingShown,
  type MadeNode,
  type SharedLink,
} from '@vitrine/testkit/share-link-words'
import fc from 'fast-check'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, it } from 'vitest'

let server: TestServer
beforeAll(async () => {
  server = await aServer()
})
afterAll(() => server.stop())

const admin = () => server.as('admin')
let counter = 0
const namesOf = (items: readonly { name: string }[]) => items.map(({ name }) => name).toSorted()
const originalOf = async (shareLink: SharedLink, item: PublicItem) =>
  expectStatus(await server.public.get(shareLink.at(`/items/${item.id}/original`)), 200).text

/** What people may do to a tree meanwhile: numbers choose among what there is. */
const anAct = fc.tuple(
  fc.constantFrom('add', 'add-folder', 'move', 'move', 'trash', 'restore', 'version', 'rename'),
  fc.nat(1000),
  fc.nat(1000),
)

it.each(['frozen', 'versions'] as const)(
  'whatever happens to the tree, a %s link never shows more; and all of it that is there',
  async (mode) => {
    await fc.assert(
      fc.asyncProperty(fc.array(anAct, { minLength: 1, maxLength: 14 }), async (acts) => {
        const world = await aWorld()
        const shareLink = await aShareLink(admin(), [world.target], { mode })
        const first = new Map((await everythingShown(server.public, shareLink)).map((item) => [item.id, item]))
        const bytes = await originals(shareLink, [...first.values()])
        for (const act of acts) {
          await world.act(...act)
          const now = await everythingShown(server.public, shareLink)
          expect(now.filter(({ id }) => !first.has(id))).toEqual([])
          expect(new Set(now.map(({ id }) => id)).size).toBe(now.length)
          expect(namesOf(now)).toEqual(await world.namesLeft())
        }
        if (mode === 'frozen') return
        const left = await everythingShown(server.public, shareLink)
        for (const [id, hash] of await originals(shareLink, left)) expect(bytes.get(id)).toBe(hash)
      }),
      { numRuns: 8 },
    )
  },
  240_000,
)

async function originals(shareLink: SharedLink, items: readonly PublicItem[]): Promise<ReadonlyMap<string, string>> {
  const assets = items.filter(({ kind }) => kind === 'asset')
  const read = assets.map(async (item) => {
    const text = await originalOf(shareLink, item)
    return [item.id, createHash('sha256').update(text).digest('hex')] as const
  })
  return new Map(await Promise.all(read))
}

async function aWorld() {
  const [target, outside] = [await aFreshFolder(admin()), await aFreshFolder(admin())]
  const inner = await aFolder(admin(), target, `inner ${counter++}`)
  const folders = [target, inner, outside]
  const assets: MadeNode[] = []
  for (const [at, folder] of [target, inner, inner].entries()) {
    assets.push(await anAsset(admin(), folder, `asset ${counter++}`, `content ${at}`))
  }
  const fixed = [target, inner, ...assets].map(({ id }) => id)
  const pick = <Value>(values: readonly Value[], at: number) => values[at % values.length]!
  const acts: Readonly<Record<string, (one: number, other: number) => Promise<unknown>>> = {
    add: async (one) => assets.push(await anAsset(admin(), await alive(one), `asset ${counter++}`)),
    'add-folder': async (one) => folders.push(await aFolder(admin(), await alive(one), `folder ${counter++}`)),
    move: (one, other) => {
      const node = pick([...assets, ...folders], one)
      return admin().post(`/api/v1/nodes/${node.id}/move`, { parent: pick(folders, other).id, name: node.name })
    },
    trash: (one) => admin().post(`/api/v1/nodes/${pick([...assets, inner], one).id}/trash`),
    restore: (one) => admin().post(`/api/v1/nodes/${pick([...assets, inner], one).id}/restore`),
    version: (one, other) =>
      admin().put(`/api/v1/nodes/${pick(assets, one).id}/content`, Buffer.from(`version ${other}`)),
    rename: async (one) => {
      const node = pick(assets, one)
      const { rows } = await sql<{ parent: string }>`
        select parent_id as parent from nodes where id = ${node.id}`.execute(server.parts.db)
      return admin().post(`/api/v1/nodes/${node.id}/move`, { parent: rows[0]?.parent, name: `name ${counter++}` })
    },
  }
  const alive = async (one: number) => {
    const { rows } = await sql<{ id: string; name: string }>`
      select id, name from nodes where id = any(${folders.map(({ id }) => id)}::uuid[]) and not in_trash
      order by id`.execute(server.parts.db)
    return pick(rows, one)
  }
  return {
    target,
    act: async (kind: string, one: number, other: number) => void (await acts[kind]?.(one, other)),
    /** Of what was in the link at first: what is not in the trash now. */
    namesLeft: async () => {
      const { rows } = await sql<{ name: string }>`
        select name from nodes where id = any(${fixed}::uuid[]) and not in_trash`.execute(server.parts.db)
      return namesOf(rows)
    },
  }
}
