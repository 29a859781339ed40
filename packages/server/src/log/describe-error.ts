/** What a log says about an error. */
export interface DescribedError {
  /** Name of its class. */
  readonly type: string
  readonly message: string
  readonly stack?: string
  /** Of ours, of the system, or of PostgreSQL. */
  readonly code?: unknown
  /** Of ours. */
  readonly facts?: unknown
  /** Of PostgreSQL: the constraint that refused. */
  readonly constraint?: unknown
  readonly cause?: unknown
}

/**
 * Picks what is logged of something that was thrown. Libraries hang more on their errors: connections with all
 * that is in them, rows, requests.
 *
 * @param depth how many causes are followed
 */
export function describeError(thrown: unknown, depth = 5): unknown {
  if (!(thrown instanceof Error)) return thrown
  const { code, facts, constraint } = thrown as { code?: unknown; facts?: unknown; constraint?: unknown }
  return {
    type: thrown.constructor.name,
    message: thrown.message,
    ...(thrown.stack === undefined ? {} : { stack: thrown.stack }),
    ...(code === undefined ? {} : { code }),
    ...(facts === undefined ? {} : { facts }),
    ...(constraint === undefined ? {} : { constraint }),
    ...(thrown.cause === undefined || depth === 0 ? {} : { cause: describeError(thrown.cause, depth - 1) }),
  } satisfies DescribedError
}
