/**
 * What goes through the pipes between the server and a decoder: frames of
 * `[4 bytes: length of the header, big endian] [header: JSON] [body: header.bodyLength bytes]`.
 */

/** A header says how long its body is. */
export interface FrameHeader {
  /** In bytes. */
  readonly bodyLength: number
}

/** One message. */
export interface Frame<Header extends FrameHeader> {
  readonly header: Header
  readonly body: Buffer
}

/** Bounds of what is read, so that the other side cannot fill the memory. In bytes. */
export interface FrameLimits {
  readonly header: number
  readonly body: number
}

/** Length and header. The body follows as it is. */
export function frameHead<Header extends FrameHeader>(header: Header): Buffer {
  const json = Buffer.from(JSON.stringify(header))
  const head = Buffer.allocUnsafe(4 + json.length)
  head.writeUInt32BE(json.length, 0)
  json.copy(head, 4)
  return head
}

/**
 * The frames of a pipe. Ends when the pipe ends between two frames.
 *
 * @throws {RangeError} when a frame is longer than allowed, {SyntaxError} when a header is no JSON
 */
export async function* readFrames<Header extends FrameHeader>(
  chunks: AsyncIterable<Buffer>,
  limits: FrameLimits,
): AsyncGenerator<Frame<Header>> {
  const source = new ByteSource(chunks)
  for (;;) {
    const prefix = await source.take(4)
    if (!prefix) return
    const json = await source.take(within(prefix.readUInt32BE(0), limits.header))
    if (!json) return
    const header = JSON.parse(json.toString()) as Header
    const body = await source.take(within(header.bodyLength, limits.body))
    if (!body) return
    yield { header, body }
  }
}

function within(length: number, limit: number): number {
  if (Number.isSafeInteger(length) && length >= 0 && length <= limit) return length
  throw new RangeError(`a frame says that it has ${length} bytes, and at most ${limit} are allowed`)
}

/** Cuts a stream of chunks into pieces of asked lengths. Each piece is copied once. */
class ByteSource {
  readonly #chunks: AsyncIterator<Buffer>
  #rest: Buffer = Buffer.alloc(0)

  constructor(chunks: AsyncIterable<Buffer>) {
    this.#chunks = chunks[Symbol.asyncIterator]()
  }

  /** The next bytes, or undefined when the stream ends before them. */
  async take(length: number): Promise<Buffer | undefined> {
    const piece = Buffer.allocUnsafe(length)
    let filled = 0
    while (filled < length) {
      if (this.#rest.length === 0) {
        const next = await this.#chunks.next()
        if (next.done) return undefined
        this.#rest = next.value
      }
      const copied = this.#rest.copy(piece, filled)
      filled += copied
      this.#rest = this.#rest.subarray(copied)
    }
    return piece
  }
}
