import { openDatabase, type OpenDatabase } from '@vitrine/server/db/open'
import { inject } from 'vitest'
import { makeTestDatabase } from './test-database.ts'

/** A database with all tables and nothing in it. Ends with `await using`. */
export interface DatabaseForTest extends OpenDatabase, AsyncDisposable {
  /** `postgresql://…` */
  readonly url: string
}

/** Makes a database for a test that needs no server. */
export async function aDatabase(): Promise<DatabaseForTest> {
  const { url, drop } = await makeTestDatabase(inject('testDatabaseServer'))
  const opened = openDatabase({ url })
  return {
    ...opened,
    url,
    async [Symbol.asyncDispose]() {
      await opened.close()
      await drop()
    },
  }
}
