import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { BoundedMap } from './bounded-map.ts'

describe('a bounded map', () => {
  it('holds the newest entries alone, whatever is set and deleted', () => {
    const steps = fc.array(fc.record({ key: fc.nat(7), isSet: fc.boolean() }), { minLength: 30, maxLength: 60 })
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 6 }), steps, (most, taken) => {
        const map = new BoundedMap<number, number>(most)
        // The same, as a list with the newest at the end.
        let entries: (readonly [key: number, value: number])[] = []
        for (const [step, { key, isSet }] of taken.entries()) {
          const others = entries.filter(([other]) => other !== key)
          entries = isSet ? [...others, [key, step] as const].slice(-most) : others
          if (isSet) map.set(key, step)
          else map.delete(key)
          const known = new Map(entries)
          const keys = [...Array(8).keys()]
          expect(map.size).toBe(known.size)
          expect(keys.map((one) => map.get(one))).toEqual(keys.map((one) => known.get(one)))
        }
      }),
    )
  })
})
