import type { FastifyRequest } from 'fastify'
import type { Parts } from '../parts.ts'
import type { LinkOrigins } from './present-share-links.ts'

/**
 * What URLs begin with. For anyone: as configured, else as whoever asks has reached the server. For members always the
 * latter: that is where they sign in, and the configured address may lead to the public listener.
 */
export function originsOf({ config }: Pick<Parts, 'config'>, request: FastifyRequest): LinkOrigins {
  const reached = `${request.protocol}://${request.host}`
  return { anyone: config.publicUrl ?? reached, members: reached }
}
