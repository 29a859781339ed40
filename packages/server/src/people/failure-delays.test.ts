import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { FailureDelays, usualDelays, type DelayRule } from './failure-delays.ts'

const failing = async () => undefined
const right = async () => 'right'

describe('delays of failures', () => {
  it('begin after a few, double, and end at a longest', async () => {
    const { delays, waits } = aThrottle()
    for (let at = 0; at < 12; at++) await delays.attempt('ann', 'home', failing)
    expect(waits).toEqual([500, 1000, 2000, 4000, 8000, 10_000, 10_000])
  })

  it('never lock anybody out: who is right gets through after the wait, and is free again', async () => {
    const { delays, waits } = aThrottle()
    for (let at = 0; at < 100; at++) await delays.attempt('ann', 'home', failing)
    expect(await delays.attempt('ann', 'home', right)).toBe('right')
    waits.length = 0
    expect(await delays.attempt('ann', 'home', right)).toBe('right')
    expect(waits).toEqual([])
  })

  it('are of one user in one network: strangers elsewhere delay nobody', async () => {
    const { delays, waits } = aThrottle()
    for (let at = 0; at < 20; at++) await delays.attempt('ann', 'elsewhere', failing)
    for (let at = 0; at < 20; at++) await delays.attempt('ben', 'home', failing)
    waits.length = 0
    await delays.attempt('ann', 'home', right)
    expect(waits).toEqual([])
  })

  it('are forgotten after a while', async () => {
    const { delays, waits, pass } = aThrottle()
    for (let at = 0; at < 20; at++) await delays.attempt('ann', 'home', failing)
    pass(usualDelays.memory + 10_000)
    waits.length = 0
    await delays.attempt('ann', 'home', failing)
    expect(waits).toEqual([])
  })

  it('cannot be got around by many attempts at once', async () => {
    const { delays, waits } = aThrottle({ atOnce: 1000 }, { frozen: true })
    const outcomes = await Promise.allSettled(Array.from({ length: 200 }, () => delays.attempt('ann', 'home', failing)))
    const made = outcomes.filter(({ status }) => status === 'fulfilled').length
    // Five without a wait; then one for each wait that ends within half a minute.
    expect(made).toBe(usualDelays.free + waits.length)
    expect(made).toBeLessThan(15)
    const refused = outcomes.find((one) => one.status === 'rejected') as PromiseRejectedResult
    expect(refused.reason).toMatchObject({ code: 'request/too-many', facts: { retryAfter: expect.any(Number) } })
  })

  it('let a network have only so many attempts under way, and give each place back', async () => {
    const { delays } = aThrottle({ atOnce: 3 })
    const { promise: later, resolve } = Promise.withResolvers<undefined>()
    const running = ['a', 'b', 'c'].map((user) => delays.attempt(user, 'home', () => later))
    await expect(delays.attempt('d', 'home', right)).rejects.toMatchObject({ code: 'request/too-many' })
    expect(await delays.attempt('d', 'elsewhere', right)).toBe('right')
    resolve(undefined)
    await Promise.all(running)
    await expect(delays.attempt('a', 'home', () => Promise.reject(new Error('broken')))).rejects.toThrow('broken')
    expect(await delays.attempt('d', 'home', right)).toBe('right')
  })

  it('remember no more than they may, whatever is tried', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.tuple(fc.nat(200), fc.nat(200)), { maxLength: 300 }), async (attempts) => {
        const { delays } = aThrottle({ remembered: 50 })
        for (const [user, network] of attempts) await delays.attempt(String(user), String(network), failing)
        expect(delays.size).toBeLessThanOrEqual(50)
      }),
    )
  })
})

// --- set-up: time passes by waiting, and nobody waits --------------------------------------

function aThrottle(rule: Partial<DelayRule> = {}, { frozen = false } = {}) {
  let now = 1_000_000
  const waits: number[] = []
  const pause = async (ms: number) => {
    waits.push(ms)
    if (!frozen) now += ms
  }
  const delays = new FailureDelays(() => now, { ...usualDelays, ...rule }, pause)
  return { delays, waits, pass: (ms: number) => void (now += ms) }
}
