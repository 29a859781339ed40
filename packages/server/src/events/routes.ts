import type { OutgoingHttpHeaders } from 'node:http'
import type { FastifyInstance } from 'fastify'
import { signedInOf } from '../http/authenticate.ts'
import { refuseCrossSite } from '../http/csrf.ts'
import type { Parts } from '../parts.ts'
import { EventStream } from './event-stream.ts'

const description =
  'What changes, as it happens: `text/event-stream` with a `LiveEvent` as JSON in the data of each message. ' +
  'Whoever comes back with `Last-Event-ID` is told to ask again for all.'

/** `GET /api/v1/events`. */
export function eventRoutes(scope: FastifyInstance, parts: Pick<Parts, 'events' | 'config'>): void {
  // HEAD would never end.
  const options = { exposeHeadRoute: false, schema: { tags: ['events'], description } }
  scope.get('/api/v1/events', options, async (request, reply) => {
    // A page of another site could use up the streams of whoever looks at it.
    refuseCrossSite(parts, request)
    const headers = reply.getHeaders() as OutgoingHttpHeaders
    reply.hijack()
    parts.events.add(
      signedInOf(request),
      new EventStream(reply.raw, headers),
      request.headers['last-event-id'] !== undefined,
    )
    return reply
  })
}
