import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { CliFailure } from './cli-failure.ts'
import { expiryArgument } from './expiry.ts'

const now = Date.parse('2027-03-01T12:00:00Z')

describe('--expires', () => {
  it.each([
    ['90m', '2027-03-01T13:30:00.000Z'],
    ['1d', '2027-03-02T12:00:00.000Z'],
    ['2w', '2027-03-15T12:00:00.000Z'],
    ['2027-04-01T08:00:00Z', '2027-04-01T08:00:00.000Z'],
    ['2027-04-01T08:00:00+02:00', '2027-04-01T06:00:00.000Z'],
  ])('reads %s', (text, expected) => {
    expect(expiryArgument(text, now)).toBe(expected)
  })

  it('lets a date last until the end of that day', () => {
    expect(expiryArgument('2027-04-01', now)).toBe(new Date(2027, 3, 2).toISOString())
  })

  it('knows never', () => {
    expect(expiryArgument('never', now)).toBeNull()
  })

  it('refuses everything else in a sentence', () => {
    for (const text of ['', '1', 'd', '1y', '-1d', 'tomorrow', '2027-13-01', '99999999d']) {
      expect(() => expiryArgument(text, now), text).toThrow(CliFailure)
    }
  })

  it('never gives anything but an instant, null or a failure', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        try {
          const instant = expiryArgument(text, now)
          expect(instant === null || !Number.isNaN(Date.parse(instant))).toBe(true)
        } catch (error) {
          expect(error).toBeInstanceOf(CliFailure)
        }
      }),
    )
  })
})
