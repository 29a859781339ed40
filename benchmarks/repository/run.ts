// How folders below a folder are found: closure table, recursion, paths, ltree. A million nodes. See decisions/0002.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { ADMIN_ID, ADMINISTRATORS_ID, EVERYONE_ID, type NodeId, ROOT_ID, type Subject } from '@vitrine/domain'
import { readConfig } from '@vitrine/server/config'
import { createLog } from '@vitrine/server/log/create-log'
import { moveNode } from '@vitrine/server/repository/move-node'
import { nodeByPath } from '@vitrine/server/repository/node-store'
import { startServer } from '@vitrine/server/start-server'
import {
  addPaths,
  deepestFolder,
  fillTree,
  folderOfSize,
  listAncestors,
  listSubtree,
  movePaths,
  namesTo,
  ways,
} from './trees-store.ts'

const quick = process.argv.includes('--quick')
const folders = quick ? 10_000 : 100_000
const assets = quick ? 90_000 : 900_000
const times = quick ? 3 : 7

const admin: Subject = { user: ADMIN_ID, groups: new Set([EVERYONE_ID, ADMINISTRATORS_ID]) }
const data = mkdtempSync(join(tmpdir(), 'vitrine-bench-repository-'))
const config = readConfig({ VITRINE_DATA: data, VITRINE_PORT: '0', VITRINE_LOG_LEVEL: 'error' })
const server = await startServer(config, { log: createLog(config) })
try {
  await measure()
} finally {
  await server.stop()
  rmSync(data, { recursive: true, force: true })
}

async function measure(): Promise<void> {
  const { db } = server.parts
  await fillTree(db, folders, assets)
  await addPaths(db)
  for (const most of [folders / 20, folders / 200, 30]) {
    const { id, folders: below } = await folderOfSize(db, most)
    for (const way of ways) {
      const took = await medianOf(() => listSubtree(db, way, id))
      say(`newest 100 assets and count below ${below} folders: ${way}`, took)
    }
  }
  const deep = await deepestFolder(db)
  const names = await namesTo(db, deep)
  say(`node at a path of ${names.length} names`, await medianOf(() => nodeByPath(db, names)))
  for (const way of ways) say(`its ancestors: ${way}`, await medianOf(() => listAncestors(db, way, deep)))
  for (const most of [folders / 100, 30]) await measureMoves(most)
}

/** There and back again, so that the tree stays as it is. */
async function measureMoves(most: number): Promise<void> {
  const { db } = server.parts
  const { id, folders: below } = await folderOfSize(db, most)
  const from = await db.selectFrom('nodes').select(['parent_id', 'name']).where('id', '=', id).executeTakeFirstOrThrow()
  const there = { parent: ROOT_ID, name: 'moved' }
  const back = { parent: from.parent_id as NodeId, name: from.name }
  const moved = await medianOf(async () => {
    await moveNode(server.parts, admin, id as NodeId, there)
    await moveNode(server.parts, admin, id as NodeId, back)
  })
  say(`a move of ${below} folders, whole use case: closure`, moved / 2)
  const rewritten = await medianOf(async () => {
    await movePaths(db, id, ROOT_ID)
    await movePaths(db, id, back.parent)
  })
  say(`the same, rewriting of path and ltree alone`, rewritten / 2)
}

async function medianOf(work: () => Promise<unknown>): Promise<number> {
  const took: number[] = []
  for (let i = 0; i < times; i++) {
    const begun = performance.now()
    await work()
    took.push(performance.now() - begun)
  }
  return took.toSorted((a, b) => a - b)[Math.floor(times / 2)] ?? Number.NaN
}

function say(what: string, took: number): void {
  console.log(`${what.padEnd(70)} ${took.toFixed(took < 10 ? 2 : 0)} ms`)
}
