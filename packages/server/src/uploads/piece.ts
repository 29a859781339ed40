import type { IncomingMessage } from 'node:http'
import type { FastifyRequest } from 'fastify'
import { bodyOf } from '../repository/sent-content.ts'
import { checksumOf, type PieceChecksum, requireCount } from './tus-headers.ts'

/** A sender that has been waited for so long has lost its connection, if it comes again on another one. In ms. */
const silence = 2000

/** Bytes that are added to an upload by one request. */
export interface Piece {
  /** Where in the upload it begins, in bytes. */
  readonly offset: number
  /** In bytes; undefined when it was not told before. */
  readonly length: number | undefined
  readonly checksum: PieceChecksum | undefined
  /** Its bytes, once. */
  chunks(): AsyncIterable<Uint8Array>
  /** Whether nothing more comes: it is whole, it was broken off, or its sender has been silent for a while. */
  isSilent(): boolean
  /** Whether its connection was lost before it was whole. */
  isBrokenOff(): boolean
  /** Breaks it off, unless it is whole. */
  cut(): void
}

/** No bytes at all. */
export const noPiece: Piece = {
  offset: 0,
  length: 0,
  checksum: undefined,
  async *chunks() {},
  isSilent: () => true,
  isBrokenOff: () => false,
  cut() {},
}

/**
 * The body of a request, as a piece that begins at an offset: that of `Upload-Offset`, unless told.
 *
 * @throws {VitrineError} `request/invalid`
 */
export function pieceOf(request: FastifyRequest, offset?: number): Piece {
  return new SentPiece(request, offset ?? requireCount(request.headers, 'upload-offset'))
}

class SentPiece implements Piece {
  readonly offset: number
  readonly length: number | undefined
  readonly checksum: PieceChecksum | undefined
  readonly #request: FastifyRequest
  readonly #raw: IncomingMessage
  #waitingSince = Infinity

  constructor(request: FastifyRequest, offset: number) {
    const { raw, headers } = request
    this.#request = request
    this.#raw = raw
    this.offset = offset
    this.length = headers['content-length'] === undefined ? undefined : Number(headers['content-length'])
    this.checksum = checksumOf(headers)
  }

  async *chunks(): AsyncGenerator<Uint8Array> {
    const body = bodyOf(this.#request)
    try {
      for (;;) {
        this.#waitingSince = performance.now()
        const next = await body.next()
        this.#waitingSince = Infinity
        if (next.done === true) return
        yield next.value
      }
    } finally {
      await body.return(undefined)
    }
  }

  isSilent(): boolean {
    const waited = performance.now() - this.#waitingSince
    return this.#raw.complete || this.isBrokenOff() || waited >= silence
  }

  isBrokenOff(): boolean {
    const { complete, destroyed, socket } = this.#raw
    return !complete && (destroyed || socket.destroyed)
  }

  cut(): void {
    if (!this.#raw.complete) this.#raw.destroy()
  }
}
