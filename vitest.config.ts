import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    projects: [
      {
        extends: true,
        test: {
          name: 'node',
          include: ['packages/*/src/**/*.test.ts', 'tools/**/*.test.ts', 'benchmarks/**/*.test.ts'],
        },
      },
    ],
    environment: 'node',
    globalSetup: ['packages/testkit/src/global-setup.ts'],
    pool: 'forks',
    // Two cores, and PostgreSQL wants some of them too.
    maxWorkers: 2,
    testTimeout: 30_000,
    hookTimeout: 60_000,
    reporters: ['default'],
  },
})
