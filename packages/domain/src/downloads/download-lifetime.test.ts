import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { downloadEndsAt } from './download-lifetime.ts'

describe('the end of a download', () => {
  const policy = { retention: 7 * 86_400_000, grace: 86_400_000 }

  it('is a day after its link expires, at the latest after seven days', () => {
    expect(downloadEndsAt(0, 3_600_000, policy)).toBe(3_600_000 + 86_400_000)
    expect(downloadEndsAt(0, 30 * 86_400_000, policy)).toBe(7 * 86_400_000)
    expect(downloadEndsAt(0, null, policy)).toBe(7 * 86_400_000)
  })

  it('never comes later when the link ends earlier', () => {
    const at = fc.nat({ max: 1e12 })
    fc.assert(
      fc.property(at, at, at, (createdAt, one, other) => {
        const [earlier, later] = [Math.min(one, other), Math.max(one, other)]
        expect(downloadEndsAt(createdAt, earlier, policy)).toBeLessThanOrEqual(downloadEndsAt(createdAt, later, policy))
        expect(downloadEndsAt(createdAt, later, policy)).toBeLessThanOrEqual(downloadEndsAt(createdAt, null, policy))
      }),
    )
  })
})
