import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { relativeTo } from './link-words.ts'

const now = Date.parse('2026-11-24T12:00:00.000Z')
const after = (minutes: number) => relativeTo(new Date(now + minutes * 60_000).toISOString(), now, 'en')

describe('a distance in time', () => {
  it('is told in the largest unit of which there is one whole', () => {
    expect([after(0.5), after(1), after(59), after(60), after(47 * 60), after(48 * 60), after(70 * 24 * 60)]).toEqual([
      'this minute',
      'in 1 minute',
      'in 59 minutes',
      'in 1 hour',
      'in 1 day',
      'in 2 days',
      'in 2 months',
    ])
    expect([after(-1), after(-90), after(-25 * 60)]).toEqual(['1 minute ago', '1 hour ago', '1 day ago'])
  })

  it('never promises more time than is left', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 60 * 24 * 60 }), (minutes) => {
        const [, count = '0', unit = ''] = /in (\d+) (\w+?)s?$/.exec(after(minutes)) ?? []
        const length = { minute: 1, hour: 60, day: 1440, month: 43_200 }[unit] ?? 0
        expect(Number(count) * length).toBeLessThanOrEqual(minutes)
      }),
    )
  })
})
