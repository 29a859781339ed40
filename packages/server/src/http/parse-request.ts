import { VitrineError } from '@vitrine/domain'
import type { z } from 'zod'

/**
 * Reads a part of a request by its schema, for routes that must first know who asks.
 *
 * @throws {VitrineError} `request/invalid` with what is wrong in it
 */
export function parseRequest<Schema extends z.ZodType>(schema: Schema, given: unknown): z.output<Schema> {
  const parsed = schema.safeParse(given)
  if (parsed.success) return parsed.data
  const issues = parsed.error.issues.map(({ path, message }) => ({ path: `/${path.join('/')}`, message }))
  throw new VitrineError('request/invalid', 'The request is not as this route expects it.', { issues })
}
