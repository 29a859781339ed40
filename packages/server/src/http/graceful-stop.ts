import type { FastifyInstance } from 'fastify'

/** How often connections whose answer has ended are looked for, in ms. */
const sweep = 100

/**
 * Stops an app: takes no new connection, lets running answers go on, then ends what still runs.
 *
 * @param grace how long running answers may go on, in ms
 * @param now ends the grace at once when aborted
 */
export async function stopGracefully(app: FastifyInstance, grace: number, now?: AbortSignal): Promise<void> {
  const endAll = () => app.server.closeAllConnections()
  const timer = setTimeout(endAll, grace)
  // A client may keep a connection open after its answer: it would hold up the stop.
  const sweeper = setInterval(() => app.server.closeIdleConnections(), sweep)
  now?.addEventListener('abort', endAll, { once: true })
  if (now?.aborted) endAll()
  try {
    await app.close()
  } finally {
    clearTimeout(timer)
    clearInterval(sweeper)
    now?.removeEventListener('abort', endAll)
  }
}
