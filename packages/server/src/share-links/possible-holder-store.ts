import type { PrincipalId } from '@vitrine/domain'
import { sql } from 'kysely'
import { holdsText } from '../db/holds-text.ts'
import type { Database } from '../db/open.ts'
import type { NamedPerson } from './share-link-store.ts'

/** Which people to look at. */
export interface CandidateFilter {
  /** In their name or display name, whatever its case; empty: all. */
  readonly name: string
  /** Not this one. */
  readonly except: PrincipalId
  /** Only those after this name. */
  readonly after: string | undefined
  readonly limit: number
}

/** Users who can sign in, by name. */
export async function selectCandidates(db: Database, filter: CandidateFilter): Promise<NamedPerson[]> {
  const { name, except, after, limit } = filter
  const holdsName = (column: string) => holdsText(sql.ref(column), name.normalize('NFC'))
  const { rows } = await sql<NamedPerson>`
    select id, name, display_name as "displayName" from principals
    where kind = 'user' and disabled_at is null and id <> ${except}
      and (${holdsName('name')} or ${holdsName('display_name')})
      and ${after === undefined ? sql`true` : sql`name collate "C" > ${after}`}
    order by name collate "C" limit ${limit}`.execute(db)
  return rows
}
