/**
 * Writing numbers as the ZIP format does: low byte first.
 *
 * Plain stores into the target, because a DataView per buffer, or Buffer's checked writers, cost more
 * than the header they write when an archive has a hundred thousand small entries.
 */

/** Writes the low 16 bits of `value` at `at`. */
export function put16(out: Uint8Array, at: number, value: number): void {
  out[at] = value
  out[at + 1] = value >>> 8
}

/** Writes the low 32 bits of `value` at `at`. */
export function put32(out: Uint8Array, at: number, value: number): void {
  out[at] = value
  out[at + 1] = value >>> 8
  out[at + 2] = value >>> 16
  out[at + 3] = value >>> 24
}

/** Writes a whole number from 0 to 2^53 - 1 as 64 bits at `at`. */
export function put64(out: Uint8Array, at: number, value: number): void {
  put32(out, at, value >>> 0)
  put32(out, at + 4, Math.floor(value / 0x1_0000_0000))
}
