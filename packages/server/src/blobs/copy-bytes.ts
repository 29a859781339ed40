import type { FileHandle } from 'node:fs/promises'
import type { BlobReader } from './hash-bytes.ts'
import { unreadable } from './unreadable.ts'

/** So much is read and written at a time, in bytes. Two such buffers are the memory of one copy. */
const bufferSize = 1 << 20
/** Chunks of a stream are gathered up to so many bytes before they are written. */
const gathered = 512 * 1024

/** Copies a file to its end: one piece is hashed and written while the next is read. */
export async function copyFile(from: FileHandle, to: FileHandle, reader: BlobReader, size: number): Promise<void> {
  const length = Math.min(bufferSize, Math.max(size + 1, 4096))
  const buffers = [Buffer.allocUnsafeSlow(length), Buffer.allocUnsafeSlow(length)] as const
  let written = Promise.resolve()
  for (let turn = 0; ; turn ^= 1) {
    const buffer = buffers[turn === 0 ? 0 : 1]
    const { bytesRead } = await from.read(buffer, 0, length, null).catch(unreadable)
    await written
    if (bytesRead === 0) return
    const piece = buffer.subarray(0, bytesRead)
    written = writeFully(to, [piece])
    // Told when it is awaited; until then a failure is not yet anyone's.
    written.catch(() => {})
    reader.add(piece)
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
export async function writeStream(
  chunks: AsyncIterable<Uint8Array>,
  to: FileHandle,
  reader: BlobReader,
): Promise<void> {
  let waiting: Uint8Array[] = []
  let length = 0
  let written = Promise.resolve()
  for await (const chunk of chunks) {
    reader.add(chunk)
    waiting.push(chunk)
    length += chunk.length
    if (length < gathered) continue
    await written
    written = writeFully(to, waiting)
    written.catch(() => {})
    waiting = []
    length = 0
  }
  await written
  if (length > 0) await writeFully(to, waiting)
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
