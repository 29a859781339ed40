import { open, type FileHandle } from 'node:fs/promises'
import { VitrineError } from '@vitrine/domain'

const chunkSize = 256 * 1024

/**
 * The bytes of a half-open range of a file, in chunks; of all of it, without a range.
 *
 * @throws {VitrineError} `blob/damaged` when the file is not there or ends before the range does
 */
export async function* readRange(
  path: string,
  range?: { readonly start: number; readonly end: number },
): AsyncGenerator<Uint8Array> {
  const file = await open(path, 'r').catch(missing)
  try {
    const end = range?.end ?? (await file.stat()).size
    let position = range?.start ?? 0
    while (position < end) {
      const chunk = await readChunk(file, position, Math.min(chunkSize, end - position))
      position += chunk.length
      yield chunk
    }
  } finally {
    await file.close()
  }
}

async function readChunk(file: FileHandle, position: number, length: number): Promise<Uint8Array> {
  const buffer = Buffer.allocUnsafeSlow(length)
  const { bytesRead } = await file.read(buffer, 0, length, position)
  if (bytesRead === 0) throw damaged({ position })
  return buffer.subarray(0, bytesRead)
}

function missing(error: NodeJS.ErrnoException): never {
  throw error.code === 'ENOENT' ? damaged({}, error) : error
}

function damaged(facts: Record<string, unknown>, cause?: Error): VitrineError {
  return new VitrineError('blob/damaged', 'The stored content is damaged.', facts, { cause })
}
