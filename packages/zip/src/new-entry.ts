/** One file or empty folder to put into an archive. */
export interface NewEntry {
  /**
   * Path in the archive: `/` between parts, relative, 1 to 65,535 bytes of UTF-8.
   * A name that ends in `/` is a folder: its `size` and `crc32` are 0.
   */
  readonly name: string
  /** Length of the content, in bytes. */
  readonly size: number
  /** CRC-32 of the content, as an unsigned 32-bit integer. */
  readonly crc32: number
  /** Last modification, in ms since the Unix epoch. The archive keeps whole seconds from 1970 to January 2038. */
  readonly modifiedAt: number
  /** SHA-256 of the content, 32 bytes; left out for a folder. */
  readonly contentKey?: Uint8Array
}

/** The last second that extra field 0x5455, a signed 32-bit number, can hold. */
const LAST_SECOND = 0x7fff_ffff

/** An entry's time as the archive keeps it: whole seconds since the Unix epoch, within 32 signed bits. */
export function modifiedSeconds(entry: NewEntry): number {
  return Math.min(Math.max(Math.floor(entry.modifiedAt / 1000), 0), LAST_SECOND)
}
