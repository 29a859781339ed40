import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    projects: [
      {
        extends: true,
        test: {
          name: 'node',
          include: ['{packages/*,tools,benchmarks}/**/*.test.{ts,tsx}'],
        },
      },
      {
        extends: true,
        test: {
          name: 'soak',
          // What a campaign is, and how long, is said by `soak` of the testkit.
          include: ['{packages/*,tools,benchmarks}/**/*.campaign.test.{ts,tsx}'],
          testTimeout: 30 * 60_000,
        },
      },
    ],
    environment: 'node',
    globalSetup: ['packages/testkit/src/global-setup.ts'],
    // Its modules import .css, which Node cannot.
    server: { deps: { inline: [/@react-spectrum\/s2/] } },
    pool: 'forks',
    // Two cores, and PostgreSQL wants some of them too.
    maxWorkers: 2,
    testTimeout: 60_000,
    hookTimeout: 120_000,
    reporters: ['default'],
  },
})
