import type { Pool } from 'pg'

/** A column, as the catalogs of PostgreSQL have it. */
export interface Column {
  readonly table: string
  readonly name: string
  /** `bigint`, `text[]`, `timestamp with time zone`. */
  readonly type: string
  readonly notNull: boolean
  /** Expression of its default. */
  readonly default: string | null
}

/** A statement that belongs to a table: a constraint, an index, a trigger. */
export interface Definition {
  readonly table: string
  readonly name: string
  readonly sql: string
}

/** What is in the schema `public`, in a fixed order. */
export interface Schema {
  readonly extensions: readonly string[]
  readonly columns: readonly Column[]
  readonly constraints: readonly Definition[]
  readonly indexes: readonly Definition[]
  readonly triggers: readonly Definition[]
  /** Functions, as `create or replace function …`. */
  readonly functions: readonly string[]
}

/** Reads the schema from the catalogs. There is no `pg_dump` among the bundled programs. */
export async function readSchema(pool: Pool): Promise<Schema> {
  const rows = async <Row>(sql: string) => (await pool.query(sql)).rows as Row[]
  const extensions = await rows<{ name: string }>(
    `select extname as name from pg_extension where extname <> 'plpgsql' order by extname collate "C"`,
  )
  const functions = await rows<{ sql: string }>(
    `select pg_get_functiondef(p.oid) as sql from pg_proc p
      where p.pronamespace = 'public'::regnamespace and p.prokind in ('f', 'p')
        and not exists (select from pg_depend d where d.objid = p.oid and d.deptype = 'e')
      order by p.proname collate "C", p.oid`,
  )
  return {
    extensions: extensions.map(({ name }) => name),
    columns: await rows<Column>(columnsSql),
    constraints: await rows<Definition>(constraintsSql),
    indexes: await rows<Definition>(indexesSql),
    triggers: await rows<Definition>(triggersSql),
    functions: functions.map(({ sql }) => sql),
  }
}

const columnsSql = `
  select c.relname as table, a.attname as name, format_type(a.atttypid, a.atttypmod) as type,
         a.attnotnull as "notNull", pg_get_expr(d.adbin, d.adrelid) as default
    from pg_class c
    join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
    left join pg_attrdef d on d.adrelid = c.oid and d.adnum = a.attnum
   where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p')
   order by c.relname collate "C", a.attnum`

// contype n: PostgreSQL 18 lists "not null" as a constraint too, older ones only at the column.
const constraintsSql = `
  select c.conrelid::regclass::text as table, c.conname as name, pg_get_constraintdef(c.oid) as sql
    from pg_constraint c
   where c.connamespace = 'public'::regnamespace and c.conrelid <> 0 and c.contype in ('p', 'u', 'c', 'f', 'x')
   order by c.conrelid::regclass::text collate "C", strpos('pucxf', c.contype::text), c.conname collate "C"`

const indexesSql = `
  select i.indrelid::regclass::text as table, c.relname as name, pg_get_indexdef(i.indexrelid) as sql
    from pg_index i
    join pg_class c on c.oid = i.indexrelid
   where c.relnamespace = 'public'::regnamespace
     and not exists (select from pg_constraint k where k.conindid = i.indexrelid and k.contype in ('p', 'u', 'x'))
   order by i.indrelid::regclass::text collate "C", c.relname collate "C"`

const triggersSql = `
  select t.tgrelid::regclass::text as table, t.tgname as name, pg_get_triggerdef(t.oid) as sql
    from pg_trigger t
    join pg_class c on c.oid = t.tgrelid
   where c.relnamespace = 'public'::regnamespace and not t.tgisinternal
   order by t.tgrelid::regclass::text collate "C", t.tgname collate "C"`
