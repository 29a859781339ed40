import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { everything, nothing } from '../selection.ts'
import type { Selection } from '../selection.ts'
import { selectionIn } from './use-selection.ts'

const aSelection: fc.Arbitrary<Selection> = fc
  .tuple(fc.constantFrom('some' as const, 'all' as const), fc.uniqueArray(fc.constantFrom('a', 'b', 'c')))
  .map(([mode, ids]) => ({ mode, ids: new Set(ids) }))
const aList = fc.constantFrom(undefined, 'one', 'other')
const aFilter = fc.constantFrom('', 'x', 'y')

describe('a selection in a list', () => {
  it('stays as long as the list and its filter do', () => {
    fc.assert(
      fc.property(aList, aFilter, aSelection, (list, filter, selection) => {
        expect(selectionIn(list, filter, { list, filter, selection })).toBe(selection)
      }),
    )
  })

  it('is over in another list', () => {
    fc.assert(
      fc.property(aList, aList, aFilter, aSelection, (list, other, filter, selection) => {
        fc.pre(list !== other)
        expect(selectionIn(other, filter, { list, filter, selection })).toBe(nothing)
      }),
    )
  })

  it('of everything never means more, or other things, under another filter', () => {
    fc.assert(
      fc.property(aList, aFilter, aFilter, (list, filter, other) => {
        fc.pre(filter !== other)
        expect(selectionIn(list, other, { list, filter, selection: everything })).toBe(nothing)
      }),
    )
  })

  it('that names its members keeps them whatever is filtered', () => {
    fc.assert(
      fc.property(aList, aFilter, aFilter, aSelection, (list, filter, other, selection) => {
        fc.pre(selection.mode === 'some')
        expect(selectionIn(list, other, { list, filter, selection })).toBe(selection)
      }),
    )
  })
})
