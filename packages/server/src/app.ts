import cookie from '@fastify/cookie'
import Fastify, { type FastifyInstance } from 'fastify'
import { serializerCompiler, validatorCompiler, type ZodTypeProvider } from 'fastify-type-provider-zod'
import { answerErrors } from './http/errors.ts'
import { healthRoutes } from './http/health.ts'
import { metricsRoute } from './http/metrics.ts'
import { answerRequestIds } from './http/request-id.ts'
import { securityHeaders } from './http/security-headers.ts'
import type { Parts } from './parts.ts'

/** The server's Fastify, with zod schemas as its types. */
export type App = FastifyInstance & { withTypeProvider: FastifyInstance['withTypeProvider'] }

/**
 * Which listener an app answers on. `main`: everything. `public`: the three doors alone; it has no
 * session, so nothing on it can answer somebody who is signed in.
 */
export type Listener = 'main' | 'public'

/** Mounts the features: the whole surface on one screen. */
export async function createApp(parts: Parts, listener: Listener): Promise<FastifyInstance> {
  const app = Fastify({
    loggerInstance: parts.log,
    trustProxy: parts.config.trustProxy,
    bodyLimit: 1 << 20,
    genReqId: () => parts.newId(),
    requestIdHeader: false,
    routerOptions: { ignoreTrailingSlash: false, caseSensitive: true },
    forceCloseConnections: 'idle',
  })
  app.setValidatorCompiler(validatorCompiler)
  app.setSerializerCompiler(serializerCompiler)
  await securityHeaders(app)
  await app.register(cookie)
  answerRequestIds(app)
  answerErrors(app)
  parts.metrics.observe(app)
  const typed = app.withTypeProvider<ZodTypeProvider>()
  void typed
  if (listener === 'main') mainRoutes(app, parts)
  return app
}

function mainRoutes(app: FastifyInstance, parts: Parts): void {
  healthRoutes(app, parts)
  metricsRoute(app, parts.metrics)
}
