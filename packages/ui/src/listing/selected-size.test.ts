import { describe, expect, it } from 'vitest'
import { everything, nothing, toggle } from '../selection.ts'
import { SparsePages } from '../sparse-pages.ts'
import { sizeOfSelection } from './selected-size.ts'
import type { Sized } from './selected-size.ts'

const member = (id: string, size: number, kind: Sized['kind'] = 'asset'): Sized => ({ id, kind, size })

/** Pages with these members, of which the first two are loaded. */
async function pagesOf(...members: Sized[]): Promise<SparsePages<Sized>> {
  const pages = new SparsePages<Sized>(
    (offset, limit) => Promise.resolve({ items: members.slice(offset, offset + limit), total: members.length }),
    2,
  )
  await pages.range(0, 1)
  return pages
}

describe('the size of what is selected', () => {
  it('is told when all of it is loaded', async () => {
    const pages = await pagesOf(member('a', 1), member('b', 2), member('c', 4))
    expect(sizeOfSelection(toggle(toggle(nothing, 'a'), 'b'), pages)).toBe(3)
    expect(sizeOfSelection(everything, pages)).toBeUndefined()
    await pages.range(0, 3)
    expect(sizeOfSelection(toggle(everything, 'a'), pages)).toBe(6)
  })

  it('is not guessed for a folder', async () => {
    const pages = await pagesOf(member('a', 1), member('f', 0, 'folder'))
    expect(sizeOfSelection(everything, pages)).toBeUndefined()
    expect(sizeOfSelection(toggle(nothing, 'a'), pages)).toBe(1)
  })
})
