import type { Parts } from '../parts.ts'
import type { JobKind, JobKinds } from './job-kinds.ts'

/**
 * Does one job. It may run more than once for the same payload, also at the same time in two processes,
 * and must come to the same result.
 *
 * Throwing means: try again later. What will never succeed is recorded where it belongs, and not thrown.
 *
 * @param signal aborted when the server stops and the time given to running jobs is over: throw then,
 *   and the job goes back to the queue
 */
export type JobHandler<Kind extends JobKind> = (
  parts: Parts,
  payload: JobKinds[Kind],
  signal: AbortSignal,
) => Promise<void>

/** The handler of each kind. Jobs of a kind without one wait. */
export type JobHandlers = { readonly [Kind in JobKind]?: JobHandler<Kind> }
