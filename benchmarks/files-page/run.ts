// How soon Files shows a folder of a repository of a million assets, and how smoothly 100,000 items scroll and are selected.
// node benchmarks/files-page/run.ts [--quick]
import { fork } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { loadavg, tmpdir } from 'node:os'
import { join } from 'node:path'
import { chromium, type Page } from '@playwright/test'
import { chromiumLaunch } from '@vitrine/e2e/chromium'
import type { Ask } from '../link-page/server.ts'
import { type Filling, folderOf } from '../queue/nodes-store.ts'

const quick = process.argv.includes('--quick')
const rounds = quick ? 5 : 25
/** For how long is scrolled, in ms. */
const scrolling = quick ? 2000 : 8000
const password = 'a long enough password'
const large: Filling = { name: 'All of it', assets: quick ? 10_000 : 100_000, perFolder: 0, size: 2_000_000 }
const rest: Filling = { name: 'Archive', assets: quick ? 90_000 : 900_000, perFolder: 100, size: 2_000_000 }

const folder = mkdtempSync(join(tmpdir(), 'vitrine-bench-files-page-'))
const server = fork(join(import.meta.dirname, '../link-page/server.ts'), {
  env: {
    ...process.env,
    VITRINE_DATA: join(folder, 'data'),
    VITRINE_PORT: '0',
    VITRINE_LOG_LEVEL: 'error',
    VITRINE_ADMIN_PASSWORD: password,
  },
})
const browser = await chromium.launch(chromiumLaunch)
try {
  const { url } = await answer<{ url: string }>()
  for (const filling of [rest, large]) await ask({ ask: 'fill', filling })
  console.log(`${rest.assets + large.assets} assets, load average before: ${loadavg()[0]?.toFixed(1)}`)
  const page = await signedIn(url)
  const address = `${url}/files/${folderOf(large)}`
  const opened: number[] = []
  for (let round = -3; round < rounds; round++) {
    const took = await openFolder(page, address)
    if (round >= 0) opened.push(took)
  }
  say('first screen of the large folder', opened, 'p95 300 ms')
  say('frames, scrolling like a wheel', await framesDuring(page, 'scrollBy(0, 240)'), 'p50 33, p95 80 ms')
  const anywhere = 'if (frame % 20 === 0) scrollTo(0, Math.random() * document.documentElement.scrollHeight)'
  say('frames, thrown to anywhere thrice a second', await framesDuring(page, anywhere), 'p50 33, p95 80 ms')
  say('select all, to the next picture', await selectAll(page), '100 ms')
  server.send({ ask: 'stop' } satisfies Ask)
  await once(server, 'message')
} finally {
  await browser.close()
  server.kill()
  rmSync(folder, { recursive: true, force: true })
}

async function signedIn(url: string): Promise<Page> {
  const page = await browser.newPage({ viewport: { width: 1280, height: 800 } })
  await page.goto(`${url}/files`)
  await page.getByRole('textbox', { name: 'Name' }).fill('admin')
  await page.getByRole('textbox', { name: 'Password' }).fill(password)
  await page.getByRole('button', { name: 'Sign in' }).click()
  await page.getByRole('row').first().waitFor()
  return page
}

/** Opens the folder's address; ms until its first items are drawn, by the page's own clock. */
async function openFolder(page: Page, address: string): Promise<number> {
  await page.goto(address, { waitUntil: 'commit' })
  return page.evaluate<number>(`new Promise((resolve) => {
    const look = () => {
      const row = document.querySelector('[role=row][aria-label^="IMG_"]')
      if (row === null) requestAnimationFrame(look)
      else resolve(performance.now())
    }
    look()
  })`)
}

/** Ms between pictures while `step` is done before each. */
function framesDuring(page: Page, step: string): Promise<number[]> {
  return page.evaluate<number[]>(`new Promise((resolve) => {
    const took = []
    let last = performance.now()
    const end = last + ${scrolling}
    let frame = 0
    const next = (now) => {
      took.push(now - last)
      last = now
      if (now > end) return resolve(took.slice(1))
      ${step}
      frame += 1
      requestAnimationFrame(next)
    }
    requestAnimationFrame(next)
  })`)
}

/** Ms from the key to the picture after it, as the browser measures it (Event Timing). */
async function selectAll(page: Page): Promise<number[]> {
  await page.evaluate(`globalThis.keys = []; new PerformanceObserver((list) => {
    for (const { name, duration } of list.getEntries()) if (name === 'keydown') keys.push(duration)
  }).observe({ type: 'event', durationThreshold: 16 })`)
  await page.getByRole('row').nth(8).focus()
  for (let round = 0; round < rounds; round++) {
    await page.keyboard.press('Control+a')
    await page.getByText(new RegExp(`^${large.assets.toLocaleString('en')} selected`)).waitFor()
    await page.keyboard.press('Escape')
    await page.getByRole('region', { name: 'Selection' }).waitFor({ state: 'hidden' })
  }
  return page.evaluate<number[]>('keys')
}

function say(what: string, took: readonly number[], wanted: string): void {
  const sorted = took.toSorted((a, b) => a - b)
  const at = (part: number) => (sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? NaN).toFixed(0)
  console.log(
    `${what.padEnd(45)} p50 ${at(0.5).padStart(4)} ms  p95 ${at(0.95).padStart(4)} ms  worst ${at(1).padStart(4)} ms of ` +
      `${took.length}; wanted: ${wanted}`,
  )
}

async function ask(message: Ask): Promise<void> {
  const answered = answer()
  server.send(message)
  await answered
}

async function answer<Reply>(): Promise<Reply> {
  const [message] = (await once(server, 'message')) as [Reply & { error?: string }]
  if (message.error !== undefined) throw new Error(message.error)
  return message
}
