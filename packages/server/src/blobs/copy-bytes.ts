import type { FileHandle } from 'node:fs/promises'
import type { FileSource } from './blob-store.ts'
import { BlobReader, type HashedBytes } from './hash-bytes.ts'
import { unreadable } from './unreadable.ts'

/** Told of bytes that are taken from a file, and able to stop it. */
export type CopyWatch = Pick<FileSource, 'onBytes' | 'signal'>

/** So much is read at a time, in bytes, into one of two such buffers. */
const bufferSize = 1 << 20
/** Chunks of a stream are gathered up to so many bytes before they are written. */
const gathered = 512 * 1024

/**
 * Hashes a small file to its end, and copies it where it is to be copied to. In the thread that asks.
 *
 * @param size what the file is expected to have, in bytes; as much memory is used
 */
export async function copySmall(
  from: FileHandle,
  to: FileHandle | undefined,
  size: number,
  watch: CopyWatch,
): Promise<HashedBytes> {
  const reader = new BlobReader()
  const buffer = Buffer.allocUnsafe(size + 1)
  for (;;) {
    watch.signal?.throwIfAborted()
    const { bytesRead } = await from.read(buffer, 0, buffer.length, null).catch(unreadable)
    if (bytesRead === 0) return reader.end()
    const piece = buffer.subarray(0, bytesRead)
    reader.add(piece)
    if (to) await writeFully(to, [piece])
    watch.onBytes?.(bytesRead)
  }
}

/** Hashes a file to its end: one piece while the next is read. */
export async function hashFile(file: FileHandle, reader: BlobReader, size: number): Promise<void> {
  const length = Math.min(bufferSize, Math.max(size + 1, 4096))
  const buffers = [Buffer.allocUnsafeSlow(length), Buffer.allocUnsafeSlow(length)] as const
  let read = file.read(buffers[0], 0, length, null)
  for (let turn = 0; ; turn ^= 1) {
    const { bytesRead } = await read
    if (bytesRead === 0) return
    read = file.read(buffers[turn === 0 ? 1 : 0], 0, length, null)
    read.catch(() => {})
    reader.add(buffers[turn === 0 ? 0 : 1].subarray(0, bytesRead))
  }
}

/** Writes a stream to its end: what has come is written while more comes. */
export async function writeStream(chunks: AsyncIterable<Uint8Array>, to: FileHandle): Promise<HashedBytes> {
  const reader = new BlobReader()
  const writes = new GatheredWrites(to)
  for await (const chunk of chunks) {
    reader.add(chunk)
    await writes.add(chunk)
  }
  await writes.flush()
  return reader.end()
}

/** Writes to the end of a file in few large pieces: one is written while the next is gathered. */
export class GatheredWrites {
  readonly #to: FileHandle
  #waiting: Uint8Array[] = []
  #length = 0
  #written = Promise.resolve()

  constructor(to: FileHandle) {
    this.#to = to
  }

  /** Takes a piece, which must not be changed afterwards. */
  async add(piece: Uint8Array): Promise<void> {
    this.#waiting.push(piece)
    this.#length += piece.length
    if (this.#length >= gathered) await this.#begin()
  }

  /** Hands everything to the system. */
  async flush(): Promise<void> {
    if (this.#length > 0) await this.#begin()
    await this.#written
  }

  /** One piece at a time. After one that failed none is written any more. */
  async #begin(): Promise<void> {
    await this.#written
    this.#written = writeFully(this.#to, this.#waiting)
    // Told when it is awaited; until then a failure is not yet anyone's.
    this.#written.catch(() => {})
    this.#waiting = []
    this.#length = 0
  }
}

async function writeFully(to: FileHandle, pieces: readonly Uint8Array[]): Promise<void> {
  const { bytesWritten } = await to.writev([...pieces])
  const length = pieces.reduce((sum, piece) => sum + piece.length, 0)
  if (bytesWritten === length) return
  // The system took a part, as it does before it says that there is no more room.
  const rest = Buffer.concat(pieces)
  for (let done = bytesWritten; done < length;) {
    done += (await to.write(rest, done, length - done)).bytesWritten
  }
}
