import type { FastifyInstance } from 'fastify'

/** Names the request in every answer, so that a person can tell us which line of the log is theirs. */
export function answerRequestIds(app: FastifyInstance): void {
  app.addHook('onRequest', async (request, reply) => {
    reply.header('x-request-id', request.id)
  })
}
