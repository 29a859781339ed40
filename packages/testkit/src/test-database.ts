import { createHash, randomBytes } from 'node:crypto'
import { existsSync, mkdirSync } from 'node:fs'
import { tmpdir, userInfo } from 'node:os'
import { join } from 'node:path'
import { startEmbedded } from '@vitrine/server/db/embedded/supervise'
import { waitForLock } from '@vitrine/server/db/file-lock'
import { Notifications } from '@vitrine/server/db/listen'
import { migrate, schemaDigest } from '@vitrine/server/db/migrate'
import { openDatabase, type OpenDatabase } from '@vitrine/server/db/open'
import { BossQueue } from '@vitrine/server/jobs/boss-queue'
import { createLog } from '@vitrine/server/log/create-log'

/** Where tests make their databases. */
export interface TestDatabaseServer {
  /** `postgresql://…` of a database from which others can be made. */
  readonly adminUrl: string
  /** Name of a migrated database that is copied for each test. */
  readonly template: string
  /** Ends what was started, unless other test runs still use it. */
  readonly leave: () => Promise<void>
}

/**
 * The PostgreSQL of a test run: `DATABASE_URL` when that is set, else one of our own that all test runs of
 * this work tree share while they run.
 */
export async function openTestDatabaseServer(
  given: string | undefined = process.env['DATABASE_URL'],
): Promise<TestDatabaseServer> {
  if (given) return { adminUrl: given, template: await ensureTemplate(given), leave: async () => {} }
  return shareEmbedded()
}

/** Tests lose nothing when the machine stops, so nothing has to reach the disk. */
const fast = { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off', max_connections: 300 }

async function shareEmbedded(): Promise<TestDatabaseServer> {
  const folder = sharedFolder()
  // Each run holds a shared lock: the last one to leave ends PostgreSQL. A killed run leaves it to the next.
  const users = await waitForLock(join(folder, 'users.lock'), 60_000, 'shared')
  const pgBin = process.env['VITRINE_PG_BIN']
  const embedded = await startEmbedded({ cluster: join(folder, 'pg'), pgBin, settings: fast })
  const adminUrl = embedded.urlOf('postgres')
  const leave = async () => {
    if (users.becomeOnlyHolder()) {
      await dropLeftovers(adminUrl)
      await embedded.stop()
    } else embedded.leave()
    users.release()
  }
  try {
    return { adminUrl, template: await ensureTemplate(adminUrl), leave }
  } catch (error) {
    await leave()
    throw error
  }
}

/** One for each user and work tree, so that two of them do not meet. Traversable, because PostgreSQL may run as another user. */
function sharedFolder(): string {
  const digest = createHash('sha256')
    .update(`${import.meta.dirname} ${process.env['VITRINE_PG_BIN'] ?? ''}`)
    .digest('hex')
    .slice(0, 8)
  const folder = join(tmpdir(), `vitrine-test-${userInfo().username}-${digest}`)
  if (!existsSync(folder)) mkdirSync(folder, { recursive: true, mode: 0o711 })
  return folder
}

const prefix = 'vitrine_test_'

const templateName = () => `${prefix}template_${schemaDigest()}`

/** Makes the template of the present migrations unless it is there. Its name holds their digest. */
async function ensureTemplate(adminUrl: string): Promise<string> {
  const template = templateName()
  await withConnection(adminUrl, async (query) => {
    await query('select pg_advisory_lock(7301002)')
    const { rowCount } = await query('select from pg_database where datname = $1', [template])
    if (rowCount) return
    // Under another name until it is whole.
    const draft = `${prefix}draft_${randomBytes(6).toString('hex')}`
    await query(`create database ${draft}`)
    await fillTemplate(withDatabase(adminUrl, draft))
    await query(`alter database ${draft} rename to ${template}`)
  })
  return template
}

/** All that a server does to an empty database before it is used: our schema, and the one of the job queue. */
async function fillTemplate(url: string): Promise<void> {
  const { pool, close } = openDatabase({ url })
  const notifications = await Notifications.open(url)
  try {
    await migrate(pool)
    const queue = await BossQueue.open({ pool, notifications, log: createLog({ logLevel: 'silent' }) })
    await queue.stop(0)
  } finally {
    await notifications.close()
    await close()
  }
}

/** Removes databases that killed runs left behind, and templates of other migrations. */
async function dropLeftovers(adminUrl: string): Promise<void> {
  await withConnection(adminUrl, async (query) => {
    const { rows } = await query<{ datname: string }>(
      'select datname from pg_database where starts_with(datname, $1) and datname <> $2',
      [prefix, templateName()],
    )
    for (const { datname } of rows) await query(`drop database if exists ${datname} with (force)`)
  })
}

/** A database of its own for one test, as after all migrations. */
export interface TestDatabase {
  /** `postgresql://…` */
  readonly url: string
  readonly drop: () => Promise<void>
}

/** Copies the template. Takes some 50 ms. */
export async function makeTestDatabase({
  adminUrl,
  template,
}: Pick<TestDatabaseServer, 'adminUrl' | 'template'>): Promise<TestDatabase> {
  const name = `${prefix}${randomBytes(8).toString('hex')}`
  await withConnection(adminUrl, (query) => query(`create database ${name} template ${template}`))
  return {
    url: withDatabase(adminUrl, name),
    drop: async () => {
      await withConnection(adminUrl, (query) => query(`drop database if exists ${name} with (force)`))
    },
  }
}

function withDatabase(url: string, database: string): string {
  const changed = new URL(url)
  changed.pathname = `/${database}`
  return changed.href
}

type Query = OpenDatabase['pool']['query']

/** Runs statements on one connection. */
async function withConnection(url: string, work: (query: Query) => Promise<unknown>): Promise<void> {
  const { pool, close } = openDatabase({ url, connections: 1 })
  try {
    await work(pool.query.bind(pool))
  } finally {
    await close()
  }
}
