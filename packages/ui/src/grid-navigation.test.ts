import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { columnsFor, destinationOf } from './grid-navigation.ts'

const keys = ['ArrowRight', 'ArrowLeft', 'ArrowDown', 'ArrowUp', 'Home', 'End', 'PageDown', 'PageUp']
const aShape = fc.record({
  count: fc.integer({ min: 1, max: 200 }),
  columns: fc.integer({ min: 1, max: 9 }),
  pageRows: fc.integer({ min: 1, max: 5 }),
  rightToLeft: fc.boolean(),
})
const grid = { count: 11, columns: 4, pageRows: 2, rightToLeft: false }

describe('a key in the grid', () => {
  it('never leads out of the list', () => {
    fc.assert(
      fc.property(aShape, fc.nat(), fc.constantFrom(...keys), (shape, n, key) => {
        const to = destinationOf(key, n % shape.count, shape)
        expect(to).toBeGreaterThanOrEqual(0)
        expect(to).toBeLessThan(shape.count)
      }),
    )
  })

  it('reaches every cell from every other', () => {
    fc.assert(
      fc.property(aShape, fc.nat(), (shape, n) => {
        let at = destinationOf('Home', n % shape.count, shape) ?? 0
        const seen = [at]
        const forward = shape.rightToLeft ? 'ArrowLeft' : 'ArrowRight'
        while (at < shape.count - 1) seen.push((at = destinationOf(forward, at, shape) ?? 0))
        expect(seen.length).toBe(shape.count)
      }),
    )
  })

  it('goes up and down within its column', () => {
    expect([destinationOf('ArrowDown', 1, grid), destinationOf('ArrowUp', 5, grid)]).toEqual([5, 1])
    expect(destinationOf('ArrowUp', 2, grid)).toBe(2)
  })

  it('goes down into an unfinished last row, to its last cell', () => {
    expect(destinationOf('ArrowDown', 7, grid)).toBe(10)
    expect(destinationOf('ArrowDown', 9, grid)).toBe(9)
  })

  it('follows the direction of writing', () => {
    expect(destinationOf('ArrowLeft', 3, { ...grid, rightToLeft: true })).toBe(4)
    expect(destinationOf('ArrowRight', 3, { ...grid, rightToLeft: true })).toBe(2)
  })

  it('that does not move leads nowhere, and no key does in an empty list', () => {
    expect(destinationOf('a', 3, grid)).toBeUndefined()
    expect(destinationOf('Home', 0, { ...grid, count: 0 })).toBeUndefined()
  })
})

describe('the columns of a grid', () => {
  it('fill the width exactly and are never narrower than allowed, unless fewer are forbidden', () => {
    fc.assert(
      fc.property(fc.integer({ min: 100, max: 4000 }), fc.integer({ min: 50, max: 400 }), (width, minWidth) => {
        const { columns, cellWidth } = columnsFor(width, minWidth, 12)
        expect(columns * cellWidth + (columns - 1) * 12).toBeCloseTo(width)
        if (columns > 1) expect(cellWidth).toBeGreaterThanOrEqual(minWidth)
      }),
    )
    expect(columnsFor(300, 200, 12, 2).columns).toBe(2)
  })
})
