import {
  ADMIN_ID,
  effectivePrivileges,
  EVERYONE_ID,
  privileges,
  ROOT_ID,
  type Ace,
  type Acl,
  type NodeId,
  type PrincipalId,
  type Subject,
} from '@vitrine/domain'
import { aServer, type TestServer } from '@vitrine/testkit'
import fc from 'fast-check'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Transaction } from '../db/open.ts'
import { inTransaction } from '../db/transaction.ts'
import { replaceAcl } from './acl-store.ts'
import { childAccess, folderAccess, privilegesOnAll, requirePrivilege, wayTo } from './node-access.ts'
import { subjectOf } from './subject-store.ts'

let server: TestServer
let ann: Subject
let team: PrincipalId

beforeAll(async () => {
  server = await aServer()
  team = (await server.group('team')) as PrincipalId
  const { id } = await server.user('ann', { groups: ['team'] })
  ann = await subjectOf(server.parts.db, id as PrincipalId)
})
afterAll(() => server.stop())

describe('what a subject may do', () => {
  it('is what the rule says of the lists on the way, on every node of any tree, however it is asked for', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(aNode(), { minLength: 1, maxLength: 25 }), async (drawn) => {
        const { nodes, pathOf } = await aTree(drawn)
        const { db } = server.parts
        const ids = nodes.map(({ id }) => id)
        const expected = new Map(ids.map((id) => [id, effectivePrivileges(pathOf(id), ann)]))
        expect(await privilegesOnAll(db, ann, ids)).toEqual(expected)

        const folders = nodes.filter(({ kind }) => kind === 'folder')
        const ofFolders = await folderAccess(
          db,
          ann,
          folders.map(({ id }) => id),
        )
        expect(ofFolders).toEqual(new Map(folders.map(({ id }) => [id, expected.get(id)])))

        for (const { id } of nodes) {
          const way = await wayTo(db, ann, id)
          expect(way.at(0)?.id).toBe(ROOT_ID)
          expect(way.at(-1)?.id).toBe(id)
          for (const [index, step] of way.entries()) {
            if (index > 1) expect(nodes.find((node) => node.id === step.id)?.parent).toBe(way[index - 1]?.id)
            if (index > 0) expect(step.privileges).toEqual(expected.get(step.id))
          }
        }

        for (const folder of folders) {
          const { inherited, exceptions } = await childAccess(db, ann, folder.id)
          expect(inherited).toEqual(expected.get(folder.id))
          const children = nodes.filter(({ parent }) => parent === folder.id)
          for (const { id } of children) expect(exceptions.get(id) ?? inherited).toEqual(expected.get(id))
          // An exception is a child, and differs.
          for (const [id, own] of exceptions) {
            expect(children.map((child) => child.id)).toContain(id)
            expect(own).not.toEqual(inherited)
          }
        }
      }),
      { numRuns: 40 },
    )
  }, 120_000)

  it('is nothing on what is in the trash, below it, or not there', async () => {
    const { nodes } = await aTree([
      { up: 0, kind: 'folder', acl: [allow(team, 'read')] },
      { up: 1, kind: 'folder', acl: [] },
      { up: 2, kind: 'asset', acl: [allow(team, 'read')] },
    ])
    const ids = [...nodes.map(({ id }) => id), server.parts.newId() as NodeId]
    const [folder] = nodes
    expect(sizes(await privilegesOnAll(server.parts.db, ann, ids))).toEqual([1, 1, 1, 0])
    const trashed = await server.as('admin').post(`/api/v1/nodes/${folder?.id}/trash`, {})
    expect(trashed.status).toBeLessThan(300)
    const { db } = server.parts
    expect(sizes(await privilegesOnAll(db, ann, ids))).toEqual([0, 0, 0, 0])
    expect(sizes(await folderAccess(db, ann, ids))).toEqual([0, 0, 0, 0])
    for (const id of ids.slice(0, 3)) expect(await wayTo(db, ann, id)).toEqual([])
    const below = await childAccess(db, ann, ids[1] ?? ROOT_ID)
    expect([below.inherited.size, below.exceptions.size]).toEqual([0, 0])
    const administrator = await subjectOf(db, ADMIN_ID)
    expect(sizes(await privilegesOnAll(db, administrator, ids))).toEqual([0, 0, 0, 0])
  })

  it('goes on after 5,000 nodes', async () => {
    const { nodes } = await aTree([{ up: 0, kind: 'folder', acl: [allow(team, 'read')] }])
    const folder = nodes[0]?.id ?? ROOT_ID
    await manyFolders(folder, 5001)
    const rows = await server.parts.db.selectFrom('nodes').select('id').where('parent_id', '=', folder).execute()
    const ids = rows.map(({ id }) => id as NodeId)
    expect(new Set(sizes(await folderAccess(server.parts.db, ann, ids)))).toEqual(new Set([1]))
    expect(new Set(sizes(await privilegesOnAll(server.parts.db, ann, ids)))).toEqual(new Set([1]))
  })
})

describe('requirePrivilege', () => {
  it('lets through, denies, or says that there is nothing: unreadable and missing look the same', async () => {
    const { nodes } = await aTree([
      { up: 0, kind: 'folder', acl: [allow(team, 'read', 'create')] },
      { up: 1, kind: 'folder', acl: [deny(team, 'read')] },
    ])
    const [open, hidden] = nodes.map(({ id }) => id)
    const { db } = server.parts
    expect(await requirePrivilege(db, ann, open ?? ROOT_ID, 'create')).toEqual(new Set(['read', 'create']))
    await expect(requirePrivilege(db, ann, open ?? ROOT_ID, 'delete')).rejects.toMatchObject({ code: 'access/denied' })
    for (const id of [hidden ?? ROOT_ID, server.parts.newId() as NodeId]) {
      await expect(requirePrivilege(db, ann, id, 'create')).rejects.toMatchObject({
        code: 'node/not-found',
        message: 'There is no such asset or folder.',
      })
    }
  })
})

describe('the access of the children of a folder', () => {
  it('looks at no more rows with 5,000 children and 2,000 lists elsewhere than without', async () => {
    const { nodes } = await aTree([
      { up: 0, kind: 'folder', acl: [allow(team, 'read')] },
      { up: 1, kind: 'asset', acl: [deny(team, 'read')] },
      { up: 0, kind: 'folder', acl: [] },
    ])
    const [folder, child, elsewhere] = nodes.map(({ id }) => id)
    const before = await rowsReadBy(folder ?? ROOT_ID)
    expect(before.exceptions).toEqual(new Map([[child, new Set()]]))

    await manyFolders(folder ?? ROOT_ID, 5000)
    await manyFolders(elsewhere ?? ROOT_ID, 2000)
    await sql`
      insert into acl_entries (node_id, position, principal_id, effect, privileges)
      select id, 0, ${team}, 'deny', '{read}' from nodes where parent_id = ${elsewhere}`.execute(server.parts.db)
    await sql`update nodes set has_acl = true where parent_id = ${elsewhere}`.execute(server.parts.db)
    await sql`vacuum analyze`.execute(server.parts.db)

    const after = await rowsReadBy(folder ?? ROOT_ID)
    expect(after.exceptions).toEqual(new Map([[child, new Set()]]))
    expect(after.rows).toBeGreaterThan(0)
    expect(after.rows).toBeLessThanOrEqual(Math.min(before.rows, 20))
  }, 120_000)
})

// --- set-up ---------------------------------------------------------------------------------

/** A node to be made: below the folder `up` places back (0: the root). */
interface DrawnNode {
  readonly up: number
  readonly kind: 'folder' | 'asset'
  readonly acl: Acl
}

interface MadeNode {
  readonly id: NodeId
  readonly parent: NodeId
  readonly kind: 'folder' | 'asset'
  readonly acl: Acl
}

function allow(principal: PrincipalId, ...some: Ace['privileges']): Ace {
  return { principal, effect: 'allow', privileges: some }
}

function deny(principal: PrincipalId, ...some: Ace['privileges']): Ace {
  return { principal, effect: 'deny', privileges: some }
}

/** Drawn inside a test, when the principals are there. */
function aNode(): fc.Arbitrary<DrawnNode> {
  const anAce = fc.record({
    principal: fc.constantFrom(ann.user, team, EVERYONE_ID, ADMIN_ID),
    effect: fc.constantFrom('allow' as const, 'deny' as const),
    privileges: fc.subarray([...privileges], { minLength: 1 }),
  })
  return fc.record({
    up: fc.nat(4),
    kind: fc.constantFrom('folder' as const, 'folder' as const, 'asset' as const),
    acl: fc.oneof(
      { weight: 2, arbitrary: fc.constant([]) },
      { weight: 1, arbitrary: fc.array(anAce, { maxLength: 3 }) },
    ),
  })
}

/** Makes nodes over HTTP, and their lists. */
async function aTree(drawn: readonly DrawnNode[]) {
  const admin = server.as('admin')
  const nodes: MadeNode[] = []
  for (const { up, kind, acl } of drawn) {
    const folders = nodes.filter((node) => node.kind === 'folder').toReversed()
    const parent = (up === 0 ? undefined : folders[up - 1]?.id) ?? ROOT_ID
    const name = server.parts.newId()
    const made =
      kind === 'folder'
        ? await admin.post('/api/v1/nodes', { parent, kind, name })
        : await admin.post(`/api/v1/nodes/${parent}/assets?name=${name}`, Buffer.from('x'))
    expect(made.text).toContain(name)
    const { id } = made.json<{ id: NodeId }>()
    await inTransaction(server.parts.db, (tx) => replaceAcl(tx, id, acl))
    nodes.push({ id, parent, kind, acl })
  }
  const byId = new Map(nodes.map((node) => [node.id, node]))
  const pathOf = (id: NodeId): Acl[] => {
    const node = byId.get(id)
    return node ? [...pathOf(node.parent), node.acl] : []
  }
  return { nodes, pathOf }
}

/** Folders directly in a folder, made in one statement. */
async function manyFolders(parent: NodeId, count: number): Promise<void> {
  const { db } = server.parts
  await sql`
    insert into nodes (id, parent_id, kind, name, sort_key, created_at, created_by, modified_at)
    select gen_random_uuid(), ${parent}, 'folder', n::text, n::text, now(), ${ADMIN_ID}, now()
      from generate_series(1, ${count}::int) n`.execute(db)
  await sql`
    insert into folder_tree (ancestor_id, descendant_id, depth)
    select t.ancestor_id, n.id, t.depth + 1 from nodes n join folder_tree t on t.descendant_id = n.parent_id
     where n.parent_id = ${parent} and not exists (select from folder_tree where descendant_id = n.id)
    union all
    select n.id, n.id, 0 from nodes n
     where n.parent_id = ${parent} and not exists (select from folder_tree where descendant_id = n.id)`.execute(db)
  await sql`analyze`.execute(db)
}

/** What `childAccess` finds, and how many rows of tables PostgreSQL looked at for it. */
function rowsReadBy(folder: NodeId) {
  return inTransaction(server.parts.db, async (tx) => {
    const before = await rowsRead(tx)
    const { exceptions } = await childAccess(tx, ann, folder)
    return { exceptions, rows: (await rowsRead(tx)) - before }
  })
}

/** By this transaction so far: rows of scans of tables, and rows fetched through indexes. */
async function rowsRead(tx: Transaction): Promise<number> {
  const { rows } = await sql<{ read: number }>`
    select sum(seq_tup_read + coalesce(idx_tup_fetch, 0))::bigint as read from pg_stat_xact_user_tables
     where relname in ('nodes', 'folder_tree', 'acl_entries')`.execute(tx)
  return rows[0]?.read ?? 0
}

function sizes(granted: ReadonlyMap<NodeId, ReadonlySet<string>>): number[] {
  return [...granted.values()].map(({ size }) => size)
}
