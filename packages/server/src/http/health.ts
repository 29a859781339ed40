import { access, constants } from 'node:fs/promises'
import type { FastifyInstance } from 'fastify'
import { pendingMigrations } from '../db/migrate.ts'
import type { Parts } from '../parts.ts'

/** How long a check may take, in ms. */
const patience = 5000

type ReadyParts = Pick<Parts, 'db' | 'config' | 'stopping'>

/** `/healthz`: the process lives. `/readyz`: it can do its work, or what it lacks. */
export function healthRoutes(app: FastifyInstance, parts: ReadyParts): void {
  app.get('/healthz', { logLevel: 'warn' }, (_request, reply) =>
    reply.header('cache-control', 'no-store').send({ status: 'ok' }),
  )
  app.get('/readyz', { logLevel: 'warn' }, async (_request, reply) => {
    const checks = await runChecks(parts)
    const ready = Object.values(checks).every((outcome) => outcome === 'ok')
    const body = { status: ready ? 'ok' : 'not ready', checks }
    return reply
      .code(ready ? 200 : 503)
      .header('cache-control', 'no-store')
      .send(body)
  })
}

/** Names of the checks and `ok` or what is wrong: in general words, because anybody may ask. */
async function runChecks(parts: ReadyParts): Promise<Record<string, string>> {
  const [database, folder] = await Promise.all([
    within(patience, pendingMigrations(parts.db)).then(
      (pending) => (pending > 0 ? 'migrations are missing' : 'ok'),
      () => 'does not answer',
    ),
    within(patience, access(parts.config.dataFolder, constants.W_OK)).then(
      () => 'ok',
      () => 'cannot be written to',
    ),
  ])
  return { database, dataFolder: folder, process: parts.stopping.aborted ? 'is stopping' : 'ok' }
}

async function within<Result>(ms: number, work: Promise<Result>): Promise<Result> {
  const { promise: late, reject } = Promise.withResolvers<never>()
  const timer = setTimeout(() => reject(new Error('too slow')), ms)
  try {
    return await Promise.race([work, late])
  } finally {
    clearTimeout(timer)
  }
}
