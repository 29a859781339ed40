import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { reasonAgainst } from './picker-reasons.ts'

const aWay = fc.uniqueArray(fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f'), { minLength: 1 })
const may = ['read', 'create']
const folderOf = (way: readonly string[]) => ({ id: way.at(-1) ?? '', path: way.slice(0, -1), may })

describe('a folder where things are to go', () => {
  it('is refused exactly where it is one of them, or lies in one of them', () => {
    fc.assert(
      fc.property(aWay, fc.nat(5), fc.subarray(['a', 'b', 'c', 'd', 'e', 'f']), (way, at, ids) => {
        const folder = way[at % way.length] ?? ''
        const child = way[(at % way.length) + 1]
        const chosen = { folder, has: (id: string) => ids.includes(id) }
        const isWithin = child !== undefined && ids.includes(child)
        expect(reasonAgainst('copy', chosen, folderOf(way))).toBe(isWithin ? 'picker.within' : undefined)
      }),
    )
  })

  it('is refused where they lie already, to move them but not to copy them', () => {
    const chosen = { folder: 'b', has: () => true }
    expect(reasonAgainst('move', chosen, folderOf(['a', 'b']))).toBe('picker.here')
    expect(reasonAgainst('copy', chosen, folderOf(['a', 'b']))).toBeUndefined()
  })

  it('is refused to whoever may not add anything there', () => {
    expect(reasonAgainst('restore', undefined, { id: 'a', path: [], may: ['read'] })).toBe('picker.mayNot')
    expect(reasonAgainst('restore', undefined, { id: 'a', path: [], may: undefined })).toBeUndefined()
  })
})
