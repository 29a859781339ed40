import type { FastifyInstance } from 'fastify'
import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client'

/** What is counted, for Prometheus. No label holds a name, an address or an id. */
export interface Metrics {
  readonly registry: Registry
  /** Bytes of content sent, by `kind`: `part`, `file`, `rendition`. */
  readonly bytesSent: Counter<'kind'>
  /** Transfers that run now. */
  readonly runningTransfers: Gauge
  /** Streams of events that are open now. */
  readonly eventStreams: Gauge
  /** Background jobs that ended, by `kind` and `outcome`: `done`, `failed`. */
  readonly jobs: Counter<'kind' | 'outcome'>
  /** Counts what an app answers, and how long it took. */
  observe(app: FastifyInstance): void
}

/** Makes the metrics of one process, the usual ones of Node among them (memory, CPU, event-loop delay). */
export function createMetrics(): Metrics {
  const registry = new Registry()
  const registers = [registry]
  collectDefaultMetrics({ register: registry, prefix: 'vitrine_' })
  const requests = new Histogram({
    name: 'vitrine_http_request_duration_seconds',
    help: 'Time from the request to the end of its answer, by method, route and status',
    labelNames: ['method', 'route', 'status'],
    buckets: [0.005, 0.02, 0.06, 0.2, 0.5, 2, 10, 60, 600],
    registers,
  })
  return {
    registry,
    bytesSent: new Counter({
      name: 'vitrine_bytes_sent_total',
      help: 'Bytes of content sent',
      labelNames: ['kind'],
      registers,
    }),
    runningTransfers: new Gauge({ name: 'vitrine_running_transfers', help: 'Transfers that run now', registers }),
    eventStreams: new Gauge({ name: 'vitrine_event_streams', help: 'Streams of events that are open now', registers }),
    jobs: new Counter({
      name: 'vitrine_jobs_total',
      help: 'Background jobs that ended',
      labelNames: ['kind', 'outcome'],
      registers,
    }),
    observe: (app) => observeRequests(app, requests),
  }
}

function observeRequests(app: FastifyInstance, requests: Histogram<'method' | 'route' | 'status'>): void {
  app.addHook('onResponse', async (request, reply) => {
    // The route's pattern, never the address: that would be a label for each token.
    const route = request.routeOptions.url ?? 'none'
    requests.observe({ method: request.method, route, status: reply.statusCode }, reply.elapsedTime / 1000)
  })
}

/** `/metrics`, in the text format of Prometheus. */
export function metricsRoute(app: FastifyInstance, metrics: Metrics): void {
  app.get('/metrics', { logLevel: 'warn' }, async (_request, reply) => {
    const body = await metrics.registry.metrics()
    return reply.header('cache-control', 'no-store').type(metrics.registry.contentType).send(body)
  })
}
