import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { MissLimiter } from './rate-limit.ts'

const rate = { burst: 3, every: 1000, networks: 2 }

describe('counting misses', () => {
  it('lets a burst through, then one after each interval', () => {
    const limiter = new MissLimiter(rate)
    const at = (now: number) => limiter.countMiss('192.0.2.1', now)
    expect([at(0), at(0), at(0), at(0), at(400)]).toEqual([0, 0, 0, 1000, 600])
    expect([at(1000), at(1000)]).toEqual([0, 1000])
  })

  it('lets no more through than the burst and one for each interval, whenever they come', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(1500), { maxLength: 60 }), (pauses) => {
        const limiter = new MissLimiter(rate)
        let now = 0
        let through = 0
        for (const pause of pauses) {
          now += pause
          if (limiter.countMiss('192.0.2.1', now) === 0) through++
        }
        expect(through).toBeLessThanOrEqual(rate.burst + Math.floor(now / rate.every))
      }),
    )
  })

  it('lets whoever waits for as long as was said through', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(1500), { maxLength: 40 }), (pauses) => {
        const limiter = new MissLimiter(rate)
        let now = 0
        for (const pause of pauses) now += pause + limiter.countMiss('192.0.2.1', now)
        const wait = limiter.countMiss('192.0.2.1', now)
        if (wait > 0) expect(limiter.countMiss('192.0.2.1', now + wait)).toBe(0)
      }),
    )
  })

  it('does not make one network wait for another', () => {
    const limiter = new MissLimiter(rate)
    for (let miss = 0; miss < 9; miss++) limiter.countMiss('192.0.2.1', 0)
    expect(limiter.countMiss('192.0.2.2', 0)).toBe(0)
  })

  it('counts the addresses of one IPv6 network together', () => {
    const limiter = new MissLimiter(rate)
    const waits = ['2001:db8::1', '2001:db8::2', '2001:db8::3', '2001:db8::4'].map((ip) => limiter.countMiss(ip, 0))
    expect(waits).toEqual([0, 0, 0, 1000])
  })

  it('forgets the network that missed longest ago when there are too many', () => {
    const limiter = new MissLimiter(rate)
    for (let miss = 0; miss < 4; miss++) limiter.countMiss('192.0.2.1', 0)
    limiter.countMiss('192.0.2.2', 0)
    expect(limiter.countMiss('192.0.2.1', 0)).toBe(1000)
    limiter.countMiss('192.0.2.3', 0)
    limiter.countMiss('192.0.2.4', 0)
    expect(limiter.countMiss('192.0.2.1', 0)).toBe(0)
  })
})
