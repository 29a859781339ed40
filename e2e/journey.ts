import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { test as base, expect, type Locator, type Page } from '@playwright/test'
import { aCampaign, shareFolder, type Product } from './product.ts'

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

/** A test with the product running, and a page that may break no rule unnoticed. */
export const test = base.extend<{ clean: undefined }, { product: Product }>({
  product: [
    // oxlint-disable-next-line no-empty-pattern -- Playwright reads the pattern
    async ({}, use) => {
      await using product = await shareFolder('Autumn campaign', aCampaign())
      await use(product)
    },
    { scope: 'worker', timeout: 120_000 },
  ],
  clean: [
    async ({ page, product }, use) => {
      const wrongs = watchRules(page, new URL(product.link).origin)
      await use(undefined)
      expect(wrongs).toEqual([])
    },
    { auto: true },
  ],
})

export { expect }

/** What a page does that none may: an error, a breach of its policy, a request to another origin. Grows. */
export function watchRules(page: Page, origin: string): readonly string[] {
  const wrongs: string[] = []
  page.on('pageerror', (error) => wrongs.push(`error: ${error.message}`))
  page.on('console', (message) => {
    if (/Content Security Policy|Trusted/i.test(message.text())) wrongs.push(message.text())
  })
  page.on('request', (request) => {
    const address = new URL(request.url())
    if (address.protocol.startsWith('http') && address.origin !== origin) wrongs.push(`foreign: ${address.href}`)
  })
  return wrongs
}

/** The cell of an item in the grid. */
export function item(page: Page, name: string): Locator {
  return page.getByRole('row', { name: new RegExp(`^${name}`) })
}

/** Opens the link and waits for its items. */
export async function openLink(page: Page, product: Product, more = ''): Promise<void> {
  await page.goto(product.link + more)
  await expect(item(page, 'Print')).toBeVisible()
}

/** By how much the page is wider than the screen, in pixels. */
export function overflow(page: Page): Promise<number> {
  // The gutter that is kept for a scroll bar counts as width, also where the page is too short to have one.
  return page.evaluate(() => Math.max(0, document.documentElement.scrollWidth - document.documentElement.clientWidth))
}

interface Violation {
  readonly id: string
  readonly nodes: readonly { readonly html: string; readonly failureSummary: string }[]
}

/** Fails when axe-core finds anything wrong with what is on the screen. */
export async function expectAccessible(page: Page): Promise<void> {
  // What is still moving in has no contrast yet.
  await page.evaluate(async () => {
    await Promise.allSettled(
      document
        .getAnimations()
        .filter(isFinite)
        .map(({ finished }) => finished),
    )
    function isFinite(animation: Animation) {
      return animation.effect?.getComputedTiming().endTime !== Infinity
    }
  })
  // Evaluated, not added as a script: the page's policy forbids those, and must.
  await page.evaluate(axe)
  const violations = await page.evaluate<Violation[]>('axe.run(document).then(({ violations }) => violations)')
  const told = violations.map(
    ({ id, nodes }) => `${id}: ${nodes.map(({ html, failureSummary }) => `${html} ${failureSummary}`).join('\n')}`,
  )
  expect(told).toEqual([])
}
