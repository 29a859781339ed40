/** A job as pg-boss hands it out. */
export interface BatchedJob<Payload> {
  readonly id: string
  readonly data: Payload
  /** Attempts before this one. */
  readonly retryCount: number
  /** Aborted when another process has taken the job over. */
  readonly signal: AbortSignal
}

/** What became of a job. A failed one is tried again, until its last attempt. */
export interface JobOutcome {
  readonly id: string
  readonly status: 'completed' | 'failed'
  readonly output?: { readonly message: string }
}

/** How a batch is run. */
export interface BatchOptions<Payload> {
  readonly run: (payload: Payload, signal: AbortSignal) => Promise<void>
  /** Once aborted, no further job of the batch is begun. */
  readonly noMore: AbortSignal
  readonly onFailure: (job: BatchedJob<Payload>, error: unknown) => void
}

/** Runs jobs one after another. One that fails does not keep the others from running. */
export async function runBatch<Payload>(
  jobs: readonly BatchedJob<Payload>[],
  options: BatchOptions<Payload>,
): Promise<JobOutcome[]> {
  const outcomes: JobOutcome[] = []
  for (const job of jobs) outcomes.push(await runOne(job, options))
  return outcomes
}

async function runOne<Payload>(job: BatchedJob<Payload>, options: BatchOptions<Payload>): Promise<JobOutcome> {
  if (options.noMore.aborted) return { id: job.id, status: 'failed', output: { message: 'the server stopped' } }
  try {
    await options.run(job.data, job.signal)
    return { id: job.id, status: 'completed' }
  } catch (error) {
    if (!options.noMore.aborted) options.onFailure(job, error)
    return { id: job.id, status: 'failed', output: { message: error instanceof Error ? error.message : String(error) } }
  }
}
