// The other side of copying-threads.ts: hashes files to their ends, and copies them where they are to be copied to.
import { readSync, writeSync } from 'node:fs'
import { parentPort } from 'node:worker_threads'
import type { CopyAnswer, CopyOrder } from './copying-threads.ts'
import { BlobReader } from './hash-bytes.ts'

/** So much is read, hashed and written at a time, in bytes: it stays in the processor's own memory. */
const buffer = Buffer.allocUnsafeSlow(256 << 10)
/** Told of after so many bytes. */
const step = 8 << 20

parentPort?.on('message', (order: CopyOrder) => answer(obey(order)))

function answer(message: CopyAnswer): void {
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread, not a window
  parentPort?.postMessage(message)
}

function obey({ from, to, stop }: CopyOrder): CopyAnswer {
  const reader = new BlobReader()
  let during: 'read' | 'write' = 'read'
  let untold = 0
  try {
    while (Atomics.load(stop, 0) === 0) {
      during = 'read'
      const piece = buffer.subarray(0, readSync(from, buffer, 0, buffer.length, null))
      if (piece.length === 0) {
        if (untold > 0) answer({ kind: 'copied', length: untold })
        return { kind: 'done', hashed: reader.end() }
      }
      during = 'write'
      if (to !== undefined) writeFully(to, piece)
      reader.add(piece)
      untold += piece.length
      if (untold < step) continue
      answer({ kind: 'copied', length: untold })
      untold = 0
    }
    return { kind: 'stopped' }
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException
    return { kind: 'failed', during, code, message }
  }
}

/** The system may take a part, as it does before it says that there is no more room. */
function writeFully(to: number, piece: Uint8Array): void {
  for (let done = 0; done < piece.length;) done += writeSync(to, piece, done)
}
