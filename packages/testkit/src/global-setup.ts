import type { TestProject } from 'vitest/node'
import { openTestDatabaseServer } from './test-database.ts'

declare module 'vitest' {
  interface ProvidedContext {
    /** Where the tests of this run make their databases. */
    testDatabaseServer: { readonly adminUrl: string; readonly template: string }
  }
}

/** For vitest: one PostgreSQL and one migrated template for the whole run. */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const { adminUrl, template, leave } = await openTestDatabaseServer()
  project.provide('testDatabaseServer', { adminUrl, template })
  return leave
}
