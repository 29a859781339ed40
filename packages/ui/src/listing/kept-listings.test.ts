import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { SparsePages } from '../sparse-pages.ts'
import { KeptListings } from './kept-listings.ts'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

const make = () => ({ pages: new SparsePages<string>(() => Promise.resolve({ items: [], total: 0 }), 10) })
const aKey = fc.constantFrom(...'abcdefghijkl')

describe('the listings that are kept', () => {
  it('are those that were asked for last, each once', () => {
    fc.assert(
      fc.property(fc.array(aKey, { maxLength: 40 }), (keys) => {
        const kept = new KeptListings<ReturnType<typeof make>>()
        const made = new Map<string, ReturnType<typeof make>>()
        for (const [index, key] of keys.entries()) {
          vi.runAllTimers()
          const before = made.get(key)
          const listing = kept.get(key, () => {
            const fresh = make()
            made.set(key, fresh)
            return fresh
          })
          const since = new Set(keys.slice(keys.lastIndexOf(key, index - 1), index))
          if (before !== undefined && since.size <= 6) expect(listing).toBe(before)
        }
        vi.runAllTimers()
        const newest = [...new Set(keys.toReversed())].slice(0, 6)
        expect([...kept.all()]).toEqual(newest.toReversed().map((key) => made.get(key)))
      }),
    )
  })

  it('are never closed while they are in view', () => {
    const kept = new KeptListings<ReturnType<typeof make>>()
    const watched = kept.get('watched', make)
    const leave = watched.pages.subscribe(() => undefined)
    for (const key of 'abcdefghij') look(kept, key)
    expect(kept.get('watched', make)).toBe(watched)
    leave()
    for (const key of 'abcdefghij') look(kept, key)
    expect(kept.get('watched', make)).not.toBe(watched)
  })

  it('may be watched a moment after they were asked for, also where as many are in view as are kept', async () => {
    const kept = new KeptListings<ReturnType<typeof make>>()
    const columns = [...'abcdefg'].map((key) => kept.get(key, make))
    for (const { pages } of columns) pages.subscribe(() => undefined)
    vi.runAllTimers()
    const newcomer = look(kept, 'h')
    for (const { pages } of [...columns, newcomer]) pages.want(0, 1)
    await vi.waitFor(() =>
      expect([...columns, newcomer].map(({ pages }) => pages.total)).toEqual(Array.from({ length: 8 }, () => 0)),
    )
  })
})

/** Asks for a listing, and lets so much time pass that it would be in view. */
function look(kept: KeptListings<ReturnType<typeof make>>, key: string) {
  const listing = kept.get(key, make)
  vi.runAllTimers()
  return listing
}
