import type { OutgoingHttpHeaders, ServerResponse } from 'node:http'
import type { Socket } from 'node:net'
import { LinkSpeed } from './link-speed.ts'
import { TransferBuffers } from './transfer-buffers.ts'
import { transferTurns } from './transfer-turns.ts'

/** Where the bytes of a transfer come from. Used by one transfer only. */
export interface ByteSource {
  /**
   * Fills the first `length` bytes of `buffer` with those from `position` on.
   *
   * Gives nothing when they are there on return, else a promise for when they are. Gives exactly
   * `length` bytes or throws; when it has thrown or rejected, nothing writes to `buffer` any more.
   */
  fill(buffer: Uint8Array, position: number, length: number): Promise<void> | undefined
  /** Lets go of what is open. Called once, when no `fill` is under way. */
  close(): void
}

/** One response whose body is a range of bytes. */
export interface Transfer {
  /** 200 or 206. */
  readonly status: number
  /** All headers but `content-length`, which is the range's length. */
  readonly headers: OutgoingHttpHeaders
  /** First byte to send. */
  readonly start: number
  /** The byte after the last one to send. */
  readonly end: number
  readonly source: ByteSource
  /** Breaks the connection off when aborted: the access to these bytes has been withdrawn. */
  readonly signal?: AbortSignal
  /** Called after each chunk with its length, in bytes. */
  readonly onSent?: (length: number) => void
}

/** How a transfer ended. */
export interface TransferOutcome {
  /** Bytes of the body that the network has taken. The client may have got some megabytes fewer. */
  readonly sent: number
  /** Whether that was the whole range. */
  readonly completed: boolean
  /** What the source threw, when that is why the transfer broke off. */
  readonly error?: unknown
}

/** Length of the first chunk, in bytes: small, so that the first byte comes soon. */
const FIRST_CHUNK = 64 * 1024

/** The buffers of all transfers of this process. */
export const transferBuffers = new TransferBuffers()

/**
 * Sends a range of bytes as the response's body, and closes the source.
 *
 * Goes around the response's stream: chunks are written to the socket itself, from buffers of our own,
 * with the length announced beforehand. (Measured: three times the throughput of piping a stream, a
 * third of the CPU time.) When the source fails, the connection is broken off: the client sees that
 * the body is not complete, and can resume.
 *
 * Never rejects. The response must not have been begun; with Fastify, `reply.hijack()` first.
 */
export function sendBytes(response: ServerResponse, transfer: Transfer): Promise<TransferOutcome> {
  const headers = { ...transfer.headers, 'content-length': transfer.end - transfer.start }
  const { socket } = response.req
  if (transfer.signal?.aborted || socket.destroyed) {
    cut(socket)
    transfer.source.close()
    return Promise.resolve({ sent: 0, completed: false })
  }
  response.writeHead(transfer.status, headers)
  if (response.req.method === 'HEAD' || transfer.start === transfer.end) {
    response.end()
    transfer.source.close()
    return Promise.resolve({ sent: 0, completed: true })
  }
  response.flushHeaders()
  return new Promise((resolve) => new Sending(response, transfer, resolve).begin())
}

/** A chunk of the body in its buffer. */
interface Chunk {
  readonly buffer: Uint8Array
  readonly length: number
  /** Whether the bytes are there. */
  isFilled: boolean
  /** Whether they had to be waited for. */
  cameLater: boolean
}

/**
 * A transfer under way: fills a buffer, writes it, and lets everything else have a turn, until all is
 * sent. While a source takes its time, the next chunk is filled during the writing of this one.
 */
class Sending {
  readonly #response: ServerResponse
  readonly #socket: Socket
  readonly #transfer: Transfer
  readonly #resolve: (outcome: TransferOutcome) => void
  readonly #speed = new LinkSpeed(performance.now())
  /** What is being written. */
  #current: Chunk | undefined
  /** What is being filled, or is filled and waits to be written. */
  #ahead: Chunk | undefined
  /** Where the next chunk to be filled starts. */
  #position: number
  #sent = 0
  #ended = false

  constructor(response: ServerResponse, transfer: Transfer, resolve: (outcome: TransferOutcome) => void) {
    this.#response = response
    this.#socket = response.req.socket
    this.#transfer = transfer
    this.#resolve = resolve
    this.#position = transfer.start
  }

  begin(): void {
    // Each response that is waiting in a pipeline listens, too.
    this.#socket.setMaxListeners(this.#socket.getMaxListeners() + 1)
    this.#socket.once('close', this.#closed)
    this.#transfer.signal?.addEventListener('abort', this.#withdrawn)
    if (this.#response.socket) transferTurns.wait(this.#next)
    // The response before this one is still being sent on the connection.
    else this.#response.once('socket', () => transferTurns.wait(this.#next))
  }

  readonly #next = (): void => {
    if (this.#ended) return
    if (!this.#ahead) this.#fillAhead()
    if (this.#ahead?.isFilled) this.#write(this.#ahead)
  }

  #fillAhead(): void {
    const buffer = transferBuffers.take(this.#speed.isSlow(performance.now()) ? 'small' : 'large')
    const most = this.#position === this.#transfer.start ? FIRST_CHUNK : buffer.length
    const length = Math.min(most, buffer.length, this.#transfer.end - this.#position)
    const chunk: Chunk = { buffer, length, isFilled: false, cameLater: false }
    this.#ahead = chunk
    try {
      const coming = this.#transfer.source.fill(buffer, this.#position, length)
      this.#position += length
      if (coming) void this.#fillLater(chunk, coming)
      else chunk.isFilled = true
    } catch (error) {
      chunk.isFilled = true
      this.#fail(error)
    }
  }

  async #fillLater(chunk: Chunk, coming: Promise<void>): Promise<void> {
    chunk.cameLater = true
    try {
      await coming
    } catch (error) {
      this.#fail(error)
    }
    chunk.isFilled = true
    if (this.#ended) this.#letGo()
    else if (!this.#current) this.#write(chunk)
  }

  #write(chunk: Chunk): void {
    this.#current = chunk
    this.#ahead = undefined
    const more = this.#position < this.#transfer.end
    if (more && chunk.cameLater && !this.#speed.isSlow(performance.now())) this.#fillAhead()
    if (this.#ended) return
    const { buffer, length } = chunk
    this.#socket.write(length === buffer.length ? buffer : buffer.subarray(0, length), this.#written)
  }

  readonly #written = (error?: Error | null): void => {
    const chunk = this.#current
    if (this.#ended || error || !chunk) return // 'close' follows an error
    this.#current = undefined
    transferBuffers.giveBack(chunk.buffer)
    this.#sent += chunk.length
    this.#speed.sent(chunk.length, performance.now())
    this.#transfer.onSent?.(chunk.length)
    if (this.#ahead || this.#position < this.#transfer.end) {
      // Not at once: on a fast link the chain of callbacks would never let another connection have its turn.
      transferTurns.wait(this.#next)
      return
    }
    this.#end({ completed: true })
    this.#response.end()
  }

  #fail(error: unknown): void {
    this.#end({ completed: false, error })
    this.#socket.destroy()
  }

  readonly #closed = (): void => this.#end({ completed: false })

  readonly #withdrawn = (): void => cut(this.#socket) // 'close' follows

  #end(outcome: Omit<TransferOutcome, 'sent'>): void {
    if (this.#ended) return
    this.#ended = true
    this.#socket.off('close', this.#closed)
    this.#socket.setMaxListeners(this.#socket.getMaxListeners() - 1)
    this.#transfer.signal?.removeEventListener('abort', this.#withdrawn)
    if (this.#ahead?.isFilled !== false) this.#letGo()
    this.#resolve({ sent: this.#sent, ...outcome })
  }

  /** Gives everything back. Not while a chunk is being filled: that would write into another's buffer. */
  #letGo(): void {
    for (const chunk of [this.#current, this.#ahead]) if (chunk) transferBuffers.giveBack(chunk.buffer)
    this.#current = undefined
    this.#ahead = undefined
    this.#transfer.source.close()
  }
}

/** Breaks a connection off so that nothing more arrives, also not what the kernel still has to send. */
function cut(socket: Socket): void {
  try {
    socket.resetAndDestroy()
  } catch {
    socket.destroy() // not a plain TCP socket: TLS
  }
}
