import swagger from '@fastify/swagger'
import type { FastifyInstance } from 'fastify'
import { jsonSchemaTransform } from 'fastify-type-provider-zod'

/** Describes every route that is registered in this scope from now on, and answers the description as OpenAPI 3.1. */
export async function openApi(scope: FastifyInstance): Promise<void> {
  await scope.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: {
        title: 'Vitrine',
        version: '1',
        description: 'Failures are application/problem+json (RFC 9457) with a code of a closed list.',
      },
      components: {
        securitySchemes: {
          basic: { type: 'http', scheme: 'basic', description: 'Sign-in name, and password or app password.' },
          session: {
            type: 'apiKey',
            in: 'cookie',
            name: 'vitrine_session',
            description: 'With X-CSRF-Token for all but GET.',
          },
        },
      },
      security: [{ basic: [] }, { session: [] }],
    },
    transform: jsonSchemaTransform,
  })
  scope.get('/api/v1/openapi.json', { schema: { hide: true } }, async () => scope.swagger())
}
