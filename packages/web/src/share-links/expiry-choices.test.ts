import { parseAbsolute, toCalendarDateTime, toZoned } from '@internationalized/date'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { expiryAfter, expiryChoices, extendedFrom } from './expiry-choices.ts'

const zones = ['UTC', 'Europe/Berlin', 'America/New_York', 'Australia/Lord_Howe', 'Asia/Kathmandu', 'Pacific/Apia']
const aZone = fc.constantFrom(...zones)
const aChoice = fc.constantFrom(...expiryChoices)
const anInstant = fc
  .integer({ min: Date.parse('2012-01-01'), max: Date.parse('2090-01-01') })
  .map((instant) => new Date(instant).toISOString())

const hours = (from: string, to: string) => (Date.parse(to) - Date.parse(from)) / 3_600_000

describe('a choice of how long a link lives', () => {
  it('ends at the same time of day, also when the clocks are changed in between', () => {
    const beforeSpring = '2027-03-27T12:00:00.000Z'
    expect(hours(beforeSpring, expiryAfter('day', beforeSpring, 'Europe/Berlin'))).toBe(23)
    const beforeAutumn = '2026-10-24T12:00:00.000Z'
    expect(hours(beforeAutumn, expiryAfter('day', beforeAutumn, 'Europe/Berlin'))).toBe(25)
    expect(hours(beforeAutumn, expiryAfter('week', beforeAutumn, 'Europe/Berlin'))).toBe(7 * 24 + 1)
    expect(hours(beforeAutumn, expiryAfter('day', beforeAutumn, 'UTC'))).toBe(24)
  })

  it('ends at a time that there is where the clocks leave that hour out', () => {
    // 02:30 does not exist on this day: an hour later does.
    expect(expiryAfter('day', '2027-03-27T01:30:00.000Z', 'Europe/Berlin')).toBe('2027-03-28T01:30:00.000Z')
  })

  it('takes the last day of a month to the last of a shorter one', () => {
    expect(expiryAfter('month', '2027-01-31T10:00:00.000Z', 'UTC')).toBe('2027-02-28T10:00:00.000Z')
  })

  it('is always later, and the longer choice is never the earlier one', () => {
    fc.assert(
      fc.property(anInstant, aZone, (from, zone) => {
        const ends = ['day', 'week', 'month'] as const
        const instants = [from, ...ends.map((choice) => expiryAfter(choice, from, zone))].map((end) => Date.parse(end))
        for (const [place, instant] of instants.entries()) {
          if (place > 0) expect(instant).toBeGreaterThan(instants[place - 1] ?? Infinity)
        }
      }),
    )
  })

  it('keeps the time of day, unless the clocks leave it out', () => {
    fc.assert(
      fc.property(anInstant, aZone, aChoice, (from, zone, choice) => {
        const before = parseAbsolute(from, zone)
        const after = parseAbsolute(expiryAfter(choice, from, zone), zone)
        const isAtSameTime = after.hour === before.hour && after.minute === before.minute
        const wanted = toCalendarDateTime(before).add({ [`${choice}s`]: 1 })
        if (!isAtSameTime) expect(() => toZoned(wanted, zone, 'reject')).toThrow(RangeError)
      }),
    )
  })

  it('is never later than what may be chosen', () => {
    fc.assert(
      fc.property(anInstant, anInstant, aZone, aChoice, (from, latest, zone, choice) => {
        const end = Date.parse(expiryAfter(choice, from, zone, latest))
        expect(end).toBeLessThanOrEqual(Date.parse(latest))
        expect([Date.parse(latest), Date.parse(expiryAfter(choice, from, zone))]).toContain(end)
      }),
    )
  })
})

describe('what a link is extended from', () => {
  it('is its end, or now where it has ended or never ends', () => {
    const now = Date.parse('2026-11-24T12:00:00.000Z')
    expect(extendedFrom('2026-11-25T12:00:00.000Z', now)).toBe('2026-11-25T12:00:00.000Z')
    expect(extendedFrom('2026-11-20T12:00:00.000Z', now)).toBe('2026-11-24T12:00:00.000Z')
    expect(extendedFrom(null, now)).toBe('2026-11-24T12:00:00.000Z')
  })
})
