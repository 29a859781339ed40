import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { VitrineError } from '../errors.ts'
import { chooseExpiry, usualExpiryPolicy as usual } from './expiry.ts'

const day = 86_400_000
const anInstant = fc.integer({ min: 0, max: 4e12 })

const codeOf = (act: () => unknown): string => {
  try {
    act()
    return 'none'
  } catch (error) {
    return (error as VitrineError).code
  }
}

describe('the expiry of a share link', () => {
  it('is one day from now when nothing was chosen', () => {
    expect(chooseExpiry(undefined, 1000, usual, false)).toBe(1000 + day)
  })

  it('is what was chosen if and only if that lies in the future and within the longest lifetime', () => {
    fc.assert(
      fc.property(anInstant, fc.integer({ min: -2 * 365 * day, max: 2 * 365 * day }), (now, lifetime) => {
        const within = lifetime > 0 && lifetime <= usual.longestLifetime
        if (within) expect(chooseExpiry(now + lifetime, now, usual, false)).toBe(now + lifetime)
        else expect(codeOf(() => chooseExpiry(now + lifetime, now, usual, true))).toBe('share-link/expiry-out-of-range')
      }),
    )
  })

  it('is never only for those who may choose that', () => {
    expect(chooseExpiry(null, 0, usual, true)).toBeNull()
    expect(codeOf(() => chooseExpiry(null, 0, usual, false))).toBe('access/denied')
  })

  it('by default obeys a longest lifetime that is shorter than the default', () => {
    expect(chooseExpiry(undefined, 0, { defaultLifetime: 10, longestLifetime: 3 }, false)).toBe(3)
  })

  it('refuses what is no instant', () => {
    for (const wanted of [Number.NaN, Number.POSITIVE_INFINITY]) {
      expect(codeOf(() => chooseExpiry(wanted, 0, usual, true))).toBe('share-link/expiry-out-of-range')
    }
  })

  it('never lies beyond the year 9999, however long links may live', () => {
    const endless = { defaultLifetime: day, longestLifetime: Number.MAX_SAFE_INTEGER }
    expect(codeOf(() => chooseExpiry(8e15, 0, endless, true))).toBe('share-link/expiry-out-of-range')
  })
})
