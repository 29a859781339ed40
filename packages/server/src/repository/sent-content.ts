import { VitrineError } from '@vitrine/domain'
import type { FastifyRequest } from 'fastify'
import type { SentContent } from './replace-content.ts'

/** A connection on which nothing has come for so long is given up, in ms. */
const longestSilence = 5 * 60_000

/**
 * The body of a request as a content, with what its headers say of it: `Content-Digest` and `Repr-Digest` (RFC 9530,
 * sha-256), `Content-Length`, `Last-Modified`.
 *
 * @param modifiedAt from the query, as ISO 8601; wins over the header
 * @throws {VitrineError} `request/invalid`, `request/unsupported-media-type` for a body that is compressed
 */
export function sentContent(request: FastifyRequest, modifiedAt: string | undefined): SentContent {
  const { headers } = request
  const encoding = headers['content-encoding']
  if (encoding !== undefined && encoding !== 'identity') {
    throw new VitrineError('request/unsupported-media-type', 'Send the bytes as they are, without Content-Encoding.')
  }
  const length = headers['content-length']
  return {
    chunks: bodyOf(request),
    modifiedAt: instantOf(modifiedAt ?? headers['last-modified']),
    sha256: digestOf(headers['content-digest']) ?? digestOf(headers['repr-digest']),
    size: length === undefined ? undefined : Number(length),
  }
}

/** The bytes of a body as they come. A body on which nothing comes for long is given up. */
export async function* bodyOf({ raw }: FastifyRequest): AsyncGenerator<Uint8Array> {
  raw.setTimeout(longestSilence, () => raw.destroy())
  try {
    // Not destroyed when the reader stops: the answer that says why goes out on the same connection.
    for await (const chunk of raw.iterator({ destroyOnReturn: false })) yield chunk as Uint8Array
  } catch (error) {
    if (!raw.aborted && !raw.destroyed) throw error
    throw new VitrineError('request/invalid', 'The transfer broke off.', {}, { cause: error })
  }
}

function instantOf(text: string | undefined): number | undefined {
  const instant = text === undefined ? Number.NaN : Date.parse(text)
  return Number.isNaN(instant) ? undefined : instant
}

/** The SHA-256 of a digest field as 64 hexadecimal digits; undefined where it holds none. */
function digestOf(field: string | string[] | undefined): string | undefined {
  const given = /(?:^|,)\s*sha-256=:([A-Za-z0-9+/=]*):/.exec([field ?? ''].flat().join(','))?.[1]
  if (given === undefined) return undefined
  const digest = Buffer.from(given, 'base64')
  if (digest.length === 32) return digest.toString('hex')
  throw new VitrineError('request/invalid', 'The digest of the content is not one of sha-256.')
}
