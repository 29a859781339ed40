// What access control costs: listing 50,000 children with and without 10,000 lists elsewhere, and rights of many folders.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { ROOT_ID, type NodeId, type PrincipalId } from '@vitrine/domain'
import { folderAccess, privilegesOnAll } from '@vitrine/server/access/node-access'
import { subjectOf } from '@vitrine/server/access/subject-store'
import { readConfig } from '@vitrine/server/config'
import { createLog } from '@vitrine/server/log/create-log'
import { startServer } from '@vitrine/server/start-server'
import { foldersIn, giveLists, makeFolders, takeLists } from './lists-store.ts'

const quick = process.argv.includes('--quick')
const children = quick ? 5000 : 50_000
const lists = quick ? 1000 : 10_000
const times = quick ? 21 : 101

const data = mkdtempSync(join(tmpdir(), 'vitrine-bench-access-'))
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
  const { id: user } = await call<{ id: string }>('POST', '/api/v1/users', { name: 'ann', password: 'long enough' })
  const entry = { principal: user, effect: 'allow', privileges: ['read'] }
  await call('PUT', `/api/v1/nodes/${ROOT_ID}/acl`, { entries: [entry] })
  const folder = await makeFolders(db, 'Wide', children)
  const elsewhere = await makeFolders(db, 'Elsewhere', lists)

  const before = await medianOf(() => page(folder))
  await giveLists(db, elsewhere, user)
  const during = await medianOf(() => page(folder))
  await takeLists(db, elsewhere)
  const after = await medianOf(() => page(folder))
  const without = (before + after) / 2
  say(`page of 200 of ${children} children, without lists elsewhere`, `${without.toFixed(1)} ms`)
  say(`the same with ${lists} lists elsewhere`, `${during.toFixed(1)} ms, ratio ${(during / without).toFixed(2)}`)

  await giveLists(db, elsewhere, user)
  const subject = await subjectOf(db, user as PrincipalId)
  const ids = [...(await foldersIn(db, folder)), ...(await foldersIn(db, elsewhere))] as NodeId[]
  say(`rights on ${ids.length} folders`, `${(await medianOf(() => folderAccess(db, subject, ids), 5)).toFixed(0)} ms`)
  const some = ids.slice(-10_000)
  const results = await medianOf(() => privilegesOnAll(db, subject, some), 5)
  say(`rights on ${some.length} nodes with lists of their own`, `${results.toFixed(0)} ms`)
}

/** One page as `ann`, signed in with Basic. */
async function page(folder: string): Promise<void> {
  const authorization = `Basic ${Buffer.from('ann:long enough').toString('base64')}`
  const url = `${server.url}/api/v1/nodes/${folder}/children?limit=200`
  const response = await fetch(url, { headers: { authorization } })
  const body = (await response.json()) as { items?: unknown[] }
  if (body.items?.length !== 200) throw new Error(`answered with ${response.status}`)
}

async function call<Answer>(method: string, path: string, body: unknown): Promise<Answer> {
  const headers = {
    authorization: `Bearer ${server.parts.localToken.reveal()}`,
    'content-type': 'application/json',
  }
  const response = await fetch(`${server.url}${path}`, { method, headers, body: JSON.stringify(body) })
  if (!response.ok) throw new Error(`${method} ${path}: ${await response.text()}`)
  return (await response.json()) as Answer
}

/** In ms, after some that do not count. */
async function medianOf(work: () => Promise<unknown>, count = times): Promise<number> {
  for (let warm = 0; warm < 5; warm++) await work()
  const taken: number[] = []
  for (let run = 0; run < count; run++) {
    const start = performance.now()
    await work()
    taken.push(performance.now() - start)
  }
  return taken.toSorted((a, b) => a - b)[Math.floor(count / 2)] ?? 0
}

function say(what: string, result: string): void {
  console.log(`${what.padEnd(60)} ${result}`)
}
