// How soon a page of a large share link is answered: idle, while the server itself imports and makes renditions with all
// cores, and while other processes fill every core.
import { type ChildProcess, fork, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { cpus, loadavg, tmpdir } from 'node:os'
import { join } from 'node:path'
import type { ItemsPage } from '@vitrine/api/public'
import { type Filling, folderOf } from '../queue/nodes-store.ts'
import { BusyWork } from './busy-work.ts'
import type { Ask } from './server.ts'

const quick = process.argv.includes('--quick')
const filling: Filling = { name: 'Campaign', assets: 10_000, perFolder: 0, size: 2_000_000 }
const pageSize = 200
const requests = quick ? 60 : 300

const folder = mkdtempSync(join(tmpdir(), 'vitrine-bench-link-page-'))
const child = fork(join(import.meta.dirname, 'server.ts'), {
  env: { ...process.env, VITRINE_DATA: join(folder, 'data'), VITRINE_PORT: '0', VITRINE_LOG_LEVEL: 'error' },
})
const burners: ChildProcess[] = []
try {
  const { url, token } = await reply<{ url: string; token: string }>()
  const items = await share(url, token)
  const somewhere = () => ({ offset: random(filling.assets - 700) })
  console.log(`load average before: ${loadavg()[0]?.toFixed(1)}`)
  await measure('first page, by name', items, () => ({}))
  await measure('random offset, by name', items, () => ({ offset: random(filling.assets - pageSize) }))
  await measure('random offset, newest first', items, () => ({
    sort: '-modified',
    offset: random(filling.assets - pageSize),
  }))
  await measure('filtered, 1 in 10', items, () => ({ filter: `${random(10)} Sommer` }))
  await ask({ ask: 'add-acls', filling, user: await idOf(url, token, 'holder'), assets: 1000, hidden: 500 })
  await measure('1,000 of 10,000 with entries of their own', items, somewhere)
  const work = await BusyWork.begin(folder, (method, path, body) =>
    send(url, { authorization: `Bearer ${token}` }, method, path, body),
  )
  await measure('the same, while it imports and makes renditions', items, somewhere)
  const { waiting } = await ask<{ waiting: number }>({ ask: 'count-waiting' })
  console.log(`  renditions that still waited at the end: ${waiting} (0: not every core was filled)`)
  await work.end()
  await ask({ ask: 'give-up-renditions' })
  for (const _ of cpus()) burners.push(spawn(process.execPath, ['-e', 'for (;;);'], { stdio: 'ignore' }))
  await measure('the same, while other processes fill every core', items, somewhere)
  await ask({ ask: 'stop' })
} finally {
  for (const burner of burners) burner.kill('SIGKILL')
  child.kill()
  rmSync(folder, { recursive: true, force: true })
}

/** Makes the folder, and a link to it held by somebody who is no administrator. @returns address of its items */
async function share(url: string, token: string): Promise<(query: Query) => string> {
  const admin = { authorization: `Bearer ${token}` }
  await ask({ ask: 'fill', filling })
  await send(url, admin, 'POST', '/api/v1/users', { name: 'holder', password: 'a long enough password' })
  const principal = await idOf(url, token, 'holder')
  const privileges = ['read', 'share', 'download-original', 'download-rendition']
  await send(url, admin, 'PUT', `/api/v1/nodes/${folderOf(filling)}/acl`, {
    entries: [{ principal, effect: 'allow', privileges }],
  })
  const basic = `Basic ${Buffer.from('holder:a long enough password').toString('base64')}`
  const body = { targets: [folderOf(filling)] }
  const link = await send<{ url: string }>(url, { authorization: basic }, 'POST', '/api/v1/share-links', body)
  const sh = new URL(link.url).searchParams.get('sh') ?? ''
  const targets = (await (await fetch(`${url}/linkshare.html/items?sh=${sh}`)).json()) as ItemsPage
  const shown = targets.items[0]?.id ?? ''
  return (query) => {
    const wanted = new URLSearchParams({ sh, folder: shown, limit: String(pageSize) })
    for (const [name, value] of Object.entries(query)) wanted.set(name, String(value))
    return `${url}/linkshare.html/items?${wanted.toString()}`
  }
}

type Query = Readonly<Record<string, string | number>>

async function measure(name: string, items: (query: Query) => string, query: () => Query): Promise<void> {
  const times: number[] = []
  let last: ItemsPage | undefined
  for (let request = -20; request < requests; request++) {
    const startedAt = performance.now()
    const answer = await fetch(items(query()))
    last = (await answer.json()) as ItemsPage
    if (request >= 0) times.push(performance.now() - startedAt)
  }
  const [p50, p95] = [percentile(times, 50), percentile(times, 95)].map((ms) => ms.toFixed(1).padStart(6))
  console.log(`${name.padEnd(50)} p50 ${p50} ms  p95 ${p95} ms  (${last?.items.length} of ${last?.total})`)
}

async function idOf(url: string, token: string, name: string): Promise<string> {
  const found = await send<{ items: { id: string }[] }>(
    url,
    { authorization: `Bearer ${token}` },
    'GET',
    `/api/v1/users?name=${name}`,
  )
  return found.items[0]?.id ?? ''
}

async function send<Reply>(
  url: string,
  headers: Record<string, string>,
  method: string,
  path: string,
  body?: object,
): Promise<Reply> {
  const content = body === undefined ? {} : { body: JSON.stringify(body) }
  const type = body === undefined ? {} : { 'content-type': 'application/json' }
  const answer = await fetch(url + path, { method, headers: { ...headers, ...type }, ...content })
  if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`)
  return (await answer.json()) as Reply
}

function ask<Reply = object>(message: Ask): Promise<Reply> {
  const answered = reply<Reply>()
  child.send(message)
  return answered
}

async function reply<Reply>(): Promise<Reply> {
  const [message] = (await once(child, 'message')) as [Reply & { error?: string }]
  if (message.error !== undefined) throw new Error(message.error)
  return message
}

function random(below: number): number {
  return Math.floor(Math.random() * below)
}

function percentile(values: readonly number[], percent: number): number {
  const sorted = values.toSorted((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.floor((sorted.length * percent) / 100))] ?? Number.NaN
}
