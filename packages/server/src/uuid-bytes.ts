const length = 16

/** The UUID whose 16 bytes begin at `at`, as text (RFC 9562, section 4). */
export function uuidAt(bytes: Buffer, at = 0): string {
  const digits = bytes.toString('hex', at, at + length)
  return `${digits.slice(0, 8)}-${digits.slice(8, 12)}-${digits.slice(12, 16)}-${digits.slice(16, 20)}-${digits.slice(20)}`
}

/** A UUID as its 16 bytes. */
export function bytesOfUuid(uuid: string): Buffer {
  return Buffer.from(uuid.replaceAll('-', ''), 'hex')
}
