const EARLIEST = Date.UTC(1980, 0, 1) / 1000
const LATEST = Date.UTC(2107, 11, 31, 23, 59, 58) / 1000

/**
 * MS-DOS time in the low 16 bits and date in the high 16 bits (APPNOTE 4.4.6), in UTC.
 *
 * The format has no time zone, steps of two seconds, and the years 1980 to 2107; times outside
 * become the nearest it can hold.
 *
 * @param seconds seconds since the Unix epoch
 */
export function dosDateTime(seconds: number): number {
  const at = new Date(Math.min(Math.max(seconds, EARLIEST), LATEST) * 1000)
  const time = (at.getUTCHours() << 11) | (at.getUTCMinutes() << 5) | (at.getUTCSeconds() >> 1)
  const date = ((at.getUTCFullYear() - 1980) << 9) | ((at.getUTCMonth() + 1) << 5) | at.getUTCDate()
  return ((date << 16) | time) >>> 0
}
