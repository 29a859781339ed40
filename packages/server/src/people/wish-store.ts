import { languages, themes } from '@vitrine/api'
import type { PrincipalId } from '@vitrine/domain'
import type { Database, Transaction } from '../db/open.ts'

/** How somebody wants pages to be. */
export interface Wishes {
  /** Null: as the browser asks for. */
  readonly language: (typeof languages)[number] | null
  readonly theme: (typeof themes)[number]
}

/** The wishes of a user. A language that pages no longer speak is none. */
export async function readWishes(db: Database | Transaction, id: PrincipalId): Promise<Wishes> {
  const row = await db
    .selectFrom('principals')
    .select(['language', 'theme'])
    .where('id', '=', id)
    .executeTakeFirstOrThrow()
  return {
    language: languages.find((known) => known === row.language) ?? null,
    theme: themes.find((known) => known === row.theme) ?? 'system',
  }
}

/** Keeps the wishes that are given. */
export async function updateWishes(tx: Transaction, id: PrincipalId, wishes: Partial<Wishes>): Promise<void> {
  if (Object.keys(wishes).length > 0) await tx.updateTable('principals').set(wishes).where('id', '=', id).execute()
}
