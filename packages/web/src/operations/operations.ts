import { queryOptions } from '@tanstack/react-query'
import { call } from '../api/client.ts'
import type { AnswerOf, Wish } from '../api/client.ts'
import { queryClient } from '../api/queries.ts'

/** Work in the background that somebody began. */
export type Operation = AnswerOf<'POST /api/v1/operations'>

/** What is to be done to many nodes. */
export type WantedOperation = Wish<'POST /api/v1/operations'>['body']

/** Which nodes an operation is about. */
export type NodeSelection = WantedOperation['selection']

/** How often work that runs is asked for, in milliseconds. */
const PAUSE = 1000

/** One's own work in the background, the newest first; asked for again and again while some of it runs. */
export const operationsQuery = queryOptions({
  queryKey: ['operations'],
  queryFn: ({ signal }) => call('GET /api/v1/operations', { query: { limit: 20 }, signal }),
  refetchInterval: (query) => (query.state.data?.items.some(isRunning) === true ? PAUSE : false),
})

/** Whether some of it is still to be done. */
export function isRunning({ state }: Operation): boolean {
  return state === 'running'
}

/** Begins an operation, and waits until it has ended. @throws RequestFailure when it does not begin, or is lost sight of */
export async function runOperation(body: WantedOperation): Promise<Operation> {
  return ended(await call('POST /api/v1/operations', { body }))
}

/** Takes an operation back, and waits until that has ended. @throws RequestFailure */
export async function undoOperation({ id }: Operation): Promise<Operation> {
  return ended(await call('POST /api/v1/operations/:id/undo', { params: { id } }))
}

/** Waits until an operation has ended. @throws RequestFailure */
export async function ended(operation: Operation): Promise<Operation> {
  void queryClient.invalidateQueries({ queryKey: operationsQuery.queryKey })
  let now = operation
  while (isRunning(now)) {
    await new Promise((resolve) => setTimeout(resolve, PAUSE))
    now = await call('GET /api/v1/operations/:id', { params: { id: operation.id } })
  }
  if (now !== operation) void queryClient.invalidateQueries({ queryKey: operationsQuery.queryKey })
  return now
}

/** Ends an operation before all of it is done. @throws RequestFailure */
export async function cancelOperation(id: string): Promise<void> {
  await call('POST /api/v1/operations/:id/cancel', { params: { id } })
  await queryClient.invalidateQueries({ queryKey: operationsQuery.queryKey })
}
