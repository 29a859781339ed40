import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startEmbedded } from '@vitrine/server/db/embedded/supervise'
import { migrate } from '@vitrine/server/db/migrate'
import { openDatabase } from '@vitrine/server/db/open'
import { printSchema, printTables } from '@vitrine/server/db/print-schema'
import { readSchema } from '@vitrine/server/db/read-schema'

const db = join(import.meta.dirname, '../packages/server/src/db')
const dumps = { schema: join(db, 'schema.sql'), tables: join(db, 'tables.ts') }

/** Migrates an empty database and prints what came of it. */
async function dump(): Promise<Record<keyof typeof dumps, string>> {
  const folder = mkdtempSync(join(tmpdir(), 'vitrine-schema-'))
  const embedded = await startEmbedded({
    cluster: join(folder, 'pg'),
    pgBin: process.env['VITRINE_PG_BIN'],
    settings: { fsync: 'off' },
  })
  const { pool, close } = openDatabase({ url: embedded.urlOf('postgres') })
  try {
    await migrate(pool)
    const schema = await readSchema(pool)
    return { schema: printSchema(schema), tables: formatted(printTables(schema)) }
  } finally {
    await close()
    await embedded.stop()
    rmSync(folder, { recursive: true, force: true })
  }
}

function formatted(source: string): string {
  const { stdout, status } = spawnSync('oxfmt', ['--stdin-filepath', dumps.tables], { input: source, encoding: 'utf8' })
  return status === 0 ? stdout : source
}

const made = await dump()
for (const name of ['schema', 'tables'] as const) {
  const path = dumps[name]
  if (!process.argv.includes('--check')) writeFileSync(path, made[name])
  else if (readFileSync(path, 'utf8') !== made[name]) {
    console.error(`${path} is not what the migrations make: run npm run schema`)
    process.exitCode = 1
  }
}
