import type { Column, Definition, Schema } from './read-schema.ts'

/** The schema as SQL, for people and for `git diff`: the same for the same schema, whichever PostgreSQL made it. */
export function printSchema(schema: Schema): string {
  const tables = Map.groupBy(schema.columns, ({ table }) => table)
  const blocks = [
    '-- The schema after all migrations. Made by `npm run schema`; not read by the program.',
    ...schema.extensions.map((name) => `create extension ${name};`),
    ...schema.functions.map((sql) => `${sql.trim()};`),
    ...[...tables].map(([table, columns]) => printTable(table, columns, schema)),
  ]
  return `${blocks.join('\n\n')}\n`
}

function printTable(table: string, columns: readonly Column[], schema: Schema): string {
  const mine = (definitions: readonly Definition[]) => definitions.filter((definition) => definition.table === table)
  const members = [
    ...columns.map((column) => printColumn(column)),
    ...mine(schema.constraints).map(({ name, sql }) => `constraint ${name} ${sql}`),
  ]
  const lines = [
    `create table ${table} (`,
    members.map((member) => `  ${member}`).join(',\n'),
    ');',
    ...mine(schema.indexes).map(({ sql }) => `${sql};`),
    ...mine(schema.triggers).map(({ sql }) => `${sql};`),
  ]
  return lines.join('\n')
}

function printColumn(column: Column): string {
  const words = [column.name, column.type]
  if (column.notNull) words.push('not null')
  if (column.default !== null) words.push(`default ${column.default}`)
  return words.join(' ')
}

/** What a column holds in TypeScript, as `openDatabase` parses it. */
const types: Readonly<Record<string, string>> = {
  uuid: 'string',
  text: 'string',
  integer: 'number',
  smallint: 'number',
  bigint: 'number',
  'double precision': 'number',
  real: 'number',
  numeric: 'string',
  boolean: 'boolean',
  bytea: 'Buffer',
  jsonb: 'unknown',
  json: 'unknown',
  'timestamp with time zone': 'Date',
}

/** The tables as TypeScript, for the query builder. */
export function printTables(schema: Schema): string {
  const tables = Map.groupBy(schema.columns, ({ table }) => table)
  const blocks = [
    '// Made by `npm run schema` from the migrations: do not edit.',
    `import type { Generated } from 'kysely'`,
    ...[...tables].map(([table, columns]) => printInterface(table, columns)),
    `/** Every table by its name. */\nexport interface Tables {\n${[...tables.keys()].map((table) => `  ${table}: ${interfaceName(table)}`).join('\n')}\n}`,
  ]
  return `${blocks.join('\n\n')}\n`
}

function printInterface(table: string, columns: readonly Column[]): string {
  const members = columns.map((column) => `  ${column.name}: ${typeOf(column)}`)
  return `/** A row of \`${table}\`. */\nexport interface ${interfaceName(table)} {\n${members.join('\n')}\n}`
}

function interfaceName(table: string): string {
  const words = table.split('_').map((word) => word.charAt(0).toUpperCase() + word.slice(1))
  return `${words.join('')}Table`
}

function typeOf(column: Column): string {
  const element = column.type.replace(/\[\]$/, '')
  const single = types[element] ?? 'unknown'
  const whole = element === column.type ? single : `${single}[]`
  const nullable = column.notNull || whole === 'unknown' ? whole : `${whole} | null`
  return column.default === null ? nullable : `Generated<${nullable}>`
}
