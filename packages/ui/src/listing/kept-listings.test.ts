import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { SparsePages } from '../sparse-pages.ts'
import { KeptListings } from './kept-listings.ts'

const make = () => ({ pages: new SparsePages<string>(() => Promise.resolve({ items: [], total: 0 }), 10) })
const aKey = fc.constantFrom(...'abcdefghijkl')

describe('the listings that are kept', () => {
  it('are those that were asked for last, each once', () => {
    fc.assert(
      fc.property(fc.array(aKey), (keys) => {
        const kept = new KeptListings<ReturnType<typeof make>>()
        const made = new Map<string, ReturnType<typeof make>>()
        for (const key of keys) {
          const before = made.get(key)
          const listing = kept.get(key, () => {
            const fresh = make()
            made.set(key, fresh)
            return fresh
          })
          const newest = [...new Set(keys.slice(0, keys.indexOf(key) + 1).toReversed())]
          if (before !== undefined && newest.length <= 6) expect(listing).toBe(before)
        }
        const newest = [...new Set(keys.toReversed())].slice(0, 6)
        expect([...kept.all()]).toEqual(newest.toReversed().map((key) => made.get(key)))
      }),
    )
  })

  it('are never closed while they are in view', () => {
    const kept = new KeptListings<ReturnType<typeof make>>()
    const watched = kept.get('watched', make)
    const leave = watched.pages.subscribe(() => undefined)
    for (const key of 'abcdefghij') kept.get(key, make)
    expect(kept.get('watched', make)).toBe(watched)
    leave()
    for (const key of 'abcdefghij') kept.get(key, make)
    expect(kept.get('watched', make)).not.toBe(watched)
  })
})
