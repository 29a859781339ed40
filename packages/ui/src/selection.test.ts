import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { countSelected, deselect, everything, isSelected, nothing, select, toggle } from './selection.ts'
import type { Selection } from './selection.ts'

const members = Array.from({ length: 12 }, (_, index) => `m${index}`)
const aMember = fc.constantFrom(...members)
const aSelection: fc.Arbitrary<Selection> = fc
  .tuple(fc.constantFrom('some' as const, 'all' as const), fc.uniqueArray(aMember))
  .map(([mode, ids]) => ({ mode, ids: new Set(ids) }))
const selectedOf = (selection: Selection) => members.filter((member) => isSelected(selection, member))

describe('a selection', () => {
  it('counts what it says is selected', () => {
    fc.assert(
      fc.property(aSelection, (selection) => {
        expect(countSelected(selection, members.length)).toBe(selectedOf(selection).length)
      }),
    )
  })

  it('turns one member round and no other, and back again', () => {
    fc.assert(
      fc.property(aSelection, aMember, (selection, turned) => {
        const after = toggle(selection, turned)
        for (const member of members) {
          expect(isSelected(after, member)).toBe(isSelected(selection, member) !== (member === turned))
        }
        expect(selectedOf(toggle(after, turned))).toEqual(selectedOf(selection))
      }),
    )
  })

  it('has exactly what was added beside what it had, and without what was taken away', () => {
    fc.assert(
      fc.property(aSelection, fc.array(aMember), (selection, some) => {
        const added = selectedOf(select(selection, some))
        expect(added).toEqual(members.filter((member) => isSelected(selection, member) || some.includes(member)))
        const left = selectedOf(deselect(selection, some))
        expect(left).toEqual(members.filter((member) => isSelected(selection, member) && !some.includes(member)))
      }),
    )
  })

  it('is never changed in place', () => {
    fc.assert(
      fc.property(aSelection, aMember, (selection, member) => {
        const before = selectedOf(selection)
        toggle(selection, member)
        select(selection, [member])
        deselect(selection, [member])
        expect(selectedOf(selection)).toEqual(before)
      }),
    )
  })

  it('of everything names nobody, however long the list is', () => {
    expect([everything.ids.size, countSelected(everything, 100_000)]).toEqual([0, 100_000])
    expect([nothing.ids.size, countSelected(nothing, 100_000)]).toEqual([0, 0])
    expect(isSelected(everything, 'not loaded yet')).toBe(true)
  })

  it('counts none below nothing when the list has become shorter than the exceptions', () => {
    expect(countSelected({ mode: 'all', ids: new Set(['a', 'b', 'c']) }, 2)).toBe(0)
  })
})
