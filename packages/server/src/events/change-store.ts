import { sql } from 'kysely'
import type { Transaction } from '../db/open.ts'

/** The channel on which changes are told. */
export const changeChannel = 'vitrine_changes'

/** Tells every process, once the transaction is committed. */
export async function notifyChanges(tx: Transaction, payloads: readonly string[]): Promise<void> {
  await sql`select pg_notify(${changeChannel}, payload) from unnest(${payloads}::text[]) as payload`.execute(tx)
}
