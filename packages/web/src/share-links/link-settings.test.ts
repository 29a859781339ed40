import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { changedSettings, changeOf, mergedSettings, problemOf } from './link-settings.ts'
import type { LinkSettings } from './link-settings.ts'

const anInstant = fc.integer({ min: 0, max: 4e12 }).map((instant) => new Date(instant).toISOString())
const settings: fc.Arbitrary<LinkSettings> = fc.record({
  title: fc.constantFrom('Press kit', 'Autumn', 'Print'),
  expiresAt: fc.option(anInstant, { nil: null }),
  originals: fc.boolean(),
  renditions: fc.boolean(),
  audience: fc.constantFrom('anyone' as const, 'members' as const),
  mode: fc.constantFrom('live' as const, 'frozen' as const, 'versions' as const),
})

describe('a change of settings', () => {
  it('holds what differs and nothing else, and leads to what is wanted', () => {
    fc.assert(
      fc.property(settings, settings, (before, after) => {
        const change = changeOf(before, after)
        expect(Object.keys(change)).toEqual([...changedSettings(before, after)])
        expect({ ...before, ...change }).toEqual(after)
      }),
    )
  })

  it('takes an instant for the same however it is written, and an empty title for none', () => {
    const before = { expiresAt: '2026-11-24T12:00:00.000Z', title: 'Press kit' } as LinkSettings
    expect(changedSettings(before, { ...before, expiresAt: '2026-11-24T13:00:00+01:00', title: '  ' })).toEqual([])
    expect(changeOf(before, { ...before, title: ' Autumn ' })).toEqual({ title: 'Autumn' })
  })
})

describe('what is wanted when somebody else was faster', () => {
  it('is what was chosen here, and theirs in all that was left alone here', () => {
    fc.assert(
      fc.property(settings, settings, settings, (base, mine, theirs) => {
        const merged = mergedSettings(base, mine, theirs)
        const chosen = changedSettings(base, mine)
        for (const name of ['title', 'expiresAt', 'originals', 'renditions', 'audience', 'mode'] as const) {
          expect(merged[name]).toEqual(chosen.includes(name) ? mine[name] : theirs[name])
        }
      }),
    )
  })

  it('is theirs when nothing was chosen here, and mine when they changed nothing', () => {
    fc.assert(
      fc.property(settings, settings, (base, other) => {
        expect(mergedSettings(base, base, other)).toEqual(other)
        expect(mergedSettings(base, other, base)).toEqual(other)
      }),
    )
  })
})

describe('what keeps settings from being saved', () => {
  it('is an expiry that is missing, has passed, or lies too far off', () => {
    const latest = new Date(2000).toISOString()
    const at = (instant: number) => problemOf({ expiresAt: new Date(instant).toISOString() }, { latest }, 1000)
    expect([at(1000), at(1001), at(2000), at(2001)]).toEqual(['expiry-past', undefined, undefined, 'expiry-late'])
    expect(problemOf({ expiresAt: undefined }, { latest }, 1000)).toBe('expiry-missing')
    expect(problemOf({ expiresAt: null }, { latest }, 1000)).toBeUndefined()
    expect(problemOf({ expiresAt: new Date(1e12).toISOString() }, { latest: undefined }, 1000)).toBeUndefined()
  })
})
