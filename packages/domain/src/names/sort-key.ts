import { cutToBytes } from './name-rules.ts'

/**
 * Longest key, in bytes of UTF-8. A row of a PostgreSQL index holds at most 2,704, and the key is not alone in it.
 * Names that differ only after it are in the order of their ids.
 */
const longestKey = 1000

/**
 * Orders names as people expect, when compared by bytes or by code point: letters whatever their case and accents,
 * numbers by value (`2` before `10`). Names that differ only in case or accents have equal keys.
 */
export function sortKey(name: string): string {
  const folded = name
    .normalize('NFD')
    .replace(/\p{M}+/gu, '')
    .toLowerCase()
  // Before a number stands how many digits it has, in three: of two numbers the longer is the larger one.
  const key = folded.replace(/\d+/g, (digits) => {
    const significant = digits.replace(/^0+(?=\d)/, '')
    return `${String(significant.length).padStart(3, '0')}${significant}`
  })
  return cutToBytes(key, longestKey)
}
