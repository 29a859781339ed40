/** How a person or a supervisor asks this process to stop. */
export interface StopSignals {
  /** Aborted at the first request: stop, but let running transfers end. */
  readonly stop: AbortSignal
  /** Aborted at the second: stop now. */
  readonly now: AbortSignal
}

/**
 * Signals this close together are one request, in ms: a Ctrl-C reaches both the launcher, which passes it
 * on, and this process.
 */
const sameRequest = 300

/** Listens to SIGTERM, SIGINT and SIGHUP, and to the end of the launcher that started this process. */
export function listenForStop(): StopSignals {
  const stop = new AbortController()
  const now = new AbortController()
  let first = Infinity
  const ask = () => {
    if (!stop.signal.aborted) {
      first = performance.now()
      stop.abort()
    } else if (performance.now() - first > sameRequest) now.abort()
  }
  for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) process.on(signal, ask)
  process.once('disconnect', ask)
  // The channel to the launcher is no reason to go on.
  process.channel?.unref()
  return { stop: stop.signal, now: now.signal }
}
