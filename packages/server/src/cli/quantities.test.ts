import { expect, it } from 'vitest'
import { bytesText, countText, durationText } from './quantities.ts'

it.each([
  [0, '0 B'],
  [999, '999 B'],
  [1000, '1.00 kB'],
  [12_345, '12.3 kB'],
  [999_499, '999 kB'],
  [999_500, '1.00 MB'],
  [100e9, '100 GB'],
  [2.5e15, '2.50 PB'],
])('writes %d bytes as %s', (bytes, text) => {
  expect(bytesText(bytes)).toBe(text)
})

it.each([
  [0, '0 s'],
  [59_001, '1 min 0 s'],
  [3_599_000, '59 min 59 s'],
  [7_260_000, '2 h 1 min'],
])('writes %d ms as %s', (ms, text) => {
  expect(durationText(ms)).toBe(text)
})

it('groups a count by thousands', () => {
  expect(countText(1_234_567)).toBe('1,234,567')
})
