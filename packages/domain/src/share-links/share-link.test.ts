import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { NodeId } from '../ids.ts'
import { shareLinkState, suspensionReasons, type TargetStanding } from './share-link.ts'

const aStanding: fc.Arbitrary<TargetStanding> = fc.record({
  target: fc.uuid().map((id) => id as NodeId),
  inTrash: fc.boolean(),
  mayRead: fc.boolean(),
  mayShare: fc.boolean(),
})
const anInstant = fc.integer({ min: 0, max: 4e12 })

const standing = (facts: Partial<TargetStanding>): TargetStanding => ({
  target: 'poster' as NodeId,
  inTrash: false,
  mayRead: true,
  mayShare: true,
  ...facts,
})

describe('why a share link is suspended', () => {
  it('is nothing while its holder may read and share what is left of its targets', () => {
    expect(suspensionReasons(false, [standing({})], false)).toEqual([])
    expect(suspensionReasons(false, [standing({}), standing({ inTrash: true, mayRead: false })], false)).toEqual([])
  })

  it('names the target and the right that was lost', () => {
    expect(suspensionReasons(false, [standing({}), standing({ mayShare: false })], false)).toEqual([
      { kind: 'share-lost', target: 'poster' },
    ])
    expect(suspensionReasons(false, [standing({ mayRead: false, mayShare: false })], false)).toEqual([
      { kind: 'read-lost', target: 'poster' },
    ])
  })

  it('is that all is gone when every target is in the trash or was removed', () => {
    expect(suspensionReasons(false, [], false)).toEqual([{ kind: 'gone' }])
    expect(suspensionReasons(false, [standing({ inTrash: true })], false)).toEqual([{ kind: 'gone' }])
  })

  it('is nothing while something is left that was moved out of its targets before they went', () => {
    expect(suspensionReasons(false, [standing({ inTrash: true })], true)).toEqual([])
    expect(suspensionReasons(false, [standing({ mayShare: false })], true)).not.toEqual([])
  })

  it('never goes away by losing a right', () => {
    fc.assert(
      fc.property(fc.array(aStanding), fc.nat(), fc.boolean(), (standings, index, more) => {
        const before = suspensionReasons(false, standings, more)
        const after = suspensionReasons(
          false,
          standings.map((one, at) => (at === index ? { ...one, mayRead: false, mayShare: false } : one)),
          more,
        )
        expect(after.length).toBeGreaterThanOrEqual(before.length)
      }),
    )
  })

  it('is the holder alone once they are disabled', () => {
    fc.assert(
      fc.property(fc.array(aStanding), fc.boolean(), (standings, more) => {
        expect(suspensionReasons(true, standings, more)).toEqual([{ kind: 'holder-disabled' }])
      }),
    )
  })
})

describe('the state of a share link', () => {
  it('is never live again once it is expired, however much later one looks', () => {
    fc.assert(
      fc.property(anInstant, anInstant, fc.nat(), (expiresAt, now, later) => {
        const shareLink = { expiresAt, revokedAt: null }
        if (shareLinkState(shareLink, now, []) !== 'expired') return
        expect(shareLinkState(shareLink, now + later, [])).toBe('expired')
      }),
    )
  })

  it('is expired from the very instant of its expiry on', () => {
    expect(shareLinkState({ expiresAt: 100, revokedAt: null }, 99, [])).toBe('live')
    expect(shareLinkState({ expiresAt: 100, revokedAt: null }, 100, [])).toBe('expired')
  })

  it('stays revoked whatever else is true of it', () => {
    fc.assert(
      fc.property(fc.option(anInstant), anInstant, anInstant, fc.boolean(), (expiresAt, revokedAt, now, lost) => {
        const reasons = lost ? [{ kind: 'gone' } as const] : []
        expect(shareLinkState({ expiresAt, revokedAt }, now, reasons)).toBe('revoked')
      }),
    )
  })

  it('is live without expiry for ever', () => {
    fc.assert(
      fc.property(anInstant, (now) => {
        expect(shareLinkState({ expiresAt: null, revokedAt: null }, now, [])).toBe('live')
      }),
    )
  })
})
