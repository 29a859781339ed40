import { createHash } from 'node:crypto'
import { isUtf8 } from 'node:buffer'
import type { IncomingHttpHeaders } from 'node:http'
import { VitrineError } from '@vitrine/domain'

/** The version of the protocol, and what of it there is (https://tus.io/protocols/resumable-upload). */
export const tus = {
  version: '1.0.0',
  extensions: 'creation,creation-with-upload,termination,expiration,checksum',
  checksums: ['sha1', 'sha256', 'sha512', 'md5'],
  /** The type of a body whose bytes are added to an upload. */
  pieceType: 'application/offset+octet-stream',
} as const

/** What a piece must hash to. */
export interface PieceChecksum {
  readonly algorithm: (typeof tus.checksums)[number]
  readonly digest: Buffer
}

/** @throws {VitrineError} `upload/protocol-version` when another version is spoken, or none is named */
export function requireVersion(headers: IncomingHttpHeaders): void {
  if (headers['tus-resumable'] === tus.version) return
  throw new VitrineError('upload/protocol-version', `Send the header Tus-Resumable: ${tus.version}.`)
}

/**
 * A count of bytes in a header.
 *
 * @throws {VitrineError} `request/invalid` when it is missing, or no whole number from 0 up to 2^53 - 1
 */
export function requireCount(headers: IncomingHttpHeaders, name: 'upload-length' | 'upload-offset'): number {
  const text = headers[name]
  const count = typeof text === 'string' && /^\d{1,16}$/.test(text) ? Number(text) : Number.NaN
  if (Number.isSafeInteger(count)) return count
  throw new VitrineError('request/invalid', `The header ${name} must be a number of bytes.`, { field: name })
}

/** Whether the body of a request is a piece of an upload. */
export function isPiece(headers: IncomingHttpHeaders): boolean {
  return headers['content-type'] === tus.pieceType
}

/** @throws {VitrineError} `request/unsupported-media-type` when the body is no piece of an upload */
export function requirePiece(headers: IncomingHttpHeaders): void {
  if (isPiece(headers)) return
  throw new VitrineError('request/unsupported-media-type', `Send the bytes as ${tus.pieceType}.`)
}

/**
 * What the piece must hash to; undefined where that is not told.
 *
 * @throws {VitrineError} `request/invalid` when the algorithm is not one of ours, or the digest none of it
 */
export function checksumOf(headers: IncomingHttpHeaders): PieceChecksum | undefined {
  const text = headers['upload-checksum']
  if (text === undefined) return undefined
  const [, name, encoded] = /^(\S+) ([A-Za-z0-9+/]+={0,2})$/.exec(String(text)) ?? []
  const algorithm = tus.checksums.find((one) => one === name)
  const digest = Buffer.from(encoded ?? '', 'base64')
  if (algorithm && digest.length === createHash(algorithm).digest().length) return { algorithm, digest }
  throw new VitrineError(
    'request/invalid',
    `The header Upload-Checksum must be one of ${tus.checksums.join(', ')}, a space, and the digest in Base64.`,
    { field: 'upload-checksum' },
  )
}

/** Most characters of `Upload-Metadata`: what a header of Node's server can hold. */
const longestMetadata = 16_000
const base64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/

/**
 * The pairs of `Upload-Metadata`: names, and values as text.
 *
 * @throws {VitrineError} `request/invalid` when it is not as the protocol has it, a name comes twice, or a value is no
 * UTF-8
 */
export function metadataOf(text: string): ReadonlyMap<string, string> {
  const pairs = new Map<string, string>()
  if (text.length > longestMetadata) throw wrongMetadata('it is too long')
  for (const pair of text.split(',')) {
    const [, name = '', encoded = ''] = /^ *([\x21-\x2b\x2d-\x7e]+)(?: ([^ ]*))? *$/.exec(pair) ?? []
    if (name === '') throw wrongMetadata('it must be names and values, with commas between them')
    if (pairs.has(name)) throw wrongMetadata(`${name} comes twice`)
    const value = Buffer.from(encoded, 'base64')
    if (!base64.test(encoded) || !isUtf8(value)) throw wrongMetadata(`the value of ${name} must be UTF-8 in Base64`)
    pairs.set(name, value.toString())
  }
  return pairs
}

function wrongMetadata(why: string): VitrineError {
  return new VitrineError('request/invalid', `The header Upload-Metadata cannot be read: ${why}.`, {
    field: 'upload-metadata',
  })
}
