// How soon the recipient's page shows its largest part, and how soon it answers, on a slow line.
// node benchmarks/page-load/run.ts [--quick]
import { type Browser, type CDPSession, chromium, type Page } from '@playwright/test'
import { chromiumLaunch } from '@vitrine/e2e/chromium'
import { aCampaign, shareFolder } from '@vitrine/e2e/product'

/** A slow 4G line as Lighthouse has it, in its own words: 9 Mbit/s down, 170 ms there and back. */
const line = { offline: false, latency: 170, downloadThroughput: 9e6 / 8, uploadThroughput: 1.5e6 / 8 }
const rounds = process.argv.includes('--quick') ? 3 : 9
/** Wanted at most, in ms: what web.dev calls good. */
const limits = { lcp: 2500, inp: 200 }

/** For the page: notes what the browser measures itself (Largest Contentful Paint, Event Timing). */
const watch = `
  globalThis.seen = { lcp: 0, inp: 0 }
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) seen.lcp = entry.startTime
  }).observe({ type: 'largest-contentful-paint', buffered: true })
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) if (entry.interactionId) seen.inp = Math.max(seen.inp, entry.duration)
  }).observe({ type: 'event', durationThreshold: 16, buffered: true })`

const browser = await chromium.launch(chromiumLaunch)
try {
  await using product = await shareFolder('Autumn campaign', aCampaign())
  await visit(browser, product.link) // renditions are made at the first look
  const visits: Visit[] = []
  for (let round = 0; round < rounds; round++) visits.push(await visit(browser, product.link))
  report(
    'largest contentful paint',
    limits.lcp,
    visits.map(({ lcp }) => lcp),
  )
  report(
    'interaction to next paint',
    limits.inp,
    visits.map(({ inp }) => inp),
  )
} finally {
  await browser.close()
}

/** What one visit, with nothing in the browser's cache, came to; in ms. */
interface Visit {
  readonly lcp: number
  /** The slowest of the visit's interactions. */
  readonly inp: number
}

async function visit(from: Browser, url: string): Promise<Visit> {
  const context = await from.newContext({ viewport: { width: 1280, height: 800 } })
  try {
    const page = await context.newPage()
    const session: CDPSession = await context.newCDPSession(page)
    await session.send('Network.enable')
    await session.send('Network.emulateNetworkConditions', line)
    await page.addInitScript({ content: watch })
    await page.goto(url)
    await page.getByRole('row').first().waitFor()
    await page.waitForLoadState('networkidle')
    const lcp = await page.evaluate<number>('seen.lcp')
    await interact(page)
    return { lcp, inp: await page.evaluate<number>('seen.inp') }
  } finally {
    await context.close()
  }
}

/** What people do on the page: select, select all, move by keyboard, change the view, sort, open the inbox. */
async function interact(page: Page): Promise<void> {
  const rows = page.getByRole('row')
  await rows.nth(4).click({ modifiers: ['Control'] })
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('Space')
  await page.keyboard.press('Control+a')
  await page.keyboard.press('Escape')
  await page.getByRole('button', { name: 'List View' }).click()
  await page.getByRole('button', { name: 'Size, not sorted' }).click()
  await page.getByRole('button', { name: 'Card View' }).click()
  await page.getByRole('button', { name: /^Download Inbox/ }).click()
  await page.getByRole('button', { name: 'Refresh' }).click()
  await page.evaluate('new Promise((resolve) => requestIdleCallback(() => setTimeout(resolve, 500)))')
}

function report(name: string, limit: number, values: readonly number[]): void {
  const sorted = values.toSorted((a, b) => a - b)
  const [middle, worst] = [sorted[sorted.length >> 1] ?? NaN, sorted.at(-1) ?? NaN]
  console.log(
    `${name.padEnd(28)} median ${middle.toFixed(0)} ms, worst ${worst.toFixed(0)} ms of ${values.length}; ` +
      `limit ${limit} ms: ${(middle / limit).toFixed(2)}`,
  )
}
