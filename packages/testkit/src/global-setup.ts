import type { TestProject } from 'vitest/node'
import { openTestDatabaseServer } from './test-database.ts'

/** For vitest: one PostgreSQL and one migrated template for the whole run. */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const { adminUrl, template, leave } = await openTestDatabaseServer()
  project.provide('testDatabaseServer', { adminUrl, template })
  return leave
}
