import { ById, ListOperations, mostFailures, Nothing, OperationBody, OperationPage, StartOperation } from '@vitrine/api'
import type { NodeId, OperationId } from '@vitrine/domain'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { ZodTypeProvider } from 'fastify-type-provider-zod'
import { signedInOf } from '../http/authenticate.ts'
import type { Parts } from '../parts.ts'
import { cancelOperation } from './cancel-operation.ts'
import { listOperations, ownOperation } from './list-operations.ts'
import { selectFailures } from './operation-node-store.ts'
import { presentImport, presentOperation } from './present-operation.ts'
import { runBriefly } from './run-operation.ts'
import { type BegunOperation, startOperation } from './start-operation.ts'
import { undoOperation } from './undo-operation.ts'

const tags = ['operations']
const one = '/api/v1/operations/:id'

/** A small operation is done in the answer, if it takes no longer than this, in ms. */
const patience = 2000
/** Failures of each operation in a list. */
const fewFailures = 10

type Needed = Pick<Parts, 'db' | 'clock' | 'newId' | 'queue' | 'log'>

/** `/api/v1/operations`, and emptying the trash. */
export function operationRoutes(scope: FastifyInstance, parts: Needed): void {
  startRoutes(scope, parts)
  const app = scope.withTypeProvider<ZodTypeProvider>()

  app.get(
    '/api/v1/operations',
    { schema: { tags, querystring: ListOperations, response: { 200: OperationPage } } },
    async (request) => {
      const { operations, imports, next } = await listOperations(parts, signedInOf(request).userId, request.query)
      const ids = operations.map(({ id }) => id)
      const failures = await selectFailures(parts.db, ids, fewFailures)
      const items = [
        ...imports.map(presentImport),
        ...operations.map((operation) => presentOperation(operation, failures.get(operation.id) ?? [])),
      ]
      return { items: items.toSorted((a, b) => b.createdAt.localeCompare(a.createdAt)), next }
    },
  )

  app.get(one, { schema: { tags, params: ById, response: { 200: OperationBody } } }, async (request) =>
    presented(parts, request, request.params.id as OperationId),
  )

  app.post(
    `${one}/cancel`,
    { schema: { tags, params: ById, body: Nothing, response: { 200: OperationBody } } },
    async (request) => {
      const id = request.params.id as OperationId
      await cancelOperation(parts, signedInOf(request).userId, id)
      return presented(parts, request, id)
    },
  )
}

function startRoutes(scope: FastifyInstance, parts: Needed): void {
  const app = scope.withTypeProvider<ZodTypeProvider>()
  const schema = { tags, response: { 201: OperationBody } }

  app.post('/api/v1/operations', { schema: { ...schema, body: StartOperation } }, async (request, reply) => {
    const { kind, selection, to, conflict } = request.body
    const wanted = { kind, selection, to: to as NodeId | undefined, conflict }
    return answerBegun(parts, await startOperation(parts, signedInOf(request).subject, wanted), request, reply)
  })

  app.post('/api/v1/trash/empty', { schema: { ...schema, body: Nothing } }, async (request, reply) => {
    const wanted = { kind: 'remove', selection: { trash: 'all' }, to: undefined, conflict: 'refuse' } as const
    return answerBegun(parts, await startOperation(parts, signedInOf(request).subject, wanted), request, reply)
  })

  app.post(`${one}/undo`, { schema: { ...schema, params: ById, body: Nothing } }, async (request, reply) => {
    const { subject } = signedInOf(request)
    const begun = await undoOperation(parts, subject, request.params.id as OperationId)
    return answerBegun(parts, begun, request, reply)
  })
}

async function answerBegun(
  parts: Needed,
  { id, isSmall }: BegunOperation,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<OperationBody> {
  if (isSmall) await runBriefly(parts, id, patience)
  reply.code(201).header('location', `/api/v1/operations/${id}`)
  return presented(parts, request, id)
}

async function presented(parts: Needed, request: FastifyRequest, id: OperationId): Promise<OperationBody> {
  const operation = await ownOperation(parts.db, signedInOf(request).userId, id)
  const failures = await selectFailures(parts.db, [id], mostFailures)
  return presentOperation(operation, failures.get(id) ?? [])
}
