import { execFileSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TestInfo } from '@playwright/test'
import { launch, type Browser, type Page } from 'puppeteer-core'
import { expect, password, test as base, type House } from './house.ts'

/** Where distributions put Firefox, as it is: Playwright drives only a changed one. */
const firefox = [process.env['VITRINE_FIREFOX'] ?? '', '/usr/bin/firefox-esr', '/usr/bin/firefox'].find(
  (path) => path !== '' && existsSync(path),
)

interface Engine {
  readonly browser: Browser
  /** Where it puts what is downloaded. */
  readonly arrivals: string
}

/** A test with a second engine beside the one of all other journeys, driven by WebDriver BiDi. */
const test = base.extend<{ engine: Engine }>({
  // oxlint-disable-next-line no-empty-pattern -- Playwright reads the pattern
  engine: async ({}, use, test) => {
    const arrivals = await mkdtemp(join(tmpdir(), 'vitrine-firefox-'))
    const browser = await launch({
      browser: 'firefox',
      executablePath: firefox ?? '',
      headless: true,
      defaultViewport: { width: 1280, height: 800 },
      extraPrefsFirefox: {
        'browser.download.dir': arrivals,
        'browser.download.folderList': 2,
        'dom.events.testing.asyncClipboard': true,
        'intl.accept_languages': 'en-US',
      },
    })
    try {
      await use({ browser, arrivals })
      if (test.status !== test.expectedStatus) await showPages(browser, test)
    } finally {
      await browser.close()
      await rm(arrivals, { recursive: true, force: true })
    }
  },
})

test.skip(firefox === undefined, 'there is no Firefox')

test('somebody shares a folder, and a stranger downloads it, in Firefox', async ({ engine, house }) => {
  const member = await engine.browser.newPage()
  const wrongs = errorsOf(member)
  await signIn(member, house)
  await member.locator('[role=row][aria-label^="Autumn campaign,"]').click({ count: 2 })
  await member.locator(byRole('button', 'Share Link')).click()
  await member.locator(byRole('button', 'Copy')).click()
  await member.locator('::-p-text(Copied. The link works now.)').wait()
  const url = await member
    .locator('[role=dialog] input[readonly]')
    .map((field) => field.value)
    .wait()

  const stranger = await (await engine.browser.createBrowserContext()).newPage()
  const strangersWrongs = errorsOf(stranger)
  await stranger.goto(url)
  await stranger.locator('[role=row][aria-label^="Motif 01.png"]').wait()
  await stranger.locator(byRole('checkbox', 'Select all')).click()
  await stranger.locator('::-p-text(27 selected)').wait()
  await stranger.locator(`[aria-label="Selection"] ${byRole('button', 'Queue Download')}`).click()
  await stranger.locator('::-p-text(Ready.)').wait()
  await stranger.locator(byRole('button', 'Download Inbox, 1 ready')).click()
  await stranger.locator('::-p-xpath(//a[starts-with(normalize-space(.), "Download ")])').click()
  const archive = await arrived(engine.arrivals)
  expect(execFileSync('unzip', ['-tq', archive], { encoding: 'utf8' })).toContain('No errors detected')
  expect([...wrongs, ...strangersWrongs]).toEqual([])
})

/** Puts pictures of all pages where a failed test's other pictures are. */
async function showPages(browser: Browser, test: TestInfo): Promise<void> {
  for (const [at, page] of (await browser.pages()).entries()) {
    await page.screenshot({ path: test.outputPath(`page-${at}.png`) })
  }
}

/** What has this role and this name, exactly. */
function byRole(role: string, name: string): string {
  return `::-p-aria([role="${role}"][name="${name}"])`
}

async function signIn(page: Page, house: House): Promise<void> {
  await page.goto(`${house.url}/files`)
  await page.locator('input[autocomplete=username]').fill('admin')
  await page.locator('input[type=password]').fill(password)
  await page.locator(byRole('button', 'Sign in')).click()
}

/** Errors of a page, as they come. Grows. */
function errorsOf(page: Page): readonly string[] {
  const errors: string[] = []
  page.on('pageerror', (error) => errors.push(String(error)))
  return errors
}

/** Waits for the one whole file in a folder of downloads. @returns its path */
async function arrived(folder: string): Promise<string> {
  const whole = async () => (await readdir(folder)).filter((name) => !name.endsWith('.part'))
  await expect.poll(async () => [(await whole()).length, (await readdir(folder)).length]).toEqual([1, 1])
  return join(folder, (await whole())[0] ?? '')
}
