import type { PrincipalId } from '@vitrine/domain'
import type { Database } from '../db/open.ts'
import { runningImportsBy, type StoredImport } from './import-store.ts'

/** An import that has not ended. */
export type RunningImport = Pick<StoredImport, 'id' | 'progress' | 'startedAt'>

/** The imports that somebody began and that have not ended, the newest first. */
export function runningImportsOf(db: Database, person: PrincipalId): Promise<RunningImport[]> {
  return runningImportsBy(db, person)
}
