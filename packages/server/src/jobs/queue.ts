import type { Transaction } from '../db/open.ts'
import type { JobKind, JobKinds } from './job-kinds.ts'

/** How jobs are queued. */
export interface QueueingOptions {
  /** Jobs with a higher number run first; 0 is usual. */
  readonly priority?: number
  /** In ms from now. */
  readonly delay?: number
}

/** How one job is queued. */
export interface EnqueueOptions extends QueueingOptions {
  /** Only one job of the kind with this key waits at a time. Another is left out; one that runs already does not count. */
  readonly onlyOne?: string
}

/** How many jobs are queued. */
export interface EnqueueAllOptions<Kind extends JobKind> extends QueueingOptions {
  /** As {@link EnqueueOptions.onlyOne}: the key of each payload. */
  readonly onlyOne?: (payload: JobKinds[Kind]) => string
}

/** Work that is done later, at least once, by this process or another on the same database. */
export interface Queue {
  /** Queues a job within the transaction: it exists if and only if the transaction commits. */
  enqueue<Kind extends JobKind>(
    tx: Transaction,
    kind: Kind,
    payload: JobKinds[Kind],
    options?: EnqueueOptions,
  ): Promise<void>
  /** The same for many payloads of one kind, in one statement. */
  enqueueAll<Kind extends JobKind>(
    tx: Transaction,
    kind: Kind,
    payloads: readonly JobKinds[Kind][],
    options?: EnqueueAllOptions<Kind>,
  ): Promise<void>
}
