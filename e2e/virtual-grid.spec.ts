import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { createServer } from 'node:http'
import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { extname, join } from 'node:path'
import { expect, test as base, type Page } from '@playwright/test'
import react from '@vitejs/plugin-react'
import fc from 'fast-check'
import { build } from 'vite'
import { applyToModel, emptyModel, type Deed, type Model } from './grid-model.ts'
import { expectAccessible } from './journey.ts'

/** The grid alone, without a product around it. */
const test = base.extend<object, { address: string }>({
  address: [
    // oxlint-disable-next-line no-empty-pattern -- Playwright reads the pattern
    async ({}, use) => {
      const built = await mkdtemp(join(tmpdir(), 'vitrine-grid-'))
      await build({
        root: join(import.meta.dirname, '../packages/ui/src/grid-page'),
        logLevel: 'error',
        plugins: [react()],
        build: { outDir: built, emptyOutDir: true },
      })
      const server = createServer((request, response) => {
        const path = new URL(request.url ?? '/', 'http://grid').pathname
        const types: Record<string, string> = { '.js': 'text/javascript', '.css': 'text/css' }
        readFile(join(built, path === '/' ? 'index.html' : path)).then(
          (bytes) => response.setHeader('content-type', types[extname(path)] ?? 'text/html').end(bytes),
          () => response.writeHead(404).end(),
        )
      }).listen(0, '127.0.0.1')
      await once(server, 'listening')
      await use(`http://127.0.0.1:${(server.address() as AddressInfo).port}`)
      server.close()
      await rm(built, { recursive: true, force: true })
    },
    { scope: 'worker' },
  ],
})

const cell = (page: Page, index: number) => page.getByRole('row', { name: `Member ${index}`, exact: true })
const selected = (page: Page) => page.getByRole('status', { name: 'Selected' })
const activated = (page: Page) => page.getByRole('status', { name: 'Activated' })

test('one cell can be reached by Tab, and the arrow keys lead from it in two dimensions', async ({ page, address }) => {
  await page.goto(`${address}/?count=99&kind=cards`)
  await expect(cell(page, 0)).toBeVisible()
  await page.keyboard.press('Tab')
  for (const [key, index] of [
    ['ArrowRight', 1],
    ['ArrowDown', 5],
    ['ArrowDown', 9],
    ['ArrowLeft', 8],
    ['ArrowUp', 4],
    ['End', 98],
    ['ArrowDown', 98],
    ['ArrowUp', 94],
    ['PageUp', 70],
    ['Home', 0],
    ['ArrowLeft', 0],
    ['PageDown', 24],
  ] as const) {
    await page.keyboard.press(key)
    await expect(cell(page, index)).toBeFocused()
  }
  await expect(page.locator('[role=row][tabindex="0"]')).toHaveCount(1)
  await expectAccessible(page)
  await page.keyboard.press('Tab')
  await expect(page.getByRole('button', { name: 'After the grid' })).toBeFocused()
  await page.keyboard.press('Shift+Tab')
  await expect(cell(page, 24)).toBeFocused()
})

test('Enter, a click and a double click activate', async ({ page, address }) => {
  await page.goto(`${address}/?count=10`)
  await cell(page, 3).click()
  await expect(activated(page)).toHaveText('3 by click')
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('Enter')
  await expect(activated(page)).toHaveText('4 by key')
  await cell(page, 6).dblclick()
  await expect(activated(page)).toHaveText('6 by double-click')
  await expect(selected(page)).toHaveText('0')
})

test('of 100,000 members few are drawn, all are selected at once, and the focus is never lost', async ({
  page,
  address,
}) => {
  await page.goto(`${address}/?count=100000&kind=cards`)
  await expect(cell(page, 0)).toBeVisible()
  await page.keyboard.press('Tab')
  await page.keyboard.press('End')
  await expect(cell(page, 99_999)).toBeFocused()
  await expect(cell(page, 99_999)).toBeInViewport()
  await page.keyboard.press('Control+a')
  await expect(selected(page)).toHaveText('100000')
  await page.keyboard.press('Space')
  await expect(selected(page)).toHaveText('99999')
  expect(await page.getByRole('row').count()).toBeLessThan(120)
  await page.evaluate(() => scrollTo(0, 0))
  await expect(cell(page, 1)).toHaveAttribute('aria-selected', 'true')
  await expect(cell(page, 99_999)).toBeFocused()
  await page.keyboard.press('ArrowLeft')
  await expect(cell(page, 99_998)).toBeInViewport()
})

test('a range over what was never loaded loads it', async ({ page, address }) => {
  await page.goto(`${address}/?count=1000`)
  await cell(page, 2).click()
  await page.keyboard.press('Shift+End')
  await expect(selected(page)).toHaveText('998')
  await page.keyboard.press('Shift+Home')
  await expect(selected(page)).toHaveText('3')
})

test('where nothing can be selected, nothing says so, and the keys for it do nothing', async ({ page, address }) => {
  await page.goto(`${address}/?count=10&selection=none`)
  await cell(page, 2).click({ modifiers: ['Control'] })
  await expect(activated(page)).toHaveText('2 by click')
  for (const key of ['Space', 'Control+a', 'Shift+End', 'Escape', 'Enter']) await page.keyboard.press(key)
  await expect(activated(page)).toHaveText('9 by key')
  await expect(selected(page)).toHaveText('0')
  await expect(page.locator('[aria-selected],[aria-multiselectable]')).toHaveCount(0)
  await expectAccessible(page)
})

test('whatever keys and clicks come, what is selected and what has the focus is as a simple model says', async ({
  page,
  address,
}) => {
  const count = 24
  const index = fc.nat({ max: count - 1 })
  const key = fc.constantFrom('ArrowDown', 'ArrowUp', 'Home', 'End')
  const deed: fc.Arbitrary<Deed> = fc.oneof(
    fc.record({ kind: fc.constant('move' as const), key }),
    fc.record({ kind: fc.constant('extend' as const), key }),
    fc.record({ kind: fc.constantFrom('click' as const, 'toggle-click' as const, 'range-click' as const), index }),
    fc.record({ kind: fc.constantFrom('toggle' as const, 'all' as const, 'clear' as const) }),
  )
  await fc.assert(
    fc.asyncProperty(fc.array(deed, { minLength: 1, maxLength: 12 }), async (deeds) => {
      await page.goto(`${address}/?count=${count}`)
      await cell(page, 0).focus()
      let model: Model = emptyModel
      for (const one of deeds) {
        await doOnPage(page, one)
        model = applyToModel(model, one, count)
        await expect(cell(page, model.current)).toBeFocused()
        await expect(selected(page)).toHaveText(String(model.selected.size))
      }
      const marked = await page
        .locator('[role=row][aria-selected=true]')
        .evaluateAll((found) => found.map((row) => Number(row.getAttribute('data-index'))))
      expect(marked.toSorted((a, b) => a - b)).toEqual([...model.selected].toSorted((a, b) => a - b))
    }),
    { numRuns: 25 },
  )
})

test('the focus is never lost to keys that come between drawing and what follows it', async ({ page, address }) => {
  await page.goto(`${address}/?count=200`)
  await cell(page, 0).focus()
  const session = await page.context().newCDPSession(page)
  // What is drawn in one turn of the event loop leaves no room for a key.
  await session.send('Emulation.setCPUThrottlingRate', { rate: 10 })
  const lostAfter = await page.evaluate(async () => {
    const grid = document.querySelector('[role=grid]')
    const turn = () =>
      new Promise<void>((resolve) => {
        const { port1, port2 } = new MessageChannel()
        port1.addEventListener('message', () => resolve())
        port1.start()
        port2.postMessage('')
      })
    for (let pressed = 0; pressed < 60; pressed++) {
      const key = pressed % 2 === 0 ? 'End' : 'Home'
      const target = document.activeElement
      if (target === null || !grid?.contains(target)) return pressed
      target.dispatchEvent(new KeyboardEvent('keydown', { key, shiftKey: true, bubbles: true, cancelable: true }))
      for (let turns = 0; turns < pressed % 7; turns++) await turn()
    }
    return undefined
  })
  expect(lostAfter).toBeUndefined()
})

async function doOnPage(page: Page, deed: Deed): Promise<void> {
  switch (deed.kind) {
    case 'move':
      return page.keyboard.press(deed.key)
    case 'extend':
      return page.keyboard.press(`Shift+${deed.key}`)
    case 'click':
      return cell(page, deed.index).click()
    case 'toggle-click':
      return cell(page, deed.index).click({ modifiers: ['Control'] })
    case 'range-click':
      return cell(page, deed.index).click({ modifiers: ['Shift'] })
    case 'toggle':
      return page.keyboard.press('Space')
    case 'all':
      return page.keyboard.press('Control+a')
    case 'clear':
      return page.keyboard.press('Escape')
  }
}
