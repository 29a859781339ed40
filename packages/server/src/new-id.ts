import { randomFillSync } from 'node:crypto'
import { uuidAt } from './uuid-bytes.ts'

/**
 * Makes ids: UUIDs of version 7 (RFC 9562, section 5.7). Ids made later by one maker sort later, also within
 * a millisecond: 12 bits count on there.
 *
 * @param clock now, in ms since the Unix epoch
 */
export function idMaker(clock: () => number = Date.now): () => string {
  let last = 0
  let count = 0
  return () => {
    const now = clock()
    count = now > last ? 0 : count + 1
    last = Math.max(last, now)
    if (count > 0xfff) {
      last += 1
      count = 0
    }
    return uuid7(last, count)
  }
}

function uuid7(milliseconds: number, count: number): string {
  const bytes = randomFillSync(Buffer.alloc(16))
  bytes.writeUIntBE(milliseconds, 0, 6)
  bytes.writeUInt16BE(0x7000 | count, 6)
  bytes[8] = 0x80 | (bytes[8]! & 0x3f)
  return uuidAt(bytes)
}
