// The other side of reading-threads.ts: reads the files it is told of into shared memory, one after another.
import { closeSync, openSync, readSync } from 'node:fs'
import { parentPort } from 'node:worker_threads'
import type { ReadingAnswer, ReadingOrder } from './reading-threads.ts'

const buffers = new Map<number, Uint8Array>()

parentPort?.on('message', ({ batch, bufferId, memory, pieces }: ReadingOrder) => {
  if (memory) buffers.set(bufferId, new Uint8Array(memory))
  const buffer = buffers.get(bufferId)
  let answer: ReadingAnswer = { batch }
  try {
    if (!buffer) throw new Error('the buffer is not known')
    for (const { path, offset, at, length } of pieces) readPiece(path, offset, buffer, at, length)
  } catch (error) {
    answer = { batch, failure: String(error) }
  }
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread, not a window
  parentPort?.postMessage(answer)
})

function readPiece(path: string, offset: number, buffer: Uint8Array, at: number, length: number): void {
  const fd = openSync(path, 'r')
  try {
    for (let done = 0; done < length;) {
      const bytesRead = readSync(fd, buffer, at + done, length - done, offset + done)
      if (bytesRead === 0) throw new Error(`the file ends after ${offset + done} bytes`)
      done += bytesRead
    }
  } finally {
    closeSync(fd)
  }
}
