import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { formatBytes, formatDuration } from './formats.ts'

const plain = (words: string) => words.replaceAll(/\s/g, ' ')

describe('a size', () => {
  it('is told in decimal units, in the words of the language', () => {
    expect(formatBytes(4_213_000_000, 'en')).toBe('4.2 GB')
    expect(plain(formatBytes(4_213_000_000, 'de'))).toBe('4,2 GB')
    expect(formatBytes(100e9, 'en')).toBe('100 GB')
    expect(formatBytes(0, 'en')).toBe('0 bytes')
    expect(formatBytes(1, 'en')).toBe('1 byte')
    expect(plain(formatBytes(37_400, 'de'))).toBe('37,4 kB')
  })

  it('never has more than three digits before the unit', () => {
    fc.assert(
      fc.property(fc.double({ min: 0, max: 9.9e17, noNaN: true }), (size) => {
        expect(formatBytes(size, 'en')).toMatch(/^\d{1,3}(\.\d)? ?\w+$/)
      }),
    )
  })
})

describe('a duration', () => {
  it('is told in hours where there are any', () => {
    expect([formatDuration(5), formatDuration(65), formatDuration(3725)]).toEqual(['0:05', '1:05', '1:02:05'])
  })
})
