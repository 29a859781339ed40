import { ById, ImportBody, StartImport } from '@vitrine/api'
import { isAdministrator, type NodeId, VitrineError } from '@vitrine/domain'
import type { FastifyInstance } from 'fastify'
import type { ZodTypeProvider } from 'fastify-type-provider-zod'
import { signedInOf } from '../http/authenticate.ts'
import type { Parts } from '../parts.ts'
import type { SignedIn } from '../people/signed-in.ts'
import { ImportRunner } from './import-runner.ts'
import { cancelImport } from './cancel-import.ts'
import { importById, type StoredImport } from './import-store.ts'
import type { ImportParts } from './run-import.ts'
import { startImport } from './start-import.ts'

const tags = ['imports']

/** `/api/v1/imports`, for people who are signed in; to start one, for who owns this disk. */
export function importRoutes(scope: FastifyInstance, parts: ImportParts & Pick<Parts, 'stopping'>): void {
  const app = scope.withTypeProvider<ZodTypeProvider>()
  const runner = new ImportRunner(parts)
  app.addHook('onReady', () => runner.resume())
  app.addHook('onClose', () => runner.stop())
  parts.stopping.addEventListener('abort', () => void runner.stop())

  app.post(
    '/api/v1/imports',
    { schema: { tags, body: StartImport, response: { 202: ImportBody } } },
    async (request, reply) => {
      const signedIn = signedInOf(request)
      requireOwner(signedIn)
      const { directory, folder, newFolderName = '' } = request.body
      const into = folder === undefined ? { name: newFolderName } : { folder: folder as NodeId }
      const id = await startImport(parts, signedIn.subject, { directory, into })
      runner.start(id)
      const begun = await visibleImport(parts, signedIn, id)
      return reply.code(202).header('location', `/api/v1/imports/${id}`).send(present(begun))
    },
  )

  app.get('/api/v1/imports/:id', { schema: { tags, params: ById, response: { 200: ImportBody } } }, async (request) =>
    present(await visibleImport(parts, signedInOf(request), request.params.id)),
  )

  app.post(
    '/api/v1/imports/:id/cancel',
    { schema: { tags, params: ById, response: { 200: ImportBody } } },
    async (request) => {
      const { id, startedBy } = await visibleImport(parts, signedInOf(request), request.params.id)
      if (await cancelImport(parts, { id, startedBy })) await runner.cancel(id)
      return present(await visibleImport(parts, signedInOf(request), id))
    },
  )
}

/** Whoever holds the local token may read the server's disk anyway: nobody else is to make the server read it. */
function requireOwner({ by, userId }: SignedIn): void {
  if (by === 'local-token') return
  throw new VitrineError('access/denied', 'Only commands on the machine of the server can import from its disk.', {
    userId,
  })
}

async function visibleImport(
  { db }: Pick<Parts, 'db'>,
  { userId, subject }: SignedIn,
  id: string,
): Promise<StoredImport> {
  const found = await importById(db, id)
  if (found && (found.startedBy === userId || isAdministrator(subject))) return found
  throw new VitrineError('request/not-found', 'There is no such import.')
}

function present(one: StoredImport): ImportBody {
  const { id, folder, state, progress, report, failure, startedAt, endedAt } = one
  return {
    id,
    folder,
    state,
    progress,
    startedAt: new Date(startedAt).toISOString(),
    endedAt: endedAt === null ? null : new Date(endedAt).toISOString(),
    imported: report && {
      files: report.files,
      bytes: report.bytes,
      new: report.new,
      newVersions: report.newVersions,
      unchanged: report.unchanged,
      renamed: report.renamed,
      skipped: report.skipped,
    },
    unreadable: report?.unreadable ?? 0,
    failure,
  }
}
