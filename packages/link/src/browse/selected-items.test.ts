import { everything, nothing, toggle } from '@vitrine/ui/selection.ts'
import { SparsePages } from '@vitrine/ui/sparse-pages.ts'
import type { PublicItem } from '@vitrine/api/public'
import { describe, expect, it } from 'vitest'
import { itemsOfSelection, sizeOfSelection } from './selected-items.ts'

const item = (id: string, size: number, kind: 'asset' | 'folder' = 'asset'): PublicItem => ({
  id,
  kind,
  name: id,
  size,
  mediaType: '',
  modifiedAt: '2026-01-01T00:00:00.000Z',
})

/** A listing with these items, of which the first page is loaded. */
async function aListing(items: readonly PublicItem[], query: { folder?: string; filter?: string } = {}) {
  const pages = new SparsePages<PublicItem>(
    (offset, limit) => Promise.resolve({ items: items.slice(offset, offset + limit), total: items.length }),
    2,
  )
  await pages.range(0, 1)
  return {
    query: { folder: query.folder, sort: 'name' as const, filter: query.filter ?? '' },
    pages,
    link: undefined,
    path: [],
  }
}

const three = [item('a', 1), item('b', 2), item('c', 4)]

describe('what is asked for', () => {
  it('is named one by one when it was chosen one by one', async () => {
    const chosen = toggle(toggle(nothing, 'a'), 'c')
    expect(await itemsOfSelection(chosen, await aListing(three))).toEqual({ items: ['a', 'c'] })
  })

  it('is everything but what was taken out, without loading it', async () => {
    const listing = await aListing(three)
    expect(await itemsOfSelection(everything, listing)).toEqual({ items: 'all' })
    expect(await itemsOfSelection(toggle(everything, 'b'), listing)).toEqual({ items: 'all', except: ['b'] })
    expect(listing.pages.at(2)).toBeUndefined()
  })

  it('is the folder when all of it was selected in a folder', async () => {
    const listing = await aListing(three, { folder: 'f' })
    expect(await itemsOfSelection(toggle(everything, 'b'), listing)).toEqual({ items: ['f'], except: ['b'] })
  })

  it('is only what the filter leaves', async () => {
    const listing = await aListing(three, { filter: 'x' })
    expect(await itemsOfSelection(toggle(everything, 'b'), listing)).toEqual({ items: ['a', 'c'] })
  })
})

describe('the size of what is selected', () => {
  it('is told when all of it is loaded', async () => {
    const { pages } = await aListing(three)
    expect(sizeOfSelection(toggle(toggle(nothing, 'a'), 'b'), pages)).toBe(3)
    expect(sizeOfSelection(everything, pages)).toBeUndefined()
    await pages.range(0, 3)
    expect(sizeOfSelection(toggle(everything, 'a'), pages)).toBe(6)
  })

  it('is not guessed for a folder', async () => {
    const { pages } = await aListing([item('a', 1), item('f', 0, 'folder')])
    expect(sizeOfSelection(everything, pages)).toBeUndefined()
    expect(sizeOfSelection(toggle(nothing, 'a'), pages)).toBe(1)
  })
})
