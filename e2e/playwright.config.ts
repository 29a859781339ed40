import { readdirSync } from 'node:fs'
import { defineConfig } from '@playwright/test'
import { chromiumLaunch } from './chromium.ts'

const files = readdirSync(import.meta.dirname).filter((name) => name.endsWith('.spec.ts'))

/** The journeys: one browser, one built product at a time. */
export default defineConfig({
  testDir: import.meta.dirname,
  // A project for each file, because a worker serves one project alone: none meets what another has left in the product.
  projects: files.map((name) => ({ name: name.replace('.spec.ts', ''), testMatch: name })),
  outputDir: '../test-results',
  workers: 1,
  timeout: 180_000,
  expect: { timeout: 30_000 },
  use: {
    viewport: { width: 1280, height: 800 },
    locale: 'en-US',
    timezoneId: 'Europe/Berlin',
    screenshot: 'only-on-failure',
    launchOptions: chromiumLaunch,
  },
})
