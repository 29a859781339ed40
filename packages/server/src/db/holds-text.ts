import { type RawBuilder, sql } from 'kysely'

/** In SQL: whether a column holds this text, whatever its case. */
export function holdsText(column: RawBuilder<unknown>, text: string): RawBuilder<boolean> {
  return sql`${column} ilike ${`%${text.replaceAll(/[\\%_]/g, String.raw`\$&`)}%`}`
}
